import { autocorrelation } from '../statistics/autocorrelation';
import { formatChange, formatShare } from '../statistics/formatNumbers';
import { normalQuantile } from '../statistics/normal';
import { median, quantileOfSorted } from '../statistics/quantiles';
import {
  CanaryOptions,
  CanaryVerdict,
  ContinuousMetric,
  MetricVerdict,
} from './types';

/** More values a side say nothing new and would cost their product. */
const most = 500;

/** Standard errors that are added to the autocorrelation: a false fail costs more than a late one. */
const careful = 0.6;

/** All differences between a canary value and a base value, in ascending order. */
function differences(base: number[], canary: number[]): Float64Array {
  const all = new Float64Array(base.length * canary.length);
  let index = 0;
  for (const value of canary) {
    for (const other of base) {
      all[index++] = value - other;
    }
  }
  return all.sort();
}

/**
 * The number of standard errors that a change must reach now. With a planned end, looks along the way are paid for by
 * the boundary of O'Brien and Fleming in its continuous form (z grows as looks come early), which holds under looking
 * after every run.
 */
function boundary(count: number, options: CanaryOptions): number {
  const { planned, falseFailRate = 0.02 } = options;
  if (planned === undefined) {
    return normalQuantile(1 - falseFailRate);
  }
  const share = Math.min(count / planned, 1);
  return normalQuantile(1 - falseFailRate / 2) / Math.sqrt(share);
}

/** An autocorrelation on the careful side of what so many values can tell. */
function onTheCarefulSide(rho: number, count: number): number {
  return Math.min(rho + careful * Math.sqrt((1 - rho * rho) / count), 0.95);
}

/**
 * Judges a continuous metric by the shift of Hodges and Lehmann with the range of Mann and Whitney's test, in
 * logarithms when all values are positive, so that a change is a share. Values that resemble their neighbours count for
 * less: the range widens by sqrt((1 + r) / (1 - r)), r being the lag-1 autocorrelation.
 */
export function judgeContinuous(
  metric: ContinuousMetric,
  options: CanaryOptions,
): MetricVerdict {
  const { name, worse = 'increase', floor = 0.1 } = metric;
  const { planned = most } = options;
  const minimum = Math.min(metric.minimum ?? 30, planned);
  const limit = Math.min(planned, most);
  // With a plan the first values count, as its looks promised; without one the newest.
  const cut = (values: number[]) =>
    options.planned === undefined
      ? values.slice(-limit)
      : values.slice(0, limit);
  const base = cut(metric.base);
  const canary = cut(metric.canary);
  const count = Math.min(base.length, canary.length);
  const known = {
    name,
    kind: 'continuous' as const,
    base: median(base),
    canary: median(canary),
    baseCount: base.length,
    canaryCount: canary.length,
  };
  if (count < minimum) {
    return {
      ...known,
      verdict: 'undecided',
      sentence: `${name}: too few runs (${base.length} and ${canary.length} of ${minimum} a side)`,
    };
  }
  const positive = [...base, ...canary].every(value => value > 0);
  const scale = positive ? Math.log : (value: number) => value;
  const unit = positive ? 1 : Math.abs(known.base) || 1;
  const toShare = (shift: number) =>
    positive ? Math.expm1(shift) : shift / unit;
  const from = base.map(scale);
  const to = canary.map(scale);
  const all = differences(from, to);
  const plain = autocorrelation(from, to);
  const rho = onTheCarefulSide(plain, from.length + to.length);
  const z = boundary(count, options);
  const error =
    Math.sqrt(
      ((1 / from.length + 1 / to.length) *
        (1 + 1 / (from.length + to.length)) *
        (1 + rho)) /
        (12 * (1 - rho)),
    ) * z;
  const shift = quantileOfSorted(all, 0.5);
  const low = quantileOfSorted(all, Math.max(0.5 - error, 0));
  const high = quantileOfSorted(all, Math.min(0.5 + error, 1));
  const change = toShare(shift);
  const range: [number, number] = [toShare(low), toShare(high)];
  const badly = worse === 'increase' ? change >= floor : change <= -floor;
  const surely = worse === 'increase' ? low > 0 : high < 0;
  let verdict: CanaryVerdict = 'undecided';
  if (badly && surely && error < 0.5) {
    verdict = 'fail';
  } else if (options.planned === undefined || count >= options.planned) {
    verdict = 'pass';
  }
  const words = { pass: 'pass', fail: 'FAIL', undecided: 'not decided yet' };
  const related =
    plain >= 0.2 ? `, neighbours alike (r = ${plain.toFixed(2)})` : '';
  return {
    ...known,
    verdict,
    change,
    range,
    sentence: `${name} ${formatChange(change)} (range ${formatChange(
      range[0],
    )} to ${formatChange(range[1])}, ${canary.length} vs ${
      base.length
    } runs${related}): ${words[verdict]}${
      verdict === 'pass' && badly ? ', the runs do not carry it' : ''
    }${
      verdict === 'pass' && !badly && change > 0
        ? `, under ${formatShare(floor)}`
        : ''
    }`,
  };
}
