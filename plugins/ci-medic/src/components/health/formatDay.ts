import { DateTime } from 'luxon';

/** A day in the reader's zone, such as `3 May 2026`. */
export function formatDay(at: string, locale: string): string {
  return DateTime.fromISO(at)
    .setLocale(locale)
    .toLocaleString(DateTime.DATE_MED);
}
