import { DetectionInputError } from '../DetectionInputError';
import { checkVersion } from '../series/checkPoints';
import { Finding } from '../series/Finding';
import { formatEvent } from '../series/Wording';
import { BetaDistribution } from '../statistics/BetaDistribution';
import { formatShare } from '../statistics/formatNumbers';
import { RateChange, RateEngine } from './RateEngine';
import {
  RateEvent,
  RateOptions,
  RateSegment,
  RateState,
  RateUpdate,
} from './types';

const probability = 0.99;

function checkEvents(events: RateEvent[], after: number) {
  let last = after;
  for (const { seq, at, failed } of events) {
    if (!Number.isSafeInteger(seq) || seq <= last) {
      throw new DetectionInputError(
        `Event ${seq} comes after ${last}; whole numbers that rise are needed`,
      );
    }
    if (!(Math.abs(at) <= 8.64e15) || typeof failed !== 'boolean') {
      throw new DetectionInputError(
        `Event ${seq} has the time ${at} and failed ${failed}`,
      );
    }
    last = seq;
  }
}

const rateOf = ({ failed, count }: RateSegment) => failed / count;

function rangeOf({ failed, count }: RateSegment): [number, number] {
  return new BetaDistribution(0.3 + failed, 0.5 + count - failed).range(0.95);
}

function describe(
  change: RateChange,
  event: RateEvent,
  options: RateOptions,
): Finding {
  const { before, after, range, positions } = change;
  const {
    name = 'value',
    rate = 'failure rate',
    event: noun = 'run',
  } = options;
  const share = (segment: RateSegment) =>
    `${formatShare(rateOf(segment))} (${
      segment.failed
    } of ${segment.count.toLocaleString('en')} ${noun}s)`;
  const [low, high] = rangeOf(after).map(formatShare);
  const start = `${formatEvent(after.seq, after.at, options)}; 99 % range ${
    range[0]
  }-${range[1]}`;
  const sentence = change.back
    ? `${name}: ${rate} is back at ${share(after)}, after ${share(
        before,
      )}, since ${start}`
    : `${name}: ${rate} moved from ${share(before)} to ${share(
        after,
      )}, 95 % between ${low} and ${high}, starting at ${start}`;
  return {
    version: 1,
    kind: 'rate',
    stage: change.back ? 'went_away' : 'alert',
    direction: rateOf(after) >= rateOf(before) ? 'up' : 'down',
    id: `rate:${change.ended?.seq ?? after.seq}`,
    seq: event.seq,
    at: event.at,
    began: { seq: after.seq, at: after.at, range, probability, positions },
    ...(change.back && { ended: { seq: after.seq, at: after.at } }),
    before: { value: rateOf(before), count: before.count },
    after: { value: rateOf(after), count: after.count },
    ...(before.failed > 0 && { change: rateOf(after) / rateOf(before) - 1 }),
    score: change.odds,
    measure: 'odds',
    usual: rangeOf(before),
    sentence,
  };
}

/**
 * Reads the next events of a series and says where its rate changed: LUCI's search with beta-binomial likelihoods, first
 * tries and tries after failures together. The answer carries the range of events that holds the first of the new rate
 * with 99 %, and the probability of each, as suspects are ranked by. At most 2,000 events are kept.
 *
 * @throws DetectionInputError when an event is not one, or events are not in order
 *
 * @public
 */
export function updateRates(
  state: RateState,
  events: RateEvent[],
  options: RateOptions = {},
): RateUpdate {
  checkVersion('rates', state, 1);
  checkEvents(events, state.lastSeq);
  const { falseAlarm = 1e-4 } = options;
  const engine = RateEngine.restore(state, falseAlarm);
  const findings: Finding[] = [];
  let last = state.lastSeq;
  for (const event of events) {
    const change = engine.read(event);
    if (change) {
      findings.push(describe(change, event, options));
    }
    last = event.seq;
  }
  return {
    state: {
      version: 1,
      count: state.count + events.length,
      lastSeq: last,
      ...engine.toState(),
    },
    findings,
  };
}
