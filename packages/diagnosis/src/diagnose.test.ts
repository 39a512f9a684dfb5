import * as fc from 'fast-check';
import { diagnose } from './diagnose';
import { DiagnosisInput, FailureHistory } from './DiagnosisInput';
import { KNOWN_CATEGORIES } from './taxonomy/taxonomy';

const says = (
  text: string,
  rest: Omit<DiagnosisInput, 'lines'> = {},
): DiagnosisInput => ({
  ...rest,
  analysis: {
    explanation: [{ start: 7, end: 7, reason: 'error_message' }],
    findings: [],
    packages: [],
    ...rest.analysis,
  },
  lines: [{ number: 7, text }],
});

const assertion = 'AssertionError: assert 12.49 == 12.5';
const model = (
  probabilities: unknown,
  categories: unknown = KNOWN_CATEGORIES,
) => ({
  name: 'failure-classifier',
  version: '1',
  categories,
  probabilities,
});

describe('diagnose', () => {
  it('names a cause that a line names, with the line', () => {
    const result = diagnose(says('write: No space left on device'));
    expect(result).toMatchObject({
      category: 'infrastructure',
      subCategory: 'infrastructure.disk_full',
      decidedBy: 'signature',
      wouldSettle: [],
    });
    expect(result.confidence).toBeGreaterThan(0.8);
    expect(result.transient).toBeGreaterThan(0.6);
    expect(result.reasons[0]).toMatchObject({
      source: 'signature',
      category: 'infrastructure',
      lines: [[7, 7]],
    });
  });

  it('is unknown without evidence, and says what would settle it', () => {
    expect(diagnose({})).toMatchObject({
      category: 'unknown',
      secondBest: { category: 'code' },
      reasons: [],
    });
    expect(diagnose({}).wouldSettle.length).toBeGreaterThan(2);
  });

  it('tells a flaky test from broken code by history alone', () => {
    const withHistory = (history: FailureHistory) =>
      diagnose(says(assertion, { history }));
    expect(
      withHistory({ sameCommit: { failedAfter: 1 }, failuresInARow: 3 }),
    ).toMatchObject({
      category: 'code',
      subCategory: 'code.test_assertion',
    });
    const passed = withHistory({ sameCommit: { passedAfter: 1 } });
    expect(passed).toMatchObject({
      category: 'flaky_test',
      decidedBy: 'history',
    });
    expect(passed.transient).toBeGreaterThan(0.9);
    expect(withHistory({ tests: { failed: 1, knownFlaky: 1 } }).category).toBe(
      'flaky_test',
    );
  });

  it('blames a dependency that changed and that the log names', () => {
    const result = diagnose(
      says('TypeError: prices.round is not a function', {
        analysis: {
          explanation: [],
          findings: [],
          packages: [{ name: '@acme/prices' }],
        },
        history: {
          changes: { commits: 1, dependencies: ['@acme/prices'] },
        },
      }),
    );
    expect(result).toMatchObject({
      category: 'dependency',
      subCategory: 'dependency.behaviour',
    });
    expect(result.reasons[0].text).toContain('"@acme/prices"');
  });

  it('says what a figure means where nothing failed, and hints at it where something did', () => {
    const of = (metric: string, more: object = {}): DiagnosisInput => ({
      subject: 'figure',
      unusual: [{ metric, of: 'runs', sentence: `${metric} moved`, ...more }],
    });
    const waiting = diagnose(of('queue'));
    expect(waiting).toMatchObject({
      subject: 'figure',
      subCategory: 'infrastructure.runner_unavailable',
      reasons: [{ text: 'queue moved' }],
    });
    expect(diagnose(of('flip')).category).toBe('flaky_test');
    const slow = of('duration');
    const history = { changes: { commits: 1, sources: 3 } };
    expect(diagnose({ ...slow, history }).subCategory).toBe('code.slower');
    const alone = diagnose({ ...slow, history: { changes: { commits: 1 } } });
    const withTest = diagnose({
      ...slow,
      unusual: [
        ...slow.unusual!,
        { metric: 'duration', of: 'test', sentence: 'A test moved' },
      ],
    });
    expect(withTest.probabilities.code).toBeGreaterThan(
      alone.probabilities.code,
    );
    expect(diagnose(of('duration', { repositories: 3 })).category).toBe(
      'infrastructure',
    );
    // Nothing says what it was: nothing is to be run again all the same.
    const unclear = diagnose({ ...of('log_size') });
    expect(unclear.category).toBe('unknown');
    expect(unclear.wouldSettle.join()).not.toContain('Run the failed jobs');

    const failed = says('npm error code 1');
    const infrastructureOf = (more: Partial<DiagnosisInput>) =>
      diagnose({ ...failed, ...more }).probabilities.infrastructure;
    expect(infrastructureOf({ unusual: of('queue').unusual })).toBeGreaterThan(
      infrastructureOf({}),
    );
    // Its history says that already.
    expect(infrastructureOf({ unusual: of('flip').unusual })).toBe(
      infrastructureOf({}),
    );
  });

  it('takes what many repositories share for no fault of one', () => {
    const history = { alike: { repositories: 4 } };
    expect(diagnose(says('npm error code 1', { history })).category).toBe(
      'infrastructure',
    );
    // Packages are shared as well.
    const missing = says(
      'ERROR: Could not find a version that satisfies the requirement acme-prices==2.4.0 (from versions: none)',
      { history: { ...history, sameCommit: { passedBefore: 1 } } },
    );
    expect(diagnose(missing).category).toBe('dependency');
  });

  it('blames what was released upstream where the log names it', () => {
    const said = (packages: { name: string }[]) =>
      diagnose(
        says('npm error code 1', {
          analysis: { explanation: [], findings: [], packages },
          history: { changes: { commits: 1, upstream: ['prices'] } },
        }),
      );
    const named = said([{ name: '@acme/prices' }]);
    expect(named.category).toBe('dependency');
    expect(named.reasons[0].text).toContain(
      '"@acme/prices", which the log names, is of a component upstream',
    );
    expect(
      said([{ name: '@acme/fair-prices-old' }]).probabilities.dependency,
    ).toBeLessThan(named.probabilities.dependency);
  });

  it('blames what was deployed for its own errors, and not the network for them', () => {
    const check = (text: string, step: string, history?: FailureHistory) =>
      diagnose(says(text, { job: { step }, history }));
    const answer = 'curl: (22) The requested URL returned error: 500';
    expect(check(answer, 'Run make smoke-test')).toMatchObject({
      category: 'code',
      subCategory: 'code.deployment',
    });
    expect(check(answer, 'Run npm ci').category).toBe('infrastructure');
    expect(
      check(
        'curl: (6) Could not resolve host: shop.example',
        'Run make smoke-test',
      ).category,
    ).toBe('infrastructure');
    // The same commit may have brought another version.
    const history = {
      sameCommit: { passedAfter: 1 },
      flips: { flips: 2, executions: 9 },
      changes: { commits: 0 },
    };
    const failed = 'error: deployment "shop" exceeded its progress deadline';
    const { category, reasons } = check(failed, 'Run make deploy', history);
    expect(category).toBe('code');
    expect(reasons.map(({ text }) => text)).toContain(
      'The same job passed afterwards on the same commit. It may have deployed another version then.',
    );
  });

  it('follows the last word of people at once', () => {
    const feedback = [
      {
        verdict: 'wrong' as const,
        shown: 'infrastructure' as const,
        category: 'configuration' as const,
        subCategory: 'configuration.credential',
        at: '2026-03-02T10:00:00Z',
      },
      {
        verdict: 'right' as const,
        category: 'infrastructure' as const,
        at: '2026-03-01T10:00:00Z',
      },
    ];
    expect(diagnose(says('read ECONNRESET', { feedback }))).toMatchObject({
      category: 'configuration',
      subCategory: 'configuration.credential',
      decidedBy: 'feedback',
    });
    expect(
      diagnose(
        says('read ECONNRESET', {
          feedback: [
            {
              verdict: 'wrong',
              shown: 'infrastructure',
              at: '2026-03-02T10:00:00Z',
            },
          ],
        }),
      ).category,
    ).not.toBe('infrastructure');
  });

  it('weighs a model beside the rest', () => {
    const result = diagnose({ model: model([0.02, 0.02, 0.9, 0.03, 0.03]) });
    expect(result).toMatchObject({
      category: 'infrastructure',
      decidedBy: 'model',
      model: { name: 'failure-classifier', version: '1' },
      missing: [],
    });
  });

  it.each([
    ['NaN', [NaN, 0.2, 0.2, 0.2, 0.4], undefined],
    ['more than one', [2, 0.2, 0.2, 0.2, 0.4], undefined],
    ['text', ['0.2', 0.2, 0.2, 0.2, 0.2], undefined],
    ['another sum', [0.1, 0.1, 0.1, 0.1, 0.1], undefined],
    ['a missing category', [0.5, 0.5], ['code', 'dependency']],
    [
      'one category more',
      [0.2, 0.2, 0.2, 0.2, 0.1, 0.1],
      [...KNOWN_CATEGORIES, 'magic'],
    ],
    [
      'a category outside the set',
      [0.2, 0.2, 0.2, 0.2, 0.2],
      'abcde'.split(''),
    ],
    ['nothing', undefined, undefined],
  ])(
    'refuses a model that answers %s; the rest still answers',
    (_, probabilities, categories) => {
      const result = diagnose(
        says('No space left on device', {
          model: model(probabilities, categories),
        }),
      );
      expect(result).toMatchObject({
        subCategory: 'infrastructure.disk_full',
        missing: [{ part: 'model' }],
      });
      expect(result.model).toBeUndefined();
    },
  );

  it('gives probabilities whatever it is told', () => {
    const count = fc.option(fc.nat(50), { nil: undefined });
    fc.assert(
      fc.property(
        fc.array(fc.record({ number: fc.nat(), text: fc.string() })),
        fc.record({
          sameCommit: fc.record({
            passedBefore: count,
            passedAfter: count,
            failedAfter: count,
          }),
          failuresInARow: count,
          flips: fc.record({ flips: fc.nat(9), executions: fc.nat(9) }),
          tests: fc.record({ failed: fc.nat(9), knownFlaky: fc.nat(9) }),
          endedByRerun: fc.constant({ count: 2, ended: 3 }),
        }),
        fc.option(fc.array(fc.double({ min: 0, max: 1 })), { nil: undefined }),
        (lines, history, probabilities) => {
          const result = diagnose({
            lines,
            history,
            model: model(probabilities),
          });
          const sum = Object.values(result.probabilities).reduce(
            (total, one) => total + one,
            0,
          );
          expect(sum).toBeCloseTo(1);
          for (const one of [result.confidence, result.transient]) {
            expect(one).toBeGreaterThanOrEqual(0);
            expect(one).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
