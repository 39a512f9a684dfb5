import { formatDuration } from './formatDuration';
import { useLanguage } from './useLanguage';

/**
 * A duration in its two largest units.
 */
export function DurationText(props: { milliseconds: number }) {
  const language = useLanguage();
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {formatDuration(props.milliseconds, language)}
    </span>
  );
}
