import { DetectionInputError } from '../DetectionInputError';
import { checkPoints, checkVersion } from '../series/checkPoints';
import { Finding } from '../series/Finding';
import { Point } from '../series/Point';
import { formatEvent, formatValue } from '../series/Wording';
import { formatShare } from '../statistics/formatNumbers';
import { CountChange, CountEngine } from './CountEngine';
import { CountOptions, CountState, CountUpdate } from './types';

const probability = 0.99;

function describeChange(
  change: CountChange,
  point: Point,
  options: CountOptions,
): Finding {
  const { before, after, range } = change;
  const { name = 'value', event = 'run', counted = 'lines' } = options;
  const numbers = `${formatValue(before.value)} ${counted} a ${event} (${
    before.count
  } ${event}s) to ${formatValue(after.value)} (${after.count} ${event}s)`;
  const start = `${formatEvent(change.seq, change.at, options)}; 99 % range ${
    range[0]
  }-${range[1]}`;
  return {
    version: 1,
    kind: 'count',
    stage: change.back ? 'went_away' : 'alert',
    direction: after.value >= before.value ? 'up' : 'down',
    id: `count:${change.ended ?? change.seq}`,
    seq: point.seq,
    at: point.at,
    began: { seq: change.seq, at: change.at, range, probability },
    ...(change.back && { ended: { seq: change.seq, at: change.at } }),
    before,
    after,
    ...(before.value > 0 && { change: after.value / before.value - 1 }),
    score: change.odds,
    measure: 'odds',
    sentence: change.back
      ? `${name}: is back, from ${numbers}, since ${start}`
      : `${name}: went from ${numbers}, starting at ${start}`,
  };
}

function describeNovelty(
  unseen: number,
  point: Point,
  options: CountOptions,
): Finding {
  const { name = 'value', event = 'run', counted = 'lines' } = options;
  // None in n: at most 3 / n with 95 %.
  const most = 3 / unseen;
  return {
    version: 1,
    kind: 'novel',
    stage: 'note',
    direction: 'up',
    id: `novel:${point.seq}`,
    seq: point.seq,
    at: point.at,
    began: {
      seq: point.seq,
      at: point.at,
      range: [point.seq, point.seq],
      probability: 1,
    },
    before: { value: 0, count: unseen },
    after: { value: point.value, count: 1 },
    score: Math.log(unseen),
    measure: 'odds',
    usual: [0, most],
    sentence: `${name}: never seen in ${unseen.toLocaleString(
      'en',
    )} ${event}s before (so in fewer than ${formatShare(
      most,
    )} of them, with 95 %), now ${formatValue(
      point.value,
    )} ${counted} in ${formatEvent(point.seq, point.at, options)}`,
  };
}

/**
 * Reads the next counts of a series, such as how often a template was in the log of each run, and says where the count
 * changed and when it was there for the first time. Gamma-Poisson likelihoods, tempered where counts vary more than by
 * chance.
 *
 * @throws DetectionInputError when a count is not a whole number from 0 on, or events are not in order
 *
 * @public
 */
export function updateCounts(
  state: CountState,
  points: Point[],
  options: CountOptions = {},
): CountUpdate {
  checkVersion('counts', state, 1);
  checkPoints(points, state.lastSeq);
  const { falseAlarm = 1e-4, smallest = 0.5, minimum = 20 } = options;
  const engine = CountEngine.restore(state, { falseAlarm, smallest });
  const findings: Finding[] = [];
  let { count, seen, lastSeq } = state;
  for (const point of points) {
    if (!Number.isSafeInteger(point.value) || point.value < 0) {
      throw new DetectionInputError(
        `The count of point ${point.seq} is ${point.value}`,
      );
    }
    if (!seen && point.value > 0) {
      seen = true;
      if (count >= minimum) {
        findings.push(describeNovelty(count, point, options));
      }
    }
    const change = engine.read(point.seq, point.at, point.value);
    if (change) {
      findings.push(describeChange(change, point, options));
    }
    count++;
    lastSeq = point.seq;
  }
  return {
    state: { version: 1, count, lastSeq, seen, ...engine.toState() },
    findings,
  };
}
