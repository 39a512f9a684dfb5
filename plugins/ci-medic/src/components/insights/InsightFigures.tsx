import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Grid } from '@backstage/ui';
import {
  DurationInsight,
  Insights,
  InsightPeriod,
  Share,
} from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { formatDay } from '../health/formatDay';
import { formatPercent } from '../health/formatPercent';
import { formatDuration, useLanguage } from '../time';
import { formatShortDuration } from './formatShortDuration';
import { InsightFigure } from './InsightFigure';
import { minutesLost } from './minutesLost';

type DurationKey = 'timeToGreen' | 'deploymentRecovery' | 'queue';
type ShareKey = 'successRate' | 'flakyRate';

/**
 * The figures of a window with their trends.
 */
export function InsightFigures(props: { insights: Insights; days: number }) {
  const { insights } = props;
  const { current, previous, trend, settings } = insights;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const days = String(props.days);
  const percent = (value: number) => formatPercent(value, language);
  const duration = (value: number) => formatDuration(value, language);
  const shortDuration = (value: number) => formatShortDuration(value, language);
  const number = (value: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
  const name = ({ from }: InsightPeriod) => formatDay(from, language);

  const before = (value: string | undefined, n: number) =>
    value === undefined
      ? t('insights.beforeNone', { days })
      : t('insights.before', { days, value, n: String(n) });

  const durationFigure = (key: DurationKey, hint?: string) => {
    const now: DurationInsight | undefined = current[key];
    const past = previous[key];
    return (
      <InsightFigure
        title={t(`insights.figure.${key}`)}
        hint={hint}
        behind={key === 'queue' ? undefined : { list: 'red' }}
        value={now && duration(now.medianMs)}
        unit={t('insights.median')}
        basis={[
          now &&
            t('insights.durationBasis', {
              p90: duration(now.p90Ms),
              n: String(now.n),
            }),
          now &&
            (now.lowMs === undefined || now.highMs === undefined
              ? t('insights.tooFew')
              : t('insights.medianInterval', {
                  low: duration(now.lowMs),
                  high: duration(now.highMs),
                })),
          before(past && duration(past.medianMs), past?.n ?? 0),
        ]}
        points={trend.map(period => {
          const figure = period[key];
          return {
            name: name(period),
            value: figure?.medianMs,
            n: figure?.n,
            ...(figure?.lowMs !== undefined &&
              figure.highMs !== undefined && {
                range: [figure.lowMs, figure.highMs] as [number, number],
              }),
          };
        })}
        format={duration}
        formatShort={shortDuration}
      />
    );
  };
  const shareFigure = (key: ShareKey, hint?: string) => {
    const now: Share | undefined = current[key];
    const past = previous[key];
    return (
      <InsightFigure
        title={t(`insights.figure.${key}`)}
        hint={hint}
        behind={{
          list: 'causes',
          category: key === 'flakyRate' ? 'flaky_test' : undefined,
        }}
        value={now && percent(now.value)}
        basis={[
          now &&
            t('insights.interval', {
              low: percent(now.low),
              high: percent(now.high),
              n: String(now.n),
            }),
          before(past && percent(past.value), past?.n ?? 0),
        ]}
        points={trend.map(period => {
          const figure = period[key];
          return {
            name: name(period),
            value: figure?.value,
            range: figure && [figure.low, figure.high],
            n: figure?.n,
          };
        })}
        format={percent}
      />
    );
  };
  return (
    <Grid.Root columns={{ initial: '1', md: '2', lg: '3' }} gap="4">
      {durationFigure('timeToGreen', t('insights.figure.timeToGreenHint'))}
      {durationFigure(
        'deploymentRecovery',
        t('insights.figure.deploymentRecoveryHint', {
          names: settings.deploymentNames.join(', '),
        }),
      )}
      <InsightFigure
        title={t('insights.figure.lost')}
        hint={t('insights.figure.lostHint', {
          minutes: String(settings.developerMinutesPerFailure),
        })}
        behind={{ list: 'causes' }}
        value={
          current.runs > 0 ? number(minutesLost(current.losses)) : undefined
        }
        basis={[
          before(
            previous.runs > 0
              ? number(minutesLost(previous.losses))
              : undefined,
            previous.runs,
          ),
        ]}
        points={trend.map(period => ({
          name: name(period),
          value: period.runs > 0 ? minutesLost(period.losses) : undefined,
          n: period.runs,
        }))}
        format={number}
      />
      {shareFigure('successRate')}
      {shareFigure('flakyRate', t('insights.figure.flakyRateHint'))}
      {durationFigure('queue')}
    </Grid.Root>
  );
}
