import { Explanation } from '@ci-medic/plugin-ci-medic-common';
import { logLine } from './logOf';

/** An explanation with one range, lines 100 to 102, and two lines of context on either side. */
export function explanationOf(change: Partial<Explanation> = {}): Explanation {
  return {
    jobId: 'job-1',
    headline: 'No matching version found for left-pad@9',
    fingerprint: 'f00d',
    comparedWith: 3,
    lastPass: { runId: 'run-0', attempt: 1, at: '2026-03-01T10:00:00.000Z' },
    ranges: [
      {
        start: 100,
        end: 102,
        reason: 'new-since-pass',
        message: 'These lines are new since the last pass.',
        score: 0.9,
        before: [logLine(98), logLine(99)],
        lines: [
          logLine(100, { level: 'error', text: 'npm error code ETARGET' }),
          logLine(101, { level: 'error', text: 'npm error notarget' }),
          logLine(102),
        ],
        after: [logLine(103), logLine(104)],
      },
    ],
    findings: [],
    ...change,
  };
}
