import {
  createRateState,
  createShiftState,
  createSpikeState,
  updateRates,
  updateShifts,
  updateSpikes,
} from '@ci-medic/detection';
import { randomOf } from '../../chaos/random';
import { makeNoise } from '../noise/makeNoise';

const count = 1_000_000;
const step = 600_000;
const repeats = 3;

/** The least processor time of several runs, in seconds: what else the machine does counts little. */
function secondsOf(work: () => void): number {
  let least = Infinity;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1e6);
  }
  return least;
}

/** Processor time for a million events, and how that compares with the best published. */
export function measureSpeed() {
  const random = randomOf(301);
  const points = makeNoise('normal', count, 302).map((value, seq) => ({
    seq,
    at: seq * step,
    value,
  }));
  const events = points.map(({ seq, at }) => ({
    seq,
    at,
    failed: random() < 0.01,
  }));
  const timed = (published: number, work: () => void) => {
    const seconds = secondsOf(work);
    return { seconds, published, ratio: seconds / published };
  };
  return {
    spikes: timed(0.6, () => updateSpikes(createSpikeState(), points)),
    shifts: timed(1.0, () => updateShifts(createShiftState(), points)),
    rates: timed(0.09, () => updateRates(createRateState(), events)),
  };
}
