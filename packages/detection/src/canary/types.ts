/**
 * Measurements of one metric, in the order in which they were made, from both sides.
 *
 * @public
 */
export interface ContinuousMetric {
  kind: 'continuous';
  name: string;
  base: number[];
  canary: number[];
  /** What would be worse: `increase` (durations, memory; the default) or `decrease` (throughput, coverage). */
  worse?: 'increase' | 'decrease';
  /** The smallest change that matters, as a share: 0.1. A smaller one never fails. */
  floor?: number;
  /** Values a side before anything is said: 30. */
  minimum?: number;
}

/**
 * How often something failed on both sides.
 *
 * @public
 */
export interface RateMetric {
  kind: 'rate';
  name: string;
  base: { failures: number; total: number };
  canary: { failures: number; total: number };
  /** The smallest rise that matters, as a share of runs: 0.01. */
  floor?: number;
  /** Runs a side before a pass is said: 30, or what was planned. Failing has no minimum; the numbers must carry it. */
  minimum?: number;
}

/** @public */
export type CanaryMetric = (ContinuousMetric | RateMetric) & {
  /** It alone decides: when it fails, all fails. All are critical unless this is false. */
  critical?: boolean;
};

/**
 * What is asked of {@link judgeCanary}.
 *
 * @public
 */
export interface CanaryOptions {
  metrics: CanaryMetric[];
  /**
   * Values a side after which there will be no more looks. With it, the verdict may be asked for after every run; what
   * comes beyond is not looked at. Without it this is the only look.
   */
  planned?: number;
  /** Probability that a metric without any change fails, over all looks together: 0.02. */
  falseFailRate?: number;
}

/** @public */
export type CanaryVerdict = 'pass' | 'fail' | 'undecided';

/** @public */
export interface MetricVerdict {
  name: string;
  kind: 'continuous' | 'rate';
  verdict: CanaryVerdict;
  /** What it was and is: medians, or rates. */
  base: number;
  canary: number;
  baseCount: number;
  canaryCount: number;
  /** Continuous: the change as a share of the base. Rate: the difference of the rates. Undefined without values. */
  change?: number;
  /** The range of the change. */
  range?: [low: number, high: number];
  /** Rate: probability that the canary is worse by more than the floor. */
  probabilityWorse?: number;
  sentence: string;
}

/** @public */
export interface CanaryResult {
  version: 1;
  verdict: CanaryVerdict;
  metrics: MetricVerdict[];
  sentence: string;
}
