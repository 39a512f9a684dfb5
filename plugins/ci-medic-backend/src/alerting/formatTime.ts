import { DateTime } from 'luxon';

/** A time for people, who may be anywhere. */
export function formatTime(at: number): string {
  return DateTime.fromMillis(at, { zone: 'utc' }).toFormat(
    `d MMM yyyy HH:mm 'UTC'`,
  );
}
