import { createTestState } from './createTestState';
import { HistoryRow, judgeHistory } from './judgeHistory';
import { judgeTest } from './judgeTest';
import { updateTest } from './updateTest';

const hour = 3_600_000;

type Tries = ('pass' | 'fail')[];

/** Results of tests on 100 commits; `tries` says how each ended, once and again. */
function* rows(
  tests: Record<string, (commit: number) => Tries>,
  commits = 100,
): Generator<HistoryRow> {
  for (let commit = 0; commit < commits; commit++) {
    for (const [test, tries] of Object.entries(tests)) {
      const outcomes = tries(commit);
      for (let place = 0; place < outcomes.length; place++) {
        yield {
          test,
          sha: `c${commit}`,
          attempt: place + 1,
          at: commit * 6 * hour,
          outcome: outcomes[place],
          runner: commit % 4 === 0 ? 'pool b' : 'pool a',
          ...(outcomes[place] === 'fail' && { message: 'socket hang up' }),
        };
      }
    }
  }
}

const passes = (): Tries => ['pass'];

describe('judgeHistory', () => {
  it('tells flaky, suspect, broken and healthy tests apart', () => {
    const verdicts = judgeHistory(
      rows({
        flaky: commit => (commit % 20 === 0 ? ['fail', 'pass'] : ['pass']),
        suspect: commit => (commit === 70 ? ['fail', 'pass'] : ['pass']),
        broken: commit => (commit >= 90 ? ['fail', 'fail'] : ['pass']),
        fixed: commit =>
          commit >= 30 && commit < 50 ? ['fail', 'fail'] : ['pass'],
        healthy: passes,
      }),
    );
    const of = Object.fromEntries(verdicts.map(v => [v.test, v]));
    expect(Object.fromEntries(verdicts.map(v => [v.test, v.verdict]))).toEqual({
      flaky: 'flaky',
      suspect: 'suspect',
      broken: 'broken',
      fixed: 'healthy',
      healthy: 'healthy',
    });
    expect(of.flaky.range[0]).toBeLessThan(0.05);
    expect(of.flaky.range[1]).toBeGreaterThan(0.05);
    expect(of.flaky.sentence).toMatch(
      /^flaky: flaky: passed and failed on the same commit 5 times in 100 commits \(.* %, 95 % range .* to .* %\), last 5 days ago on pool b; 5 of 25 commits on pool b/,
    );
  });

  it('leaves out commits on which a mass of tests failed', () => {
    const outage = (commit: number): Tries =>
      commit === 40 ? ['fail', 'pass'] : ['pass'];
    const tests = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`t${index}`, outage]),
    );
    const verdicts = new Set(
      judgeHistory(rows(tests)).map(({ verdict }) => verdict),
    );
    expect([...verdicts]).toEqual(['healthy']);
  });

  it('calls what was never tried again unstable, not flaky', () => {
    const [{ verdict, sentence }] = judgeHistory(
      rows({ one: commit => [commit % 10 === 5 ? 'fail' : 'pass'] }),
    );
    expect(verdict).toBe('unstable');
    expect(sentence).toContain('was never tried again');
  });

  it('forgives after enough passes', () => {
    const once = (commit: number): Tries =>
      commit < 100 && commit % 5 === 0 ? ['fail', 'pass'] : ['pass'];
    const [{ verdict }] = judgeHistory(rows({ once }, 300));
    expect(verdict).toBe('healthy');
  });

  it('refuses rows that are none', () => {
    expect(() =>
      judgeHistory([{ test: 'a', sha: 'b', at: NaN, outcome: 'pass' }]),
    ).toThrow(/^Row 1 needs a test, a commit, a time/);
    expect(judgeHistory([])).toEqual([]);
  });
});

describe('judgeTest', () => {
  it('values a rerun: of a flaky test it likely passes, of others not', () => {
    const state = updateTest(createTestState(), [
      ...rows({ t: c => (c % 10 === 0 ? ['fail', 'pass'] : ['pass']) }),
    ]);
    expect(judgeTest(state).rerun.passes).toBeGreaterThan(0.8);
    const { rerun } = judgeTest(createTestState());
    expect(rerun.information).toBeGreaterThan(0);
    expect(rerun.information).toBeLessThanOrEqual(1);
  });
});
