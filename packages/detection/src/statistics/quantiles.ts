/** A copy in ascending order. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** The quantile of values that are in ascending order, between neighbours by proportion; NaN without values. */
export function quantileOfSorted(
  values: ArrayLike<number>,
  probability: number,
): number {
  const place = (values.length - 1) * probability;
  const index = Math.floor(place);
  const here = values[index];
  const next = values[Math.min(index + 1, values.length - 1)];
  return here + (next - here) * (place - index);
}

/** The middle value; NaN without values. */
export function median(values: ArrayLike<number>): number {
  return quantileOfSorted(sorted(values), 0.5);
}

/** The mean; NaN without values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    sum += values[index];
  }
  return sum / values.length;
}

/** The variance, of a sample; 0 with fewer than two values. */
export function varianceOf(values: ArrayLike<number>): number {
  const center = mean(values);
  let squares = 0;
  for (let index = 0; index < values.length; index++) {
    squares += (values[index] - center) ** 2;
  }
  return values.length > 1 ? squares / (values.length - 1) : 0;
}
