import { explainCases } from './explainCases';
import { ratioInterval, shareInterval } from './intervals';
import { Lines, linesOf } from './lineSets';
import { Mark, measured } from './Mark';
import { Case, readCases, readLog } from './readCases';

type ErrorLines = {
  error_lines: { line: number; text: string; resolved_line?: number }[];
};
type MarkedLine = { match_line: number };

const BUDGET = 50;
const FIRST = 5;
/** Their line numbers and ours differ by how lines are counted. */
const NEAR = 3;

function heldOutNote(models?: string): string {
  return models === undefined
    ? ''
    : '; each log explained by a model that was trained without it';
}

/** Error lines that another project's parser found, within a budget. */
export async function errorLineMark(
  data: string,
  models?: string,
): Promise<Mark> {
  const name = 'error lines within 50 lines (recall)';
  const target = 0.9;
  const basis = `treeherder: error lines that its own parser found, in the ${BUDGET} lines of an explanation; interval by resampling logs${heldOutNote(
    models,
  )}`;
  const cases = readCases<ErrorLines>(data, 'treeherder');
  if (!cases) {
    const skipped = `${data}/treeherder.jsonl is not there`;
    return { name, target, basis, skipped };
  }
  const explained = await explainCases({
    ...{ data, cases, budget: BUDGET, models },
  });
  const groups = cases.map(one => {
    const said = linesOf(explained.get(one.id)?.ranges ?? []);
    const truth = errorLinesOf(data, one);
    const part = truth.filter(line => said.has(line)).length;
    return { part, whole: truth.length };
  });
  const { part, whole } = totalOf(groups);
  return measured({
    ...{ name, target, cases: whole, value: part / whole },
    interval: ratioInterval(groups),
    basis,
    details: {
      logs: groups.length,
      'mean of logs':
        Math.round(
          (1000 *
            groups.reduce((sum, group) => sum + group.part / group.whole, 0)) /
            groups.length,
        ) / 1000,
    },
  });
}

function totalOf(groups: { part: number; whole: number }[]) {
  return groups.reduce(
    (sum, { part, whole }) => ({
      part: sum.part + part,
      whole: sum.whole + whole,
    }),
    { part: 0, whole: 0 },
  );
}

/** The line of each error: the nearest to the number given that holds its text. */
function errorLinesOf(
  data: string,
  { path, ground_truth: truth }: Case<ErrorLines>,
): number[] {
  const lines = readLog(data, path)
    .toString('utf8')
    .split(/\r\n|\n|\r/);
  return truth.error_lines.map(({ line, text, resolved_line: resolved }) => {
    const start = text.trim().slice(0, 60);
    for (const guess of [line + 1, resolved ?? line + 1]) {
      for (let away = 0; away <= NEAR; away += 1) {
        for (const number of [guess - away, guess + away]) {
          if (lines[number - 1]?.includes(start)) {
            return number;
          }
        }
      }
    }
    return resolved ?? line;
  });
}

/** Lines that a maintained set of rules picks, among the first ranges. */
export async function signatureMark(
  data: string,
  models?: string,
): Promise<Mark> {
  const name = 'the marked line in the first 5 ranges';
  const target = 0.95;
  const basis = `pytorch_log_classifier: the line that its rules pick is in one of the first ${FIRST} ranges of an explanation; Wilson interval${heldOutNote(
    models,
  )}`;
  const cases = readCases<MarkedLine>(data, 'pytorch_log_classifier');
  if (!cases) {
    const skipped = `${data}/pytorch_log_classifier.jsonl is not there`;
    return { name, target, basis, skipped };
  }
  const explained = await explainCases({ data, cases, models });
  const hits = cases.filter(({ id, ground_truth: truth }) => {
    const ranges: Lines[] = explained.get(id)?.ranges ?? [];
    return ranges
      .slice(0, FIRST)
      .some(
        ([start, end]) => truth.match_line >= start && truth.match_line <= end,
      );
  }).length;
  return measured({
    ...{ name, target, cases: cases.length, value: hits / cases.length },
    interval: shareInterval(hits, cases.length),
    basis,
  });
}
