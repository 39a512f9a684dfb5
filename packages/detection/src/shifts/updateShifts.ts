import { DetectionInputError } from '../DetectionInputError';
import { checkPoints, checkVersion } from '../series/checkPoints';
import { Finding } from '../series/Finding';
import { Point } from '../series/Point';
import { describeDrift, describeShift } from './describeShift';
import { ShiftEngine } from './ShiftEngine';
import { ShiftOptions, ShiftState, ShiftUpdate } from './types';
import { Weeks } from './Weeks';

/**
 * Reads the next events of a series and says where its level changed. A change is a note as soon as it can be seen and
 * an alert when 12 events have confirmed it, or at once where it is beyond doubt; it goes away when events are as before.
 * Every week it also looks for drifts over the last eight. At most 200 events are kept; the same result in whatever
 * pieces the events come.
 *
 * @throws DetectionInputError when a value is not finite or events are not in order
 *
 * @public
 */
export function updateShifts(
  state: ShiftState,
  points: Point[],
  options: ShiftOptions = {},
): ShiftUpdate {
  checkVersion('shifts', state, 1);
  checkPoints(points, state.lastSeq);
  const engine = ShiftEngine.restore(state, options);
  const weeks = Weeks.restore(state);
  const findings: Finding[] = [];
  let last = state.lastSeq;
  for (const point of points) {
    if (options.logarithmic && !(point.value > 0)) {
      throw new DetectionInputError(
        `The value of point ${point.seq} is ${point.value}; logarithms need positive values`,
      );
    }
    const value = options.logarithmic ? Math.log(point.value) : point.value;
    const news = engine.read(point.seq, point.at, value);
    if (news) {
      findings.push(describeShift(news, point, options));
      if (news.stage === 'alert') {
        // A step is told; what is left of a drift begins after it.
        weeks.clear();
      }
    }
    const drift = weeks.read(point.seq, point.at, value);
    const finding = drift && describeDrift(drift, point, options);
    if (finding) {
      findings.push(finding);
      weeks.clear();
    }
    last = point.seq;
  }
  return {
    state: {
      version: 1,
      count: state.count + points.length,
      lastSeq: last,
      ...engine.toState(),
      ...weeks.toState(),
    },
    findings,
  };
}
