import { DateTime } from 'luxon';
import { useLanguage } from './useLanguage';
import { useNow } from './useNow';

/** The clocks of the CI system and the reader differ a little, and ours ticks seldom. */
const NOW_MILLISECONDS = 45_000;

/**
 * A time as seen from now ("3 minutes ago"); under the pointer, the time itself in the reader's zone.
 */
export function RelativeTime(props: {
  /** ISO 8601. */
  at: string;
}) {
  const { at } = props;
  const locale = useLanguage();
  const now = useNow();
  const time = DateTime.fromISO(at).setLocale(locale);
  return (
    <time
      dateTime={at}
      title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
    >
      {Math.abs(now - time.toMillis()) < NOW_MILLISECONDS
        ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(
            0,
            'second',
          )
        : time.toRelative({ base: DateTime.fromMillis(now) })}
    </time>
  );
}
