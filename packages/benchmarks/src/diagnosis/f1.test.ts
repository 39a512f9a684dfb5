import { f1Interval, f1Of } from './f1';

const judged = (truth: boolean, said: boolean, count: number) =>
  Array.from({ length: count }, () => ({ truth, said }));

describe('f1Of', () => {
  it('counts hits, misses and false alarms, and not what was rightly silent', () => {
    const rows = [
      ...judged(true, true, 8),
      ...judged(true, false, 2),
      ...judged(false, true, 2),
    ];
    expect(f1Of(rows)).toBe(0.8);
    expect(f1Of([...rows, ...judged(false, false, 100)])).toBe(0.8);
    expect(f1Of([])).toBe(0);
    const [low, high] = f1Interval(rows);
    expect(low).toBeLessThan(0.8);
    expect(high).toBeGreaterThan(0.8);
  });
});
