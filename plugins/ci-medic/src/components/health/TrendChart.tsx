import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ciMedicTranslationRef } from '../../translation';
import { AbsoluteTime, useLanguage } from '../time';
import { formatDay } from './formatDay';
import styles from './TrendChart.module.css';

const HEIGHT = 56;
const DAY_WIDTH = 10;

/**
 * A figure of one day.
 */
export type TrendPoint = {
  /** Begin of the day, ISO 8601. */
  from: string;
  /** Undefined on a day without runs. */
  value?: number;
  n: number;
};

/**
 * A bar for each day. The picture is described in words; the figures stand in the table beside it too.
 */
export function TrendChart(props: {
  title: string;
  points: TrendPoint[];
  /** Value of a full bar; the highest of the points by default. */
  highest?: number;
  /** Shows what is missing to a full bar. */
  isShare?: boolean;
  format(value: number): string;
}) {
  const { points, isShare, format } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const top =
    props.highest ?? Math.max(0, ...points.map(({ value = 0 }) => value));
  const description = useDescription(props);
  return (
    <figure className={styles.chart}>
      <svg
        className={styles.picture}
        role="img"
        aria-label={description}
        viewBox={`0 0 ${Math.max(1, points.length) * DAY_WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {points.map(({ from, value, n }, index) => {
          const height =
            value === undefined || top === 0
              ? 0
              : Math.max(1, (value / top) * HEIGHT);
          const day = formatDay(from, language);
          return (
            <g key={from}>
              <title>
                {value === undefined
                  ? t('health.trend.noRuns', { day })
                  : t('health.trend.day', {
                      day,
                      value: format(value),
                      n: String(n),
                    })}
              </title>
              <rect
                className={styles.column}
                x={index * DAY_WIDTH}
                width={DAY_WIDTH}
                height={HEIGHT}
              />
              <rect
                className={styles.day}
                data-kind={kindOf(value, isShare)}
                x={index * DAY_WIDTH + 1}
                y={kindOf(value, isShare) === 'rest' ? 0 : HEIGHT - 1}
                width={DAY_WIDTH - 2}
                height={kindOf(value, isShare) === 'rest' ? HEIGHT : 1}
              />
              {value !== undefined && (
                <rect
                  className={styles.bar}
                  x={index * DAY_WIDTH + 1}
                  y={HEIGHT - height}
                  width={DAY_WIDTH - 2}
                  height={height}
                />
              )}
            </g>
          );
        })}
      </svg>
      {points.length > 0 && (
        <figcaption className={styles.axis} aria-hidden>
          <AbsoluteTime at={points[0].from} dateOnly />
          {top > 0 && <span>0 – {format(top)}</span>}
          <AbsoluteTime at={points[points.length - 1].from} dateOnly />
        </figcaption>
      )}
    </figure>
  );
}

function kindOf(value: number | undefined, isShare?: boolean) {
  return value !== undefined && isShare ? 'rest' : 'base';
}

function useDescription(props: {
  title: string;
  points: TrendPoint[];
  format(value: number): string;
}): string {
  const { title, points, format } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const measured = points.filter(
    (point): point is TrendPoint & { value: number } =>
      point.value !== undefined,
  );
  if (measured.length === 0) {
    return t('health.trend.none', { title });
  }
  const ordered = [...measured].sort((a, b) => a.value - b.value);
  const low = ordered[0];
  const high = ordered[ordered.length - 1];
  const last = measured[measured.length - 1];
  const day = (point: TrendPoint) => formatDay(point.from, language);
  const summary = t('health.trend.summary', {
    title,
    from: day(points[0]),
    to: day(points[points.length - 1]),
    low: format(low.value),
    lowDay: day(low),
    high: format(high.value),
    highDay: day(high),
    last: format(last.value),
    lastDay: day(last),
  });
  const silent = points.length - measured.length;
  return `${summary} ${t('health.trend.silent', { count: silent })}`;
}
