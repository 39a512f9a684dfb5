import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** When a failure recurs often enough for a playbook. */
export type PlaybookConfig = {
  /** Failed jobs, or incidents, in these days. */
  occurrences: number;
  incidents: number;
  days: number;
};

/**
 * Settings of playbooks below `ciMedic.playbooks`.
 *
 * @throws InputError when a number is not a whole one above 0.
 */
export function readPlaybookConfig(root: Config): PlaybookConfig {
  const config = root.getOptionalConfig('ciMedic.playbooks');
  const whole = (key: string, fallback: number) => {
    const value = config?.getOptionalNumber(key) ?? fallback;
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(
        `ciMedic.playbooks.${key} must be a whole number above 0`,
      );
    }
    return value;
  };
  return {
    occurrences: whole('occurrences', 3),
    incidents: whole('incidents', 2),
    days: whole('days', 90),
  };
}
