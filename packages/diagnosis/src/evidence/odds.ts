const SMALLEST = 0.005;

/** The logarithm of the odds of a probability, kept finite. */
export function logit(probability: number): number {
  const inside = Math.min(1 - SMALLEST, Math.max(SMALLEST, probability));
  return Math.log(inside / (1 - inside));
}

/** The probability of a logarithm of odds. */
export function sigmoid(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
