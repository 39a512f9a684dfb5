import { judgeCanary } from './judgeCanary';

/** Evenly spread values around a middle, in an order without likeness. */
const spread = (middle: number, count: number) =>
  Array.from(
    { length: count },
    (_, index) => middle * (0.7 + (0.6 * ((index * 37) % count)) / count),
  );

const duration = (base: number[], canary: number[]) => ({
  kind: 'continuous' as const,
  name: 'build time',
  base,
  canary,
});

describe('judgeCanary', () => {
  it('fails what is slower, with the change, its range and the runs', () => {
    const { verdict, metrics, sentence } = judgeCanary({
      metrics: [duration(spread(600, 60), spread(750, 60))],
    });
    expect(verdict).toBe('fail');
    expect(metrics[0].change).toBeCloseTo(0.25, 1);
    expect(metrics[0].range![0]).toBeGreaterThan(0);
    expect(sentence).toMatch(
      /build time \+2\d % \(range \+.* %, 60 vs 60 runs\): FAIL$/,
    );
  });

  it('passes what is the same, and lets a change under the floor pass', () => {
    for (const factor of [1, 1.05]) {
      const { verdict } = judgeCanary({
        metrics: [duration(spread(600, 60), spread(600 * factor, 60))],
      });
      expect(verdict).toBe('pass');
    }
  });

  it('says when there are too few runs', () => {
    const { verdict, sentence } = judgeCanary({
      metrics: [duration(spread(600, 12), spread(1200, 12))],
    });
    expect(verdict).toBe('undecided');
    expect(sentence).toContain('too few runs (12 and 12 of 30 a side)');
  });

  it('does not pass before the planned end, but fails early what is clear', () => {
    const planned = 50;
    const look = (factor: number) =>
      judgeCanary({
        planned,
        metrics: [
          {
            ...duration(spread(600, 40), spread(600 * factor, 40)),
            minimum: 10,
          },
        ],
      }).verdict;
    expect(look(1)).toBe('undecided');
    expect(look(2)).toBe('fail');
  });

  it('takes neighbours that are alike for fewer runs', () => {
    const blocks = (middle: number) =>
      Array.from(
        { length: 60 },
        (_, index) => middle * [0.8, 1.2, 1][Math.floor(index / 20)],
      );
    const { metrics } = judgeCanary({
      metrics: [duration(blocks(600), blocks(690))],
    });
    expect(metrics[0].verdict).toBe('pass');
    expect(metrics[0].sentence).toContain('neighbours alike');
  });

  it('compares rates, and decides by what is critical', () => {
    const rate = (failures: number) => ({
      kind: 'rate' as const,
      name: 'failure rate',
      base: { failures: 10, total: 200 },
      canary: { failures, total: 100 },
    });
    const worse = judgeCanary({ metrics: [rate(30)] });
    expect(worse.verdict).toBe('fail');
    expect(worse.sentence).toContain('30 % (30 of 100) vs 5 % (10 of 200)');
    expect(judgeCanary({ metrics: [rate(4)] }).verdict).toBe('pass');
    const beside = judgeCanary({
      metrics: [rate(4), { ...rate(30), critical: false }],
    });
    expect(beside.verdict).toBe('pass');
  });

  it.each([NaN, Infinity])('refuses %s', value => {
    expect(() => judgeCanary({ metrics: [duration([1, value], [1])] })).toThrow(
      `build time: base must be finite numbers, not ${value}`,
    );
    expect(() =>
      judgeCanary({
        metrics: [
          {
            kind: 'rate',
            name: 'r',
            base: { failures: 0, total: value },
            canary: { failures: 0, total: 1 },
          },
        ],
      }),
    ).toThrow(/is not a rate/);
  });

  it('is undecided without any metric or value', () => {
    expect(judgeCanary({ metrics: [] }).verdict).toBe('undecided');
    expect(judgeCanary({ metrics: [duration([], [])] }).verdict).toBe(
      'undecided',
    );
  });
});
