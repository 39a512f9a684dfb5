import {
  createCountState,
  createPool,
  createRateState,
  createShiftState,
  createSpikeState,
  findShifts,
  Point,
  updateCounts,
  updatePool,
  updateRates,
  updateShifts,
  updateSpikes,
} from '.';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 2);

/** Values near 1 that come in no order. */
const wobble = (index: number) => 0.95 + (0.1 * ((index * 37) % 101)) / 101;

const series = (values: number[], every = 3 * hour): Point[] =>
  values.map((value, seq) => ({ seq, at: start + seq * every, value }));

const repeat = (count: number, value: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => value(index));

const duration = {
  name: 'build-api / main: duration',
  unit: 'seconds',
  logarithmic: true,
};

describe('updateSpikes', () => {
  it('alerts on one value far out, and says against what', () => {
    const values = repeat(400, index => 300 * wobble(index));
    values[350] = 900;
    const { findings, scores } = updateSpikes(
      createSpikeState(),
      series(values),
      duration,
    );
    const alerts = findings.filter(({ stage }) => stage === 'alert');
    expect(alerts.map(({ seq }) => seq)).toEqual([350]);
    expect(alerts[0].sentence).toMatch(
      /^build-api \/ main: duration: 15m00s at run 350 \(2026-12-15 18:00 UTC\), \+20\d % against .* usual.* none of 350 events before as far out/,
    );
    expect(scores[350]).toBeGreaterThan(3.4);
  });

  it('notes values that are usual, but not at their hour', () => {
    const busy = (index: number) =>
      index % 24 >= 8 && index % 24 < 18 ? 300 : 100;
    const values = repeat(24 * 60, index => busy(index) * wobble(index));
    const night = 24 * 50 + 3;
    values[night] = 300;
    values[night + 1] = 300;
    const { findings } = updateSpikes(createSpikeState(), series(values, hour));
    expect(findings.some(({ stage }) => stage === 'alert')).toBe(false);
    const last = findings[findings.length - 1];
    expect(last.seq).toBe(night + 1);
    expect(last.sentence).toContain('values that seldom come at this hour');
  });

  it('judges a short series by others of its kind', () => {
    const young = (spike: boolean) =>
      series(
        repeat(20, index =>
          spike && index === 18 ? 700 : 300 * wobble(index),
        ),
      );
    let pool = createPool();
    for (let other = 1; other <= 5; other++) {
      const { deviations } = updateSpikes(
        createSpikeState(),
        series(repeat(200, index => other * wobble(index * other))),
        { logarithmic: true },
      );
      pool = updatePool(pool, deviations.slice(20));
    }
    const seqs = (spike: boolean, used?: typeof pool) =>
      updateSpikes(createSpikeState(), young(spike), {
        logarithmic: true,
        pool: used,
      }).findings.map(({ seq }) => seq);
    expect(seqs(true)).toEqual([]);
    expect(seqs(true, pool)).toEqual([18]);
    expect(seqs(false, pool)).toEqual([]);
  });
});

describe('updateShifts', () => {
  it('notes a shift, alerts when it is confirmed, and says when it is over', () => {
    const values = repeat(
      120,
      index =>
        (index >= 60 && index < 90 ? 345 : 300) * (0.5 + wobble(index) / 2),
    );
    const { findings, state } = updateShifts(
      createShiftState(),
      series(values),
      { ...duration, confirm: 7 },
    );
    expect(findings[0]).toMatchObject({ stage: 'note', direction: 'up' });
    expect(findings.map(({ stage }) => stage)).toEqual(
      expect.arrayContaining(['alert', 'went_away']),
    );
    const alert = findings.find(({ stage }) => stage === 'alert')!;
    expect(alert.began.range[0]).toBeLessThanOrEqual(60);
    expect(alert.began.range[1]).toBeGreaterThanOrEqual(60);
    expect(alert.sentence).toMatch(
      /moved from 5m00s to 5m45s \(\+15 %, t=.*, \d+ runs before, \d+ after\) starting at run 60 .*; 99 % range \d+-\d+; usual before: /,
    );
    const over = findings.find(({ stage }) => stage === 'went_away')!;
    expect(over).toMatchObject({ id: alert.id, ended: { seq: 90 } });
    expect(state.open).toBeUndefined();
  });

  it('remembers what was usual before a change that went away', () => {
    // Slow from 60 to 89, as before for only eight events, and slow again.
    const isSlow = (index: number) =>
      (index >= 60 && index < 90) || index >= 98;
    const values = repeat(
      130,
      index => (isSlow(index) ? 345 : 300) * wobble(index),
    );
    const { findings } = updateShifts(
      createShiftState(),
      series(values),
      duration,
    );
    const alerts = findings.filter(
      ({ stage, direction }) => stage === 'alert' && direction === 'up',
    );
    expect(alerts.map(({ began }) => began.seq)).toEqual([60, 98]);
    expect(alerts[1].before.count).toBeGreaterThanOrEqual(24);
  });

  it('says nothing under the floor', () => {
    const values = repeat(100, index => (index < 50 ? 20 : 24) * wobble(index));
    const { findings } = updateShifts(createShiftState(), series(values), {
      ...duration,
      floor: 10,
    });
    expect(findings).toEqual([]);
  });

  it('finds a drift over weeks that no day shows', () => {
    const values = repeat(
      10 * 7 * 8,
      index =>
        300 *
        (1 + (0.3 * index) / 560) *
        (0.8 + 0.4 * (wobble(index) - 0.95) * 10),
    );
    const { findings } = updateShifts(createShiftState(), series(values));
    const drift = findings.find(({ kind }) => kind === 'drift')!;
    expect(drift.direction).toBe('up');
    expect(drift.sentence).toMatch(/drifts from .* over 8 weeks, steadily/);
  });
});

