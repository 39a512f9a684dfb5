import { DetectionInputError } from '../DetectionInputError';
import { judgeContinuous } from './judgeContinuous';
import { judgeRate } from './judgeRate';
import {
  CanaryMetric,
  CanaryOptions,
  CanaryResult,
  CanaryVerdict,
} from './types';

function checkMetric(metric: CanaryMetric) {
  const { name, base, canary } = metric;
  if (metric.kind === 'continuous') {
    for (const [side, values] of Object.entries({ base, canary })) {
      const wrong = Array.isArray(values)
        ? values.find(value => !Number.isFinite(value))
        : values;
      if (!Array.isArray(values) || wrong !== undefined) {
        throw new DetectionInputError(
          `${name}: ${side} must be finite numbers, not ${wrong}`,
        );
      }
    }
    return;
  }
  for (const [side, { failures, total }] of Object.entries({
    base: metric.base,
    canary: metric.canary,
  })) {
    if (!(failures >= 0 && failures <= total && Number.isFinite(total))) {
      throw new DetectionInputError(
        `${name}: ${failures} failures of ${total} runs (${side}) is not a rate`,
      );
    }
  }
}

function combine(verdicts: CanaryVerdict[]): CanaryVerdict {
  if (verdicts.includes('fail')) {
    return 'fail';
  }
  return verdicts.includes('undecided') || !verdicts.length
    ? 'undecided'
    : 'pass';
}

/**
 * Compares a canary with its base: a suspect commit with its parent, a new runner image with the old one. Each metric
 * passes, fails, or is undecided; a critical one that fails decides, one that is undecided leaves all undecided.
 *
 * With `planned` it may be asked after every run and still fails what has not changed with at most `falseFailRate`.
 *
 * @throws DetectionInputError when a number is not one
 *
 * @public
 */
export function judgeCanary(options: CanaryOptions): CanaryResult {
  options.metrics.forEach(checkMetric);
  const metrics = options.metrics.map(metric =>
    metric.kind === 'rate'
      ? judgeRate(metric, options)
      : judgeContinuous(metric, options),
  );
  const critical = metrics.filter(
    (_, index) => options.metrics[index].critical !== false,
  );
  const verdict = combine(
    (critical.length ? critical : metrics).map(metric => metric.verdict),
  );
  return {
    version: 1,
    verdict,
    metrics,
    sentence: `${verdict}: ${metrics
      .map(({ sentence }) => sentence)
      .join('; ')}`,
  };
}
