import { DateTime } from 'luxon';
import { useLanguage } from './useLanguage';

/**
 * Date and time in the reader's zone.
 */
export function AbsoluteTime(props: {
  /** ISO 8601. */
  at: string;
  /** Only the day. */
  dateOnly?: boolean;
}) {
  const { at, dateOnly } = props;
  const time = DateTime.fromISO(at).setLocale(useLanguage());
  return (
    <time
      dateTime={at}
      title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
    >
      {time.toLocaleString(
        dateOnly ? DateTime.DATE_MED : DateTime.DATETIME_MED,
      )}
    </time>
  );
}
