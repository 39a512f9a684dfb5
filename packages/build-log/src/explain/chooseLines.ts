import { LineRecord, LineShape } from './LineRecord';

/** Up to so many lines, more are chosen only where they are likely right. */
const CAREFUL_BUDGET = 30;
/** Of more, so many are the most likely ones. */
const BEST_OF_MANY = 10;
/** Weights that tell what names a problem outright, an error without more, and a hint. */
const LEVELS = [75, 60, 40];
const UNLIKELY = 0.02;
const LIKELY = 0.3;
const NAMED = 40;
const MOST_NAMED = 4;
const MOST_RANGES = 5;
const GAP = 3;
/** Frames of a stack from the first on that say where it was; the others are how the runner came there. */
const MOST_FRAMES = 8;
/** What a user's rule recognizes is always chosen, up to so many lines. */
const MOST_RULES = 10;

/**
 * Chooses the lines whose expected agreement with a person's choice is largest: the F1 score that the first `k` by
 * probability are expected to have, for the best `k` (as in Ye et al., "Optimizing F-measures", 2012). The next lines
 * that name a problem follow as ranges of their own. A budget beyond 30 lines is used up, for those who want recall.
 *
 * @returns positions in `records`
 */
export function chooseLines(options: {
  records: LineRecord[];
  probabilities: Float64Array;
  weights: number[];
  budget: number;
}): Set<number> {
  const { records, weights, budget } = options;
  const probabilities = withStackHeads(records, options.probabilities);
  const order = [...records.keys()].sort(
    (left, right) => probabilities[right] - probabilities[left] || left - right,
  );
  const careful =
    budget > CAREFUL_BUDGET ? BEST_OF_MANY : Math.min(budget, CAREFUL_BUDGET);
  const chosen = new Set(
    [...records.keys()]
      .filter(index => records[index].reason === 'user_rule')
      .slice(0, Math.min(budget, MOST_RULES)),
  );
  for (const index of order.slice(
    0,
    expectedBest(order, probabilities, careful),
  )) {
    if (chosen.size < careful) {
      chosen.add(index);
    }
  }
  fillGaps({ chosen, records, budget: careful });
  const scores = probabilities.map(
    (p, index) => p + 0.3 * (weights[index] / 100),
  );
  const named = order
    .filter(index => weights[index] >= NAMED && !chosen.has(index))
    .sort((left, right) => scores[right] - scores[left] || left - right);
  for (const index of named.slice(0, MOST_NAMED)) {
    if (chosen.size >= careful || countRanges(chosen, records) >= MOST_RANGES) {
      break;
    }
    chosen.add(index);
  }
  if (budget > CAREFUL_BUDGET) {
    // Those who want more want all that names a problem. Of lines as heavy the first: failures cascade.
    const level = (index: number) => {
      const { mark, reason } = records[index];
      const isMarked = mark === 2 || reason === 'exit_status';
      const heavy = LEVELS.filter(least => weights[index] >= least).length;
      return heavy + (isMarked ? 0.5 : 0);
    };
    const rest = order
      .filter(index => probabilities[index] > UNLIKELY || level(index) > 0)
      .sort((left, right) => level(right) - level(left) || left - right);
    for (const index of rest) {
      if (chosen.size >= budget) {
        break;
      }
      chosen.add(index);
    }
  }
  return chosen;
}

/**
 * Frames explain nothing without the line above them, and deep ones nothing at all: the head of a stack is as likely as
 * its frames, and those beyond the first few are passed over.
 */
function withStackHeads(
  records: LineRecord[],
  probabilities: Float64Array,
): Float64Array {
  const result = Float64Array.from(probabilities);
  let head = -1;
  let depth = 0;
  for (let index = 0; index < records.length; index += 1) {
    const { number, shape } = records[index];
    const follows = index > 0 && records[index - 1].number === number - 1;
    if (shape !== LineShape.frame) {
      head = index;
      depth = 0;
      continue;
    }
    depth = follows ? depth + 1 : 1;
    if (depth > MOST_FRAMES) {
      result[index] = 0;
    } else if (follows && head >= 0) {
      result[head] = Math.max(result[head], probabilities[index]);
    }
  }
  return result;
}

function expectedBest(
  order: number[],
  probabilities: Float64Array,
  budget: number,
): number {
  let total = 0;
  for (const probability of probabilities) {
    total += probability > LIKELY ? probability : 0;
  }
  total = Math.min(total, 2 * CAREFUL_BUDGET);
  let best = 0;
  let count = Math.min(1, order.length);
  let sum = 0;
  for (let index = 0; index < Math.min(budget, order.length); index += 1) {
    sum += probabilities[order[index]] ** 2;
    const expected = (2 * sum) / (index + 1 + total);
    if (expected > best) {
      best = expected;
      count = index + 1;
    }
  }
  return count;
}

/** Takes in the few lines between chosen ones, so that ranges are whole. */
function fillGaps(options: {
  chosen: Set<number>;
  records: LineRecord[];
  budget: number;
}) {
  const { chosen, records, budget } = options;
  const sorted = [...chosen].sort((left, right) => left - right);
  for (let at = 1; at < sorted.length; at += 1) {
    const from = sorted[at - 1];
    const to = sorted[at];
    const between = records[to].number - records[from].number - 1;
    if (
      between > 0 &&
      between <= GAP &&
      to - from - 1 === between &&
      chosen.size + between <= budget
    ) {
      for (let index = from + 1; index < to; index += 1) {
        chosen.add(index);
      }
    }
  }
}

function countRanges(chosen: Set<number>, records: LineRecord[]): number {
  let count = 0;
  for (const index of chosen) {
    const follows =
      chosen.has(index - 1) &&
      records[index - 1].number === records[index].number - 1;
    count += follows ? 0 : 1;
  }
  return count;
}
