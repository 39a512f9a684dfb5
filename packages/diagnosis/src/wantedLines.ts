import { FailureAnalysis } from './DiagnosisInput';

/** What a tool said just before it gave up often names the cause. */
const BEFORE = 8;
const AFTER = 3;
/** There a CI system says how the job ended. */
const LAST = 20;

/**
 * The lines that a diagnosis reads of a log: those of the explanation with some
 * before and after, and the last ones. Ranges of 1-based numbers in ascending
 * order, both ends included, which do not overlap.
 *
 * @public
 */
export function wantedLines(
  analysis: Pick<FailureAnalysis, 'explanation'> & { lines: number },
): [number, number][] {
  const { explanation, lines } = analysis;
  const wanted = explanation.map(({ start, end }): [number, number] => [
    Math.max(1, start - BEFORE),
    Math.min(lines, end + AFTER),
  ]);
  if (lines > 0) {
    wanted.push([Math.max(1, lines - LAST + 1), lines]);
  }
  wanted.sort(([left], [right]) => left - right);
  const joined: [number, number][] = [];
  for (const [start, end] of wanted) {
    const last = joined[joined.length - 1];
    if (last && start <= last[1] + 1) {
      last[1] = Math.max(last[1], end);
    } else if (start <= end) {
      joined.push([start, end]);
    }
  }
  return joined;
}
