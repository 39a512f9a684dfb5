import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Anomaly, RangeEnd } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Link, Text } from '@backstage/ui';
import { entityIncidentsRouteRef } from '../../routes';
import { ciMedicTranslationRef } from '../../translation';
import { useTabPath } from '../links';
import { LogText } from '../log';
import { AbsoluteTime, RelativeTime, useLanguage } from '../time';
import styles from './AnomalyItem.module.css';
import { AnomalyStageLabel } from './AnomalyStageLabel';
import { useSeriesPaths } from './useSeriesPaths';

/**
 * One anomaly: what it is in a sentence, where it began, and what became of it.
 */
export function AnomalyItem(props: {
  anomaly: Anomaly;
  /** Leads to the series, where it does not stand beside it. */
  hasSeriesLink?: boolean;
  /** Leads to the incident, where this is not its page. */
  hasIncidentLink?: boolean;
}) {
  const { anomaly, hasSeriesLink, hasIncidentLink = true } = props;
  const { incidentId, quiet, endedAt, subject, metric } = anomaly;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const paths = useSeriesPaths();
  const incidents = useTabPath(entityIncidentsRouteRef);
  const isMomentary = anomaly.kind === 'spike' || anomaly.kind === 'novel';
  return (
    <li className={styles.item}>
      <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
        <AnomalyStageLabel anomaly={anomaly} />
        <Text variant="body-small" color="secondary">
          <AbsoluteTime at={anomaly.began.at} />
          {endedAt && !isMomentary && (
            <>
              {', '}
              {t('series.anomaly.over', {
                time: <RelativeTime key="time" at={endedAt} />,
              })}
            </>
          )}
        </Text>
      </Flex>
      <Text as="p">
        <LogText text={anomaly.sentence} />
      </Text>
      <RangeText anomaly={anomaly} />
      {quiet && (
        <Text as="p" variant="body-small" color="secondary">
          {t('series.anomaly.quiet', { reason: quiet })}
        </Text>
      )}
      <Flex gap="3">
        {hasSeriesLink && (
          <Link href={paths.seriesOf(subject.id, metric)}>
            {t('series.anomaly.show')}
          </Link>
        )}
        {hasIncidentLink && incidentId && incidents && (
          <Link href={`${incidents}/${encodeURIComponent(incidentId)}`}>
            {t('series.anomaly.incident')}
          </Link>
        )}
      </Flex>
    </li>
  );
}

/** Between which runs and commits it began. */
function RangeText(props: { anomaly: Anomaly }) {
  const { range } = props.anomaly;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  if (!range) {
    return null;
  }
  const { first, last, probability } = range;
  const run = (end: RangeEnd) =>
    end.runNumber === undefined
      ? new Date(end.at).toLocaleString(language)
      : t('series.anomaly.run', { number: String(end.runNumber) });
  const isOne = first.runNumber === last.runNumber && first.at === last.at;
  const commits =
    first.commitSha && last.commitSha
      ? t('series.anomaly.commits', {
          first: first.commitSha.slice(0, 8),
          last: last.commitSha.slice(0, 8),
        })
      : undefined;
  return (
    <Text as="p" variant="body-small" color="secondary">
      {isOne
        ? t('series.anomaly.rangeOne', { first: run(first) })
        : t('series.anomaly.range', {
            probability: new Intl.NumberFormat(language, {
              style: 'percent',
            }).format(probability),
            first: run(first),
            last: run(last),
          })}
      {commits && !isOne && ` (${commits})`}
    </Text>
  );
}
