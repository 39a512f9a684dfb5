import fc from 'fast-check';
import { rankSuspects } from './rankSuspects';
import { CulpritCase, Observation } from './types';

const commits = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `c${index + 1}`,
    kind: 'commit',
    position: index + 1,
  }));

const fail = (position: number): Observation => ({ position, outcome: 'fail' });
const pass = (position: number): Observation => ({ position, outcome: 'pass' });

describe('rankSuspects', () => {
  it('believes evidence, and says it in words', () => {
    const suspects = commits(4).map(suspect =>
      suspect.id === 'c3'
        ? {
            ...suspect,
            title: 'bump axios',
            evidence: [
              {
                name: 'package_in_log' as const,
                text: 'axios is in the error',
              },
              { name: 'only_change_of_kind' as const },
            ],
          }
        : suspect,
    );
    const ranking = rankSuspects({
      suspects,
      observations: [pass(0), fail(4), fail(4)],
    });
    expect(ranking.verdict).toBe('suspect');
    expect(ranking.suspects[0]).toMatchObject({
      id: 'c3',
      reasons: [
        'axios is in the error',
        'is the only change of its kind in the range',
      ],
    });
    expect(ranking.sentence).toMatch(
      /^9\d %: bump axios - axios is in the error; .* \(range of 4 suspects, 2 of 3 runs failed\)$/,
    );
  });

  it('speaks of a figure that moved without runs that failed', () => {
    const { sentence } = rankSuspects({
      subject: 'figure',
      suspects: commits(2),
      observations: [pass(0), fail(3)],
    });
    expect(sentence).toMatch(/\(range of 2 suspects\)$/);
  });

  it('advises reruns that lead to the change, telling flakes on the way', () => {
    let options: CulpritCase = {
      suspects: commits(8),
      observations: [pass(0), fail(8)],
    };
    expect(rankSuspects(options).next?.position).toBeGreaterThan(4);
    let reruns = 0;
    for (; ; reruns++) {
      const { next } = rankSuspects(options);
      if (!next) {
        break;
      }
      const rerun = next.position >= 6 ? fail : pass;
      options = {
        ...options,
        observations: [...options.observations, rerun(next.position)],
      };
    }
    const { settled, hypotheses } = rankSuspects(options);
    expect(settled).toBe(true);
    expect(hypotheses[0].id).toBe('c6');
    expect(reruns).toBeLessThanOrEqual(10);
  });

  it('blames nobody when a flaky test passes again', () => {
    const observations = [pass(0), fail(5), pass(5)];
    const flaky = { flips: 6, verdicts: 200 };
    const { verdict, hypotheses } = rankSuspects({
      suspects: commits(5),
      observations,
      flaky,
    });
    expect(verdict).toBe('nobody');
    expect(hypotheses[0].probability).toBeGreaterThan(0.8);
  });

  it('blames infrastructure when unrelated repositories fail alike', () => {
    const { verdict, sentence } = rankSuspects({
      suspects: commits(5),
      observations: [pass(0), fail(5), fail(5)],
      infrastructure: {
        evidence: [
          { name: 'repositories_affected', value: 9 },
          { name: 'diagnosed', value: 0.8 },
        ],
      },
    });
    expect(verdict).toBe('infrastructure');
    expect(sentence).toContain('9 unrelated repositories fail alike');
  });

  it('answers without any suspect in range', () => {
    const { suspects, sentence } = rankSuspects({
      suspects: [],
      observations: [pass(0), fail(0)],
    });
    expect(suspects).toEqual([]);
    expect(sentence).toContain('no change in range');
  });

  it('uses where a change point says that it began', () => {
    const { suspects } = rankSuspects({
      suspects: commits(5),
      observations: [fail(5)],
      positions: [
        { position: 2, probability: 0.7 },
        { position: 3, probability: 0.3 },
      ],
    });
    expect(suspects.slice(0, 2).map(({ id }) => id)).toEqual(['c2', 'c3']);
  });

  it('shares out all probability, whatever was observed', () => {
    const observation = fc.record({
      position: fc.integer({ min: 0, max: 9 }),
      outcome: fc.constantFrom('pass' as const, 'fail' as const),
    });
    fc.assert(
      fc.property(
        fc.array(observation, { maxLength: 40 }),
        fc.integer({ min: 0, max: 9 }),
        (observations, count) => {
          const { hypotheses, next } = rankSuspects({
            suspects: commits(count),
            observations: [...observations, fail(9)],
          });
          const total = hypotheses.reduce((s, h) => s + h.probability, 0);
          expect(total).toBeCloseTo(1, 9);
          expect(hypotheses.every(h => h.probability >= 0)).toBe(true);
          expect(next?.information ?? 1).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    [{ suspects: [], observations: [pass(1)] }, /No observation failed/],
    [
      { suspects: [...commits(1), ...commits(1)], observations: [fail(1)] },
      /"c1" of a suspect is missing, reserved or there twice/,
    ],
    [
      {
        suspects: [
          { ...commits(1)[0], evidence: [{ name: 'smell' as 'custom' }] },
        ],
        observations: [fail(1)],
      },
      /Evidence "smell" of suspect "c1" is not known/,
    ],
  ])('refuses what it cannot rank: %j', (options, message) => {
    expect(() => rankSuspects(options)).toThrow(message);
  });
});
