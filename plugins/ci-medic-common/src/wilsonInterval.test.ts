import fc from 'fast-check';
import { wilsonInterval } from './wilsonInterval';

describe('wilsonInterval', () => {
  // Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('has the published limits for %d of %d', (successes, n, low, high) => {
    const share = wilsonInterval(successes, n);
    expect(share.value).toBeCloseTo(successes / n, 12);
    expect(share.n).toBe(n);
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  });

  it('lies within 0 and 1, holds the share, is symmetric, and narrows with more cases', () => {
    const cases = fc
      .integer({ min: 1, max: 100_000 })
      .chain(n => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(cases, ([successes, n]) => {
        const { value, low, high } = wilsonInterval(successes, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(high).toBeGreaterThanOrEqual(value - 1e-12);
        const failures = wilsonInterval(n - successes, n);
        expect(failures.low).toBeCloseTo(1 - high, 9);
        const more = wilsonInterval(successes * 4, n * 4);
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });
});
