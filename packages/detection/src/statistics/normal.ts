/** Probability that a standard normal value is at most z (Hart's rational form as given by West, error under 1e-15). */
export function normalBelow(z: number): number {
  const x = Math.abs(z);
  let tail = 0;
  if (x <= 37) {
    const e = Math.exp((-x * x) / 2);
    if (x < 7.07106781186547) {
      const numerator =
        (((((0.0352624965998911 * x + 0.700383064443688) * x +
          6.37396220353165) *
          x +
          33.912866078383) *
          x +
          112.079291497871) *
          x +
          221.213596169931) *
          x +
        220.206867912376;
      const denominator =
        ((((((0.0883883476483184 * x + 1.75566716318264) * x +
          16.064177579207) *
          x +
          86.7807322029461) *
          x +
          296.564248779674) *
          x +
          637.333633378831) *
          x +
          793.826512519948) *
          x +
        440.413735824752;
      tail = (e * numerator) / denominator;
    } else {
      const fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
      tail = e / (fraction * 2.506628274631);
    }
  }
  return z > 0 ? 1 - tail : tail;
}

/** The z that a standard normal value does not exceed with probability p. */
export function normalQuantile(p: number): number {
  let low = -38;
  let high = 38;
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < p) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) / 2;
}
