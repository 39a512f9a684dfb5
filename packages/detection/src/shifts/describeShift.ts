import { Finding } from '../series/Finding';
import { Point } from '../series/Point';
import { formatEvent, formatValue } from '../series/Wording';
import { formatChange } from '../statistics/formatNumbers';
import { ShiftNews } from './ShiftEngine';
import { ShiftOptions } from './types';
import { WeeklyDrift } from './Weeks';

const probability = 0.99;

function sharesOf(before: number, after: number): { change?: number } {
  return before === 0 ? {} : { change: (after - before) / Math.abs(before) };
}

/** A change of level as a finding. */
export function describeShift(
  { stage, shift, ended }: ShiftNews,
  point: Point,
  options: ShiftOptions,
): Finding {
  const back = (value: number) =>
    options.logarithmic ? Math.exp(value) : value;
  const { name = 'value', unit, event = 'run' } = options;
  const before = back(shift.before.value);
  const after = back(shift.after.value);
  const usual: [number, number] = [
    back(shift.before.value - 2 * shift.before.spread),
    back(shift.before.value + 2 * shift.before.spread),
  ];
  const { change } = sharesOf(before, after);
  const [first, last] = shift.range;
  const numbers = `${formatValue(before, unit)} to ${formatValue(
    after,
    unit,
  )} (${change === undefined ? '' : `${formatChange(change)}, `}t=${
    shift.score >= 100 ? '>100' : shift.score.toFixed(1)
  }, ${shift.before.count} ${event}s before, ${shift.after.count} after)`;
  const start = `starting at ${formatEvent(
    shift.seq,
    shift.at,
    options,
  )}; 99 % range ${first}-${last}`;
  const sentence = {
    note: `${name}: seems to have moved from ${numbers} ${start}; not confirmed yet`,
    alert: `${name}: moved from ${numbers} ${start}; usual before: ${formatValue(
      usual[0],
      unit,
    )}-${formatValue(usual[1], unit)}`,
    went_away: `${name}: is back at ${formatValue(
      before,
      unit,
    )} since ${formatEvent(
      ended?.seq ?? point.seq,
      ended?.at ?? point.at,
      options,
    )}, after ${numbers} ${start}`,
  }[stage];
  return {
    version: 1,
    kind: 'shift',
    stage,
    direction: after >= before ? 'up' : 'down',
    id: `shift:${shift.seq}`,
    seq: point.seq,
    at: point.at,
    began: { seq: shift.seq, at: shift.at, range: shift.range, probability },
    ...(ended && { ended }),
    before: { value: before, count: shift.before.count },
    after: { value: after, count: shift.after.count },
    ...sharesOf(before, after),
    score: shift.score,
    measure: 't',
    usual,
    sentence,
  };
}

/** A steady change over weeks as a finding; undefined when it is not sure or too small. */
export function describeDrift(
  drift: WeeklyDrift,
  point: Point,
  options: ShiftOptions,
): Finding | undefined {
  const { name = 'value', unit, logarithmic } = options;
  const back = (value: number) => (logarithmic ? Math.exp(value) : value);
  const before = back(drift.from);
  const after = back(drift.to);
  const { change } = sharesOf(before, after);
  if (drift.chance >= 0.001 || Math.abs(change ?? Infinity) < 0.1) {
    return undefined;
  }
  return {
    version: 1,
    kind: 'drift',
    stage: 'alert',
    direction: after >= before ? 'up' : 'down',
    id: `drift:${drift.seq}`,
    seq: point.seq,
    at: point.at,
    began: {
      seq: drift.seq,
      at: drift.at,
      range: [drift.seq, point.seq],
      probability,
    },
    before: { value: before, count: drift.count },
    after: { value: after, count: drift.count },
    ...sharesOf(before, after),
    score: -Math.log10(Math.max(drift.chance, 1e-16)),
    measure: 'tail',
    sentence: `${name}: drifts from ${formatValue(
      before,
      unit,
    )} to ${formatValue(after, unit)}${
      change === undefined ? '' : ` (${formatChange(change)})`
    } over ${drift.weeks} weeks, steadily (p=${drift.chance.toExponential(
      0,
    )}, ${drift.count.toLocaleString('en')} events since ${formatEvent(
      drift.seq,
      drift.at,
      options,
    )})`,
  };
}
