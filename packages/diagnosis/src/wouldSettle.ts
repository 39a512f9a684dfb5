import { DiagnosisInput } from './DiagnosisInput';

const KNOWN_NEXT_TIME =
  'Say what it was: the next failure of this kind is then known.';

/** Nothing failed, so nothing is to be run again. */
const OF_A_FIGURE = [
  'Look at the changes in the range of runs in which it began.',
  'Compare a run of the commit before the range with one after it, on the same runners.',
  KNOWN_NEXT_TIME,
];

/** What would tell, where the evidence does not. */
export function wouldSettle(input: DiagnosisInput): string[] {
  if (input.subject === 'figure') {
    return OF_A_FIGURE;
  }
  const { history = {}, analysis, model } = input;
  const { sameCommit = {} } = history;
  const rerun =
    (sameCommit.passedAfter ?? 0) + (sameCommit.failedAfter ?? 0) === 0;
  const hasLog = (analysis?.explanation.length ?? 0) > 0;
  return [
    ...(rerun
      ? [
          'Run the failed jobs again: a pass speaks for a flaky test or the infrastructure, a second failure for the change.',
        ]
      : []),
    ...(hasLog
      ? []
      : [
          'Keep the log of the failed step: none of its lines explains the failure.',
        ]),
    ...(history.changes
      ? []
      : [
          'Have one pass of this job on record, so that what changed since is known.',
        ]),
    ...(history.alike
      ? []
      : [
          'Collect other repositories too: a failure that many share is none of this one.',
        ]),
    ...(model === undefined || 'missing' in model
      ? [
          'The model has not answered yet; the diagnosis is made anew when it does.',
        ]
      : []),
    KNOWN_NEXT_TIME,
  ];
}
