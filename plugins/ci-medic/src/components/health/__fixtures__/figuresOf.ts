import { Health, HealthPeriod } from '@ci-medic/plugin-ci-medic-common';
import { healthOf } from '../../incidents/__fixtures__/incidents';

/** Completed runs of a period of March, of which some failed; each took and waited as long. */
export function periodOf(
  firstDay: number,
  lastDay: number,
  options: { runs: number; failed: number; minutes: number },
): HealthPeriod {
  const { runs, failed, minutes } = options;
  const value = (runs - failed) / runs;
  const medianMs = minutes * 60_000;
  const period = {
    from: `2026-03-${String(firstDay).padStart(2, '0')}T12:00:00.000Z`,
    to: `2026-03-${String(lastDay).padStart(2, '0')}T12:00:00.000Z`,
    runs,
    failed,
  };
  return runs === 0
    ? period
    : {
        ...period,
        successRate: {
          value,
          low: Math.max(0, value - 0.02),
          high: Math.min(1, value + 0.02),
          n: runs,
        },
        duration: { medianMs, p90Ms: 2 * medianMs, n: runs },
        queue: { medianMs: 8_000, p90Ms: 16_000, n: runs },
      };
}

/** Two weeks that are worse than the two before; nothing ran on the second day. */
export function figuresOf(change: Partial<Health> = {}): Health {
  return healthOf({
    current: periodOf(15, 29, { runs: 40, failed: 10, minutes: 6 }),
    previous: periodOf(1, 15, { runs: 50, failed: 5, minutes: 4 }),
    days: [
      periodOf(15, 16, { runs: 20, failed: 8, minutes: 7 }),
      periodOf(16, 17, { runs: 0, failed: 0, minutes: 0 }),
      periodOf(17, 18, { runs: 20, failed: 2, minutes: 5 }),
    ],
    ...change,
  });
}
