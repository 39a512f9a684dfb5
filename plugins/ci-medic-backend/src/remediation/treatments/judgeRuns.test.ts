import { DispatchedRun } from '@ci-medic/plugin-ci-medic-node';
import { judgeRuns } from './judgeRuns';

const runs = (failures: number, passes: number) =>
  [...Array(failures).fill('failure'), ...Array(passes).fill('success')].map(
    conclusion => ({ status: 'completed', conclusion } as DispatchedRun),
  );

const judge = (suspect: DispatchedRun[], parent: DispatchedRun[]) =>
  judgeRuns({ sha: 'badc0de', times: 5, suspect, parent })!;

describe('judgeRuns', () => {
  it.each([
    [
      'confirms what fails where its parent passes',
      [5, 0],
      [0, 5],
      'confirmed',
    ],
    ['clears what passes', [0, 5], [0, 5], 'cleared'],
    [
      'clears nothing while its parent fails as well',
      [5, 0],
      [5, 0],
      'undecided',
    ],
    [
      'clears nothing of which no run says anything',
      [0, 0],
      [0, 0],
      'undecided',
    ],
  ] as const)('%s', (_, [failed, passed], [failedBefore, passedBefore], is) => {
    const { succeeded, verdict } = judge(
      runs(failed, passed),
      runs(failedBefore, passedBefore),
    );
    expect(verdict).toEqual({ sha: 'badc0de', is });
    expect(succeeded).toBe(is !== 'undecided');
  });
});
