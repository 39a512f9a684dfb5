import {
  CountState,
  createCountState,
  createRateState,
  createShiftState,
  createSpikeState,
  Finding,
  RateState,
  ShiftState,
  SpikeState,
  updateCounts,
  updateRates,
  updateShifts,
  updateSpikes,
  Wording,
} from '@ci-medic/detection';
import { MetricDetectors } from './metricDetectors';

/** What the detectors of one series remember; plain data. */
export type SeriesState = {
  spikes?: SpikeState;
  shifts?: ShiftState;
  rates?: RateState;
  counts?: CountState;
};

/**
 * Shows the next values of a series to its detectors. Returns what they remember then and what they found, in order.
 */
export function advanceSeries(
  state: SeriesState,
  values: { seq: number; at: number; value: number }[],
  options: {
    detectors: MetricDetectors;
    wording: Wording;
    /** Events before the first, of series that began later. */
    unseen?: number;
  },
): { state: SeriesState; findings: Finding[] } {
  const { detectors, wording } = options;
  const { logarithmic, floor, rates, counts } = detectors;
  const next: SeriesState = {};
  const findings: Finding[] = [];
  const points = logarithmic
    ? values.map(one => ({
        ...one,
        value: Math.max(one.value, logarithmic.least),
      }))
    : values;
  const shared = { ...wording, logarithmic: Boolean(logarithmic) };
  if (detectors.spikes) {
    const found = updateSpikes(
      state.spikes ?? createSpikeState(),
      points,
      shared,
    );
    next.spikes = found.state;
    findings.push(...found.findings.filter(one => isLarge(one, floor)));
  }
  if (detectors.shifts) {
    const found = updateShifts(state.shifts ?? createShiftState(), points, {
      ...shared,
      floor,
    });
    next.shifts = found.state;
    findings.push(...found.findings.filter(one => isLarge(one, floor)));
  }
  if (rates) {
    const found = updateRates(
      state.rates ?? createRateState(),
      points.map(({ seq, at, value }) => ({ seq, at, failed: value > 0 })),
      { ...wording, rate: rates },
    );
    next.rates = found.state;
    findings.push(...found.findings);
  }
  if (counts) {
    const found = updateCounts(
      state.counts ?? createCountState({ unseen: options.unseen ?? 0 }),
      points,
      wording,
    );
    next.counts = found.state;
    findings.push(...found.findings);
  }
  return {
    state: next,
    findings: findings.sort((left, right) => left.seq - right.seq),
  };
}

function isLarge({ before, after }: Finding, floor = 0): boolean {
  return Math.abs(after.value - before.value) >= floor;
}
