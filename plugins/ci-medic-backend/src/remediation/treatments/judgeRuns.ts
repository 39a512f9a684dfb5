import { judgeCanary } from '@ci-medic/detection';
import {
  DispatchedRun,
  TreatmentOutcome,
} from '@ci-medic/plugin-ci-medic-node';

const verdicts = {
  fail: { is: 'confirmed', words: 'Confirmed' },
  pass: { is: 'cleared', words: 'Cleared' },
  undecided: { is: 'undecided', words: 'Undecided' },
} as const;

/** Of the runs of the parent. */
const MOSTLY = 0.8;

/**
 * What the runs of a suspect and of its parent say. `undefined` while some are not over. What ended in another way than
 * by passing or failing says nothing.
 */
export function judgeRuns(options: {
  sha: string;
  times: number;
  suspect: DispatchedRun[];
  parent: DispatchedRun[];
}): TreatmentOutcome | undefined {
  const { sha, times, suspect, parent } = options;
  if ([...suspect, ...parent].some(({ status }) => status !== 'completed')) {
    return undefined;
  }
  const canary = count(suspect);
  const base = count(parent);
  const { verdict, metrics } = judgeCanary({
    metrics: [{ kind: 'rate', name: 'failures', base, canary }],
    planned: times,
  });
  // Where nearly nothing passes, something else may be broken: that clears nobody.
  const areBothBroken =
    verdict === 'pass' && base.failures >= MOSTLY * base.total;
  const { is, words } = verdicts[areBothBroken ? 'undecided' : verdict];
  const probability = metrics[0].probabilityWorse;
  const basis =
    probability === undefined
      ? ''
      : `; the suspect is worse with a probability of ${
          Math.round(probability * 1000) / 10
        } %`;
  const note = areBothBroken
    ? '; with the parent failing as well, something else may be broken'
    : '';
  return {
    succeeded: is !== 'undecided',
    reason: `${words}: the suspect ${sha.slice(0, 8)} failed in ${
      canary.failures
    } of ${canary.total} runs, its parent in ${base.failures} of ${
      base.total
    }${basis}${note}`,
    verdict: { sha, is },
  };
}

function count(runs: DispatchedRun[]) {
  const failures = runs.filter(({ conclusion }) =>
    ['failure', 'timed_out'].includes(conclusion ?? ''),
  ).length;
  const passes = runs.filter(
    ({ conclusion }) => conclusion === 'success',
  ).length;
  return { failures, total: failures + passes };
}
