import { DiagnosisInput } from './DiagnosisInput';

/** What would tell, where the evidence does not. */
export function wouldSettle(input: DiagnosisInput): string[] {
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
    'Say what it was: the next failure of this kind is then known.',
  ];
}
