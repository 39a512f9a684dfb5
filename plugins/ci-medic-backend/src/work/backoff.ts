const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * Milliseconds to wait after a failed attempt: doubling from 2 s up to 10 min, spread over its upper half so that what
 * failed together does not come back together.
 */
export function backoffMs(
  attempt: number,
  random: () => number = Math.random,
): number {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
  return Math.round(pause * (0.5 + random() / 2));
}
