import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Insights, RedPeriod } from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { AbsoluteTime, formatDuration, useLanguage } from '../time';
import { anchors } from './BehindButton';
import { CsvButton } from './CsvButton';
import { EntityLinks, IncidentLink } from './EntityLinks';
import { FigureTable } from './FigureTable';
import { toCsv } from './toCsv';

const MOST_ROWS = 20;

/**
 * The times behind time to green and recovery: when main or a deployment was red, and how that ended.
 */
export function RedPeriodTable(props: { insights: Insights }) {
  const { redPeriods, recoveries } = props.insights;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const title = t('insights.red.title');
  const ways = (['automatic', 'person', 'change'] as const)
    .map(way => `${recoveries[way]} ${t(`insights.figure.${way}`)}`)
    .join(', ');
  return (
    <Section
      title={title}
      anchor={anchors.red}
      actions={
        <CsvButton
          name="ci-red-periods"
          content={() =>
            toCsv<RedPeriod>(redPeriods, {
              kind: period => period.kind,
              entities: period => period.entityRefs.join(' '),
              pipeline: period => period.pipeline,
              branch: period => period.branch,
              started: period => period.startedAt,
              ended: period => period.endedAt,
              minutes: period => period.durationMs / 60_000,
              category: period => period.category,
              ended_by: period => period.endedBy,
              incident: period => period.incidentId,
            })
          }
        />
      }
    >
      <Text as="p" variant="body-small" color="secondary">
        {t('insights.figure.recoveries')}: {ways}
        {redPeriods.length > MOST_ROWS &&
          `. ${t('insights.red.newest', { shown: String(MOST_ROWS) })}`}
      </Text>
      <FigureTable<RedPeriod>
        label={title}
        rows={redPeriods.slice(0, MOST_ROWS)}
        keyOf={period => period.id}
        empty={t('insights.red.none')}
        columns={[
          {
            label: t('insights.red.pipeline'),
            cell: period => (
              <>
                <EntityLinks entityRefs={period.entityRefs} />
                <Text as="p" variant="body-x-small" color="secondary">
                  {[
                    period.pipeline,
                    period.branch,
                    period.kind === 'deployment'
                      ? t('insights.red.deployment')
                      : undefined,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </>
            ),
          },
          {
            label: t('insights.red.began'),
            cell: period => <AbsoluteTime at={period.startedAt} />,
          },
          {
            label: t('insights.red.duration'),
            isFigure: true,
            cell: period => formatDuration(period.durationMs, language),
          },
          {
            label: t('insights.red.category'),
            cell: period => t(`insights.category.${period.category}`),
          },
          {
            label: t('insights.red.ended'),
            cell: period =>
              period.endedBy
                ? t(`insights.figure.${period.endedBy}`)
                : t('insights.red.lasts'),
          },
          {
            label: t('insights.red.incident'),
            cell: period =>
              period.incidentId ? (
                <IncidentLink
                  entityRef={period.entityRefs[0]}
                  incidentId={period.incidentId}
                >
                  {t('insights.red.incident')}
                </IncidentLink>
              ) : (
                '–'
              ),
          },
        ]}
      />
    </Section>
  );
}
