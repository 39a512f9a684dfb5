import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** Settings of anomalies below `ciMedic.anomalies`. */
export type AnomalyConfig = {
  /** Of so many anomalies a team is told a day; the others are shown only. */
  dailyBudget: number;
  /** What was said longer ago is history that became known later: nobody has to hear of it. */
  maxAgeMs: number;
};

const MAX_AGE = 'ciMedic.anomalies.maxAge';
const DAY_MS = 24 * 3_600_000;

/**
 * @throws InputError when a value is out of its range.
 */
export function readAnomalyConfig(root: Config): AnomalyConfig {
  const dailyBudget =
    root.getOptionalNumber('ciMedic.anomalies.dailyBudget') ?? 1;
  if (!Number.isInteger(dailyBudget) || dailyBudget < 0) {
    throw new InputError(
      'ciMedic.anomalies.dailyBudget must be a whole number from 0 on',
    );
  }
  const maxAgeMs = root.has(MAX_AGE)
    ? durationToMilliseconds(readDurationFromConfig(root, { key: MAX_AGE }))
    : DAY_MS;
  if (!(maxAgeMs > 0)) {
    throw new InputError(`${MAX_AGE} must be longer than nothing`);
  }
  return { dailyBudget, maxAgeMs };
}
