import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  DurationStatistic,
  HealthPeriod,
} from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { formatDuration, useLanguage } from '../time';
import { Comparison } from './Comparison';
import { FigureCard } from './FigureCard';
import { formatPercent } from './formatPercent';
import { TrendChart } from './TrendChart';

/**
 * Median and 90th percentile of how long runs took, or waited.
 */
export function DurationFigure(props: {
  title: string;
  measure: 'duration' | 'queue';
  current: HealthPeriod;
  previous: HealthPeriod;
  periods: HealthPeriod[];
  days: number;
}) {
  const { title, measure, periods, days } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const current = props.current[measure];
  const format = (milliseconds: number) =>
    formatDuration(milliseconds, language);
  return (
    <FigureCard
      title={title}
      value={current && format(current.medianMs)}
      unit={t('health.median')}
      basis={
        current &&
        t('health.p90', { p90: format(current.p90Ms), n: String(current.n) })
      }
      comparison={
        current && (
          <DurationComparison
            current={current}
            previous={props.previous[measure]}
            days={days}
          />
        )
      }
      chart={
        <TrendChart
          title={title}
          points={periods.map(period => ({
            from: period.from,
            value: period[measure]?.medianMs,
            n: period[measure]?.n ?? 0,
          }))}
          format={format}
        />
      }
    />
  );
}

function DurationComparison(props: {
  current: DurationStatistic;
  previous?: DurationStatistic;
  days: number;
}) {
  const { current, previous } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const days = String(props.days);
  if (!previous) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        {t('health.compare.none', { days })}
      </Text>
    );
  }
  const before = formatDuration(previous.medianMs, language);
  const n = String(previous.n);
  const change = previous.medianMs
    ? current.medianMs / previous.medianMs - 1
    : 0;
  if (Math.abs(change) < 0.005) {
    return (
      <Comparison direction="same" tone="neither">
        {t('health.compare.same', { days, before, n })}
      </Comparison>
    );
  }
  return (
    <Comparison
      direction={change > 0 ? 'up' : 'down'}
      tone={change > 0 ? 'worse' : 'better'}
    >
      {t(change > 0 ? 'health.compare.longer' : 'health.compare.shorter', {
        percent: formatPercent(Math.abs(change), language),
        days,
        before,
        n,
      })}
    </Comparison>
  );
}
