import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** Settings of anomalies below `ciMedic.anomalies`. */
export type AnomalyConfig = {
  /** Of so many anomalies a team is told a day; the others are shown only. */
  dailyBudget: number;
};

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
  return { dailyBudget };
}