describe('findShifts', () => {
  it('finds all levels of a finished series', () => {
    const values = repeat(
      150,
      index => [100, 130, 90][Math.floor(index / 50)] * wobble(index),
    );
    expect(findShifts(values)).toEqual([50, 100]);
    expect(findShifts(repeat(50, () => 7))).toEqual([]);
    expect(findShifts([])).toEqual([]);
    expect(() => findShifts([1, NaN])).toThrow('Value 1 is NaN');
  });
});

describe('updateRates', () => {
  const runs = (fails: (index: number) => boolean, count: number) =>
    repeat(count, Number).map((_, seq) => ({
      seq,
      at: start + seq * hour,
      failed: fails(seq),
    }));

  it('finds where failing began, and where each run may be the first', () => {
    const events = runs(index => index === 20 || index >= 300, 310);
    const { findings } = updateRates(createRateState(), events);
    expect(findings).toHaveLength(1);
    const [{ began, seq, sentence }] = findings;
    expect(began).toMatchObject({ seq: 300, probability: 0.99 });
    expect(seq).toBeLessThanOrEqual(304);
    const held = began.positions!.reduce((sum, p) => sum + p.probability, 0);
    expect(held).toBeGreaterThanOrEqual(0.99);
    expect(sentence).toMatch(
      /failure rate moved from 0.3 % \(1 of 300 runs\) to 100 % \(\d of \d runs\), 95 % between .* starting at run 300 .*; 99 % range \d+-\d+/,
    );
  });

  it('says when it is over, under the name of what began', () => {
    const events = runs(index => index >= 100 && index < 130, 330);
    const { findings } = updateRates(createRateState(), events);
    expect(findings.map(({ id, stage }) => [id, stage])).toEqual([
      ['rate:100', 'alert'],
      ['rate:100', 'went_away'],
    ]);
    expect(findings[1].ended?.seq).toBe(130);
  });

  it('counts tries that fail again', () => {
    const events = repeat(200, Number).map((_, seq) => ({
      seq,
      at: start,
      failed: seq % 10 === 0,
      ...(seq % 10 === 0 && { failedAgain: seq >= 100 }),
    }));
    const [finding] = updateRates(createRateState(), events, {
      falseAlarm: 0.05,
    }).findings;
    expect(finding.began.seq).toBe(100);
  });
});

describe('updateCounts', () => {
  it('tells what was never seen from what comes more often', () => {
    const values = repeat(60, index => {
      if (index < 30) {
        return 0;
      }
      return index < 45 ? 1 : 9 + (index % 3);
    });
    const { findings } = updateCounts(
      createCountState({ unseen: 370 }),
      series(values),
      { name: 'socket hang up' },
    );
    expect(findings[0].kind).toBe('novel');
    expect(findings[0].sentence).toMatch(
      /^socket hang up: never seen in 400 runs before \(so in fewer than 0.8 % of them, with 95 %\), now 1 lines in run 30 /,
    );
    expect(findings.some(f => f.kind === 'count' && f.began.seq === 45)).toBe(
      true,
    );
  });

  it('refuses what is not a count', () => {
    expect(() => updateCounts(createCountState(), series([1.5]))).toThrow(
      'The count of point 0 is 1.5',
    );
  });
});
