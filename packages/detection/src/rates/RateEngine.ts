import { isBack } from './isBack';
import { likelihood, Sums } from './likelihood';
import { capacity } from './SegmentLikelihood';
import { startPositions } from './startPositions';
import { RateEvent, RateSegment, RateState, Stretch } from './types';

/** Newest events that are looked at after every failure; all that is kept is looked at every so often. */
const hot = 100;
export interface RateChange {
  before: RateSegment;
  after: RateSegment;
  /** Likelihood of the change against none, natural logarithm. */
  odds: number;
  range: [first: number, last: number];
  positions: { seq: number; probability: number }[];
  /** It is the end of the change before: the rate is back where it was. */
  back: boolean;
  /** The change that ended. */
  ended?: { seq: number; at: number };
}

function outcomeOf({ failed, failedAgain }: RateEvent): Stretch['outcome'] {
  if (!failed) {
    return 'pass';
  }
  if (failedAgain === undefined) {
    return 'fail';
  }
  return failedAgain ? 'fail_then_fail' : 'fail_then_pass';
}

/** Looks for changes of a rate among the last events of a series. */
export class RateEngine {
  #stretches: Stretch[];
  #older: RateState['older'];
  #since: RateState['since'];
  #untilLook: number;
  #sums: Sums = { count: 0, failed: 0, retried: 0, failedAgain: 0 };
  readonly #needed: number;

  private constructor(state: RateState, falseAlarm: number) {
    this.#stretches = state.stretches.map(stretch => ({ ...stretch }));
    this.#older = { ...state.older };
    this.#since = state.since;
    this.#untilLook = state.untilLook;
    this.#needed = -Math.log(falseAlarm);
    this.#count();
  }

  static restore(state: RateState, falseAlarm: number): RateEngine {
    return new RateEngine(state, falseAlarm);
  }

  toState(): Pick<RateState, 'stretches' | 'older' | 'since' | 'untilLook'> {
    return {
      stretches: this.#stretches.map(stretch => ({ ...stretch })),
      older: { ...this.#older },
      untilLook: this.#untilLook,
      ...(this.#since && { since: this.#since }),
    };
  }

  read(event: RateEvent): RateChange | undefined {
    this.#append(event);
    this.#untilLook--;
    const all = this.#untilLook === 0;
    if (all) {
      this.#untilLook = hot;
    }
    if (!all && !event.failed) {
      return undefined;
    }
    const split = this.#bestSplit(all ? capacity : hot);
    return split && split.odds > this.#needed ? this.#change(split) : undefined;
  }

  #append(event: RateEvent) {
    const outcome = outcomeOf(event);
    const newest = this.#stretches[this.#stretches.length - 1];
    if (newest?.outcome === outcome) {
      newest.count++;
      newest.last = event.seq;
    } else {
      this.#stretches.push({
        outcome,
        count: 1,
        seq: event.seq,
        at: event.at,
        last: event.seq,
      });
    }
    this.#add(outcome, 1);
    while (this.#sums.count > capacity) {
      this.#forgetOldest();
    }
  }

  #add(outcome: Stretch['outcome'], count: number) {
    const sums = this.#sums;
    sums.count += count;
    if (outcome !== 'pass') {
      sums.failed += count;
      if (outcome !== 'fail') {
        sums.retried += count;
        sums.failedAgain += outcome === 'fail_then_fail' ? count : 0;
      }
    }
  }

  #count() {
    this.#sums = { count: 0, failed: 0, retried: 0, failedAgain: 0 };
    for (const { outcome, count } of this.#stretches) {
      this.#add(outcome, count);
    }
  }

  #forgetOldest() {
    const [oldest] = this.#stretches;
    const surplus = Math.min(oldest.count, this.#sums.count - capacity);
    this.#add(oldest.outcome, -surplus);
    this.#older.count += surplus;
    this.#older.failed += oldest.outcome === 'pass' ? 0 : surplus;
    oldest.count -= surplus;
    // Within a stretch the numbers of events are taken as even.
    oldest.seq = Math.min(oldest.seq + surplus, oldest.last);
    if (oldest.count === 0) {
      this.#stretches.shift();
    }
  }

  /** The best place for a change between stretches, at most `depth` events back. Inside of one it is never better. */
  #bestSplit(depth: number): { index: number; odds: number } | undefined {
    const { count, failed, retried, failedAgain } = this.#sums;
    const together = likelihood(count, failed, retried, failedAgain);
    const right: Sums = { count: 0, failed: 0, retried: 0, failedAgain: 0 };
    let best = -Infinity;
    let at = -1;
    for (let index = this.#stretches.length - 1; index > 0; index--) {
      const stretch = this.#stretches[index];
      right.count += stretch.count;
      if (stretch.outcome !== 'pass') {
        right.failed += stretch.count;
        if (stretch.outcome !== 'fail') {
          right.retried += stretch.count;
          right.failedAgain +=
            stretch.outcome === 'fail_then_fail' ? stretch.count : 0;
        }
      }
      if (right.count > depth) {
        break;
      }
      const apart =
        likelihood(
          right.count,
          right.failed,
          right.retried,
          right.failedAgain,
        ) +
        likelihood(
          count - right.count,
          failed - right.failed,
          retried - right.retried,
          failedAgain - right.failedAgain,
        );
      if (apart > best) {
        best = apart;
        at = index;
      }
    }
    return at < 0 ? undefined : { index: at, odds: best - together };
  }

  #change({ index, odds }: { index: number; odds: number }): RateChange {
    const sum = (stretches: Stretch[]) => ({
      failed: stretches.reduce(
        (all, { outcome, count }) => all + (outcome === 'pass' ? 0 : count),
        0,
      ),
      count: stretches.reduce((all, { count }) => all + count, 0),
    });
    const [first] = this.#stretches;
    const left = sum(this.#stretches.slice(0, index));
    const before: RateSegment = {
      seq: this.#since?.seq ?? first.seq,
      at: this.#since?.at ?? first.at,
      failed: left.failed + this.#older.failed,
      count: left.count + this.#older.count,
    };
    const start = this.#stretches[index];
    const after: RateSegment = {
      seq: start.seq,
      at: start.at,
      ...sum(this.#stretches.slice(index)),
    };
    const positions = startPositions(this.#stretches, this.#sums);
    const past = this.#since?.before;
    const back = past !== undefined && isBack(past, before, after);
    const ended = back ? { seq: before.seq, at: before.at } : undefined;
    this.#stretches = this.#stretches.slice(index);
    this.#older = { failed: 0, count: 0 };
    this.#since = { seq: after.seq, at: after.at, before };
    this.#count();
    return {
      before,
      after,
      odds,
      back,
      positions,
      range: [positions[0].seq, positions[positions.length - 1].seq],
      ...(ended && { ended }),
    };
  }
}
