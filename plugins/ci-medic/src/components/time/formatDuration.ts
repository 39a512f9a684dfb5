import { Duration } from 'luxon';

const UNITS = ['days', 'hours', 'minutes', 'seconds'] as const;

/**
 * A duration in its two largest units, such as `1 hr, 5 min`; below a second, in milliseconds.
 */
export function formatDuration(milliseconds: number, locale: string): string {
  const duration = Duration.fromMillis(Math.round(milliseconds), { locale });
  if (milliseconds > 0 && milliseconds < 1_000) {
    return duration.toHuman({ unitDisplay: 'short' });
  }
  const parts = duration.shiftTo(...UNITS);
  const first = UNITS.findIndex(unit => parts.get(unit) >= 1);
  if (first < 0) {
    return Duration.fromObject({ seconds: 0 }, { locale }).toHuman({
      unitDisplay: 'short',
    });
  }
  const shown = UNITS.slice(first, first + 2)
    .map(unit => [unit, Math.floor(parts.get(unit))] as const)
    .filter(([, value]) => value > 0);
  return Duration.fromObject(Object.fromEntries(shown), { locale }).toHuman({
    unitDisplay: 'short',
    listStyle: 'narrow',
  });
}
