import { DetectionInputError } from '../DetectionInputError';
import { checkPoints, checkVersion } from '../series/checkPoints';
import { Finding } from '../series/Finding';
import { Point } from '../series/Point';
import { describeSpike } from './describeSpike';
import { SpikeEngine } from './SpikeEngine';
import { Tail } from './Tail';
import { SpikeOptions, SpikeState, SpikeUpdate } from './types';

/**
 * Reads the next events of a series and says which of them are unusual for it: the value, its level, its distance from
 * what is usual at this hour, how much it varies, or how seldom such values come, has left the range that it kept to.
 * Constant time and memory for each event; the same result in whatever pieces the events come.
 *
 * @throws DetectionInputError when a value is not finite or events are not in order
 *
 * @public
 */
export function updateSpikes(
  state: SpikeState,
  points: Point[],
  options: SpikeOptions = {},
): SpikeUpdate {
  checkVersion('spikes', state, 1);
  checkPoints(points, state.lastSeq);
  const { logarithmic, pool, note = 2.75 } = options;
  const { minimum = pool ? 10 : 30 } = options;
  const engine = SpikeEngine.restore(state, pool && Tail.restore(pool.tail));
  const scores: number[] = [];
  const deviations: number[] = [];
  const findings: Finding[] = [];
  let last = state.lastSeq;
  for (const point of points) {
    if (logarithmic && !(point.value > 0)) {
      throw new DetectionInputError(
        `The value of point ${point.seq} is ${point.value}; logarithms need positive values`,
      );
    }
    const value = logarithmic ? Math.log(point.value) : point.value;
    const reading = engine.read(point.at, value);
    scores.push(reading.score);
    deviations.push(reading.deviation);
    if (reading.score >= note && engine.count > minimum) {
      const finding = describeSpike(
        point,
        reading,
        engine.usual(Math.abs(value - reading.expected)),
        options,
      );
      if (finding) {
        findings.push(finding);
      }
    }
    last = point.seq;
  }
  return { state: engine.toState(last), scores, deviations, findings };
}
