/**
 * Ranks, from 0, of the sorted values between which the median lies with a probability of at least 95 %, by the binomial
 * distribution of how many values are below it (W. R. Thompson, 1936). `undefined` where even the least and the greatest
 * of `n` values are not far enough apart: under 6.
 */
export function medianRanks(
  n: number,
): { low: number; high: number } | undefined {
  if (n > 1_000) {
    const spread = 0.979982 * Math.sqrt(n);
    return {
      low: Math.max(Math.floor(n / 2 - spread) - 1, 0),
      high: Math.min(Math.ceil(n / 2 + spread), n - 1),
    };
  }
  let probability = 0.5 ** n;
  let below = probability;
  let low: number | undefined;
  for (let rank = 0; rank < n / 2 && below <= 0.025; rank++) {
    low = rank;
    probability *= (n - rank) / (rank + 1);
    below += probability;
  }
  return low === undefined ? undefined : { low, high: n - 1 - low };
}
