import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Series } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { SHARE_RUNS } from './chartPoints';
import styles from './ChartLegend.module.css';

/**
 * What the marks of the chart mean; only those that are there.
 */
export function ChartLegend(props: { series: Series }) {
  const { usual, anomalies, unit, metric } = props.series;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const isMomentary = (kind: string) => kind === 'spike' || kind === 'novel';
  const isShare = unit === 'share' && metric !== 'value';
  const entries = [
    {
      kind: 'point',
      text: isShare
        ? t('series.chart.share', { runs: String(SHARE_RUNS) })
        : t('series.chart.pointLegend'),
    },
    ...(usual.length > 0
      ? [{ kind: 'usual', text: t('series.chart.usualLegend') }]
      : []),
    ...(anomalies.some(
      ({ kind, stage }) => !isMomentary(kind) && stage !== 'note',
    )
      ? [{ kind: 'change', text: t('series.chart.changeLegend') }]
      : []),
    ...(anomalies.some(({ kind }) => isMomentary(kind))
      ? [{ kind: 'unusual', text: t('series.chart.unusualLegend') }]
      : []),
  ];
  return (
    <div className={styles.legend}>
      {entries.map(({ kind, text }) => (
        <span key={kind} className={styles.entry}>
          <span className={styles.mark} data-kind={kind} aria-hidden />
          {text}
        </span>
      ))}
    </div>
  );
}
