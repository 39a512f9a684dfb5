import { SeriesMetric } from '@ci-medic/plugin-ci-medic-common';

type Kind = 'pipeline' | 'job' | 'template' | 'test' | 'source';

/** How the values of a metric are looked at. */
export type MetricDetectors = {
  /** In words, for sentences. */
  name: string;
  unit?: 'seconds' | 'bytes' | 'share' | 'minutes';
  /** Single runs that are unusual. */
  spikes?: true;
  /** Levels that moved. */
  shifts?: true;
  /** Shares of runs that changed; values are 0 and 1. */
  rates?: string;
  /** How often something was in the log. */
  counts?: true;
  /** Compares logarithms; smaller values count as the least. */
  logarithmic?: { least: number };
  /** Changes that are smaller do not matter, in the unit of the values. */
  floor?: number;
  /** Is judged of these only, because the others only repeat it. */
  kinds?: Kind[];
};

/** The detectors of each metric. What is not here is shown and never judged. */
export const metricDetectors: Partial<Record<SeriesMetric, MetricDetectors>> = {
  duration: {
    name: 'duration',
    unit: 'seconds',
    spikes: true,
    shifts: true,
    logarithmic: { least: 0.1 },
    floor: 10,
  },
  queue: {
    name: 'queue time',
    unit: 'seconds',
    spikes: true,
    shifts: true,
    // Under a second it says more about the clock than about runners.
    logarithmic: { least: 1 },
    floor: 10,
  },
  failure: { name: 'failures', rates: 'failure rate' },
  flip: { name: 'flips', rates: 'share of runs that passed on a rerun' },
  timeout: { name: 'timeouts', rates: 'share of runs that timed out' },
  minutes: {
    name: 'runner minutes',
    unit: 'minutes',
    shifts: true,
    logarithmic: { least: 0.01 },
    floor: 1,
    kinds: ['pipeline'],
  },
  log_size: {
    name: 'size of the log',
    unit: 'bytes',
    spikes: true,
    shifts: true,
    logarithmic: { least: 1 },
    floor: 10_000,
    kinds: ['job'],
  },
  value: { name: 'value', spikes: true, shifts: true, kinds: ['source'] },
};

/** Lines of the log of a run that are of one template. */
const templateDetectors: MetricDetectors = {
  name: 'lines of the log',
  counts: true,
};

/** Single executions of a test vary too much to be told; whether it fails is judged as its reliability. */
const testDetectors: MetricDetectors = {
  name: 'duration',
  unit: 'seconds',
  shifts: true,
  logarithmic: { least: 0.1 },
  floor: 1,
};

/** How a metric of a kind of subject is judged; `undefined` where it is not. */
export function detectorsOf(
  metric: SeriesMetric,
  kind: Kind,
): MetricDetectors | undefined {
  if (kind === 'test') {
    return metric === 'duration' ? testDetectors : undefined;
  }
  if (kind === 'template') {
    return metric === 'value' ? templateDetectors : undefined;
  }
  const detectors = metricDetectors[metric];
  return detectors?.kinds && !detectors.kinds.includes(kind)
    ? undefined
    : detectors;
}
