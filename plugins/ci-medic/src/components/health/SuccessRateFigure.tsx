import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { HealthPeriod, Share } from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { useLanguage } from '../time';
import { Comparison } from './Comparison';
import { FigureCard } from './FigureCard';
import { formatPercent } from './formatPercent';
import { TrendChart } from './TrendChart';

/**
 * The share of runs that succeeded, with its 95 % interval.
 */
export function SuccessRateFigure(props: {
  current?: Share;
  previous?: Share;
  periods: HealthPeriod[];
  days: number;
}) {
  const { current, previous, periods, days } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const percent = (value: number) => formatPercent(value, language);
  return (
    <FigureCard
      title={t('health.successRate')}
      value={current && percent(current.value)}
      basis={
        current &&
        t('health.interval', {
          low: percent(current.low),
          high: percent(current.high),
          n: String(current.n),
        })
      }
      comparison={
        current && (
          <RateComparison current={current} previous={previous} days={days} />
        )
      }
      chart={
        <TrendChart
          title={t('health.successRate')}
          points={periods.map(({ from, successRate }) => ({
            from,
            value: successRate?.value,
            n: successRate?.n ?? 0,
          }))}
          highest={1}
          format={percent}
          isShare
        />
      }
    />
  );
}

function RateComparison(props: {
  current: Share;
  previous?: Share;
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
  const before = formatPercent(previous.value, language);
  const n = String(previous.n);
  const points = Math.round((current.value - previous.value) * 1_000) / 10;
  if (points === 0) {
    return (
      <Comparison direction="same" tone="neither">
        {t('health.compare.same', { days, before, n })}
      </Comparison>
    );
  }
  const isUnclear =
    current.low <= previous.high && previous.low <= current.high;
  const tone = points > 0 ? 'better' : 'worse';
  return (
    <Comparison
      direction={points > 0 ? 'up' : 'down'}
      tone={isUnclear ? 'neither' : tone}
    >
      {t(points > 0 ? 'health.compare.pointsUp' : 'health.compare.pointsDown', {
        points: new Intl.NumberFormat(language).format(Math.abs(points)),
        days,
        before,
        n,
      })}
      {isUnclear && `. ${t('health.compare.unclear')}`}
    </Comparison>
  );
}
