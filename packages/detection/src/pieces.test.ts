import fc from 'fast-check';
import {
  createCountState,
  createRateState,
  createShiftState,
  createSpikeState,
  createTestState,
  Finding,
  TestResult,
  updateCounts,
  updateRates,
  updateShifts,
  updateSpikes,
  updateTest,
} from '.';

const hour = 3_600_000;

/** State as it comes back from a database. */
function stored<T>(state: T): T {
  return JSON.parse(JSON.stringify(state));
}

interface Detector<S, E> {
  name: string;
  create: () => S;
  update: (
    state: S,
    events: E[],
  ) => { state: S; findings?: Finding[]; scores?: number[] };
  event: (index: number, random: number, level: number) => E;
}

const detectors: Detector<any, any>[] = [
  {
    name: 'spikes',
    create: createSpikeState,
    update: (state, points) => {
      const { scores, findings, state: next } = updateSpikes(state, points);
      return { state: next, findings, scores };
    },
    event: (index, random, level) => ({
      seq: index,
      at: index * hour,
      value: level * 10 + random,
    }),
  },
  {
    name: 'shifts',
    create: createShiftState,
    update: updateShifts,
    event: (index, random, level) => ({
      seq: 3 * index,
      at: index * 6 * hour,
      value: level + random,
    }),
  },
  {
    name: 'rates',
    create: createRateState,
    update: updateRates,
    event: (index, random, level) => {
      const failed = random < 0.02 + level / 2;
      return {
        seq: index,
        at: index * hour,
        failed,
        ...(failed && { failedAgain: random < level / 4 }),
      };
    },
  },
  {
    name: 'counts',
    create: createCountState,
    update: updateCounts,
    event: (index, random, level) => ({
      seq: index,
      at: index * hour,
      value: Math.floor(random * 3 * (1 + 4 * level)),
    }),
  },
  {
    name: 'tests',
    create: createTestState,
    update: (state, results: TestResult[]) => ({
      state: updateTest(state, results),
    }),
    event: (index, random, level): TestResult => ({
      sha: `c${Math.floor(index / 2)}`,
      at: index * hour,
      outcome: random < level / 3 ? 'fail' : 'pass',
      runner: random < 0.5 ? 'pool a' : 'constructor',
      neighbours: ['other', '__proto__'],
    }),
  },
];

describe.each(detectors)('$name', ({ create, update, event }) => {
  it('finds the same in any pieces, whatever is stored between them', () => {
    const part = fc.array(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(part, parts => {
        let index = 0;
        const pieces = parts.map((values, level) =>
          values.map(random => event(index++, random, level % 2)),
        );
        const whole = update(create(), pieces.flat());
        let state = create();
        const findings: Finding[] = [];
        const scores: number[] = [];
        for (const piece of pieces) {
          const before = JSON.stringify(state);
          const result = update(state, piece);
          expect(JSON.stringify(state)).toBe(before);
          findings.push(...(result.findings ?? []));
          scores.push(...(result.scores ?? []));
          state = stored(result.state);
        }
        expect(state).toEqual(stored(whole.state));
        expect(findings).toEqual(whole.findings ?? []);
        expect(scores).toEqual(whole.scores ?? []);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses the state of another version', () => {
    expect(() => update({ ...create(), version: 99 }, [])).toThrow(
      /version 99, this is version 1: read the series again/,
    );
  });
});

it.each([NaN, Infinity, -Infinity])('refuses the value %s', value => {
  const point = { seq: 7, at: 0, value };
  const message = `The value of point 7 is ${value}, not a finite number`;
  expect(() => updateSpikes(createSpikeState(), [point])).toThrow(message);
  expect(() => updateShifts(createShiftState(), [point])).toThrow(message);
  expect(() => updateCounts(createCountState(), [point])).toThrow(message);
});

it('refuses events that are not in order', () => {
  const events = [5, 5].map(seq => ({ seq, at: 0, value: 1, failed: false }));
  expect(() => updateSpikes(createSpikeState(), events)).toThrow(
    'Point 5 comes after 5',
  );
  expect(() => updateRates(createRateState(), events)).toThrow(
    'Event 5 comes after 5',
  );
});
