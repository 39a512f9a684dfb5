import { LogRange } from '../types';
import { chooseLines } from './chooseLines';
import { ExplanationModel } from './ExplanationModel';
import { lineFeatures } from './lineFeatures';
import { LineRecord } from './LineRecord';
import { rangeMessages } from './rangeMessages';

/** A range and the line in it that says most. */
export type ExplainedRange = { range: LogRange; best: LineRecord };

const NOTHING_WEIGHS = 20;

/**
 * Explains a failure by the most telling lines, as ranges in order of importance.
 */
export function explainRecords(options: {
  records: LineRecord[];
  budget: number;
  lines: number;
  hasPassing: boolean;
  model?: ExplanationModel;
}): ExplainedRange[] {
  const { records, budget, model = ExplanationModel.bundled() } = options;
  const says = records.some(
    ({ weight, passing }) => weight >= NOTHING_WEIGHS || passing === -1,
  );
  if (!says || budget <= 0) {
    return [];
  }
  const rows = lineFeatures(options);
  const weights = rows.map(([weight]) => weight);
  const probabilities = Float64Array.from(rows, row => model.probability(row));
  const chosen = chooseLines({ records, probabilities, weights, budget });
  const sorted = [...chosen].sort((left, right) => left - right);
  const ranges: (ExplainedRange & { order: number })[] = [];
  let open: number[] = [];
  for (const index of sorted) {
    const previous = open[open.length - 1];
    if (
      previous !== undefined &&
      records[index].number !== records[previous].number + 1
    ) {
      ranges.push(rangeOf({ indices: open, records, probabilities, weights }));
      open = [];
    }
    open.push(index);
  }
  if (open.length > 0) {
    ranges.push(rangeOf({ indices: open, records, probabilities, weights }));
  }
  return ranges.sort(
    (left, right) =>
      right.order - left.order || left.range.start - right.range.start,
  );
}

/** Where something happened, or a rule across the page; not what happened. */
const NAMES_NOTHING =
  /^\s*(?:at\s+(?:async |new )?[\w$.<>/[\]]+\s?\(|at\s+\S+:\d+|from \S+:\d+|File ".*", line \d+|\.{3} \d+ more|E\s+[-+?]\s|[-=_*#~^.\s]+$)/;

/** The line of the explanation that names the problem best: of the first range with one that does. */
export function headlineOf(
  ranges: { best: LineRecord }[],
): LineRecord | undefined {
  const names = ({ best: { text } }: { best: LineRecord }) =>
    text !== undefined && !NAMES_NOTHING.test(text);
  return (ranges.find(names) ?? ranges[0])?.best;
}

/** How well a line names the problem. */
function namingOf(
  index: number,
  options: {
    records: LineRecord[];
    probabilities: Float64Array;
    weights: number[];
  },
): number {
  const { records, probabilities, weights } = options;
  const { text } = records[index];
  const own = weights[index] + 20 * probabilities[index];
  if (text === undefined) {
    return own - 200;
  }
  return NAMES_NOTHING.test(text) ? own - 100 : own;
}

function rangeOf(options: {
  indices: number[];
  records: LineRecord[];
  probabilities: Float64Array;
  weights: number[];
}): ExplainedRange & { order: number } {
  const { indices, records, probabilities, weights } = options;
  let best = indices[0];
  let order = 0;
  for (const index of indices) {
    // What names the problem is the headline; what surrounds it may be as likely.
    if (namingOf(index, options) > namingOf(best, options)) {
      best = index;
    }
    order = Math.max(
      order,
      probabilities[index] +
        0.3 * (weights[index] / 100) +
        (records[index].reason === 'user_rule' ? 1 : 0),
    );
  }
  const { reason, passing } = records[best];
  const isNew = indices.some(index => records[index].passing === -1);
  const shown =
    reason === 'end_of_log' && isNew ? 'not_in_passing_runs' : reason;
  return {
    order,
    best: records[best],
    range: {
      start: records[indices[0]].number,
      end: records[indices[indices.length - 1]].number,
      reason: shown,
      message:
        isNew && passing === -1 && shown !== 'not_in_passing_runs'
          ? `${rangeMessages[shown]}; passing runs do not print it`
          : rangeMessages[shown],
      score: Math.round(1000 * order) / 1000,
    },
  };
}
