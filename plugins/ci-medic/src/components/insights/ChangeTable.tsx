import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { InsightChange, Insights } from '@ci-medic/plugin-ci-medic-common';
import { Link, Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { LogText } from '../log';
import { RelativeTime, useLanguage } from '../time';
import { CsvButton } from './CsvButton';
import { EntityLinks, IncidentLink, useEntityPath } from './EntityLinks';
import { FigureTable } from './FigureTable';
import { toCsv } from './toCsv';

/**
 * What became slower or less reliable and lasted into the window, by the runner minutes that it took.
 */
export function ChangeTable(props: { insights: Insights }) {
  const { changes } = props.insights;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const pathOf = useEntityPath();
  const number = (value: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
  const title = t('insights.changes.title');
  return (
    <Section
      title={title}
      actions={
        <CsvButton
          name="ci-changes"
          content={() =>
            toCsv<InsightChange>(changes, {
              change: change => change.sentence,
              figure: change => change.metric,
              entities: change => change.entityRefs.join(' '),
              incident: change => change.incidentId,
              began: change => change.beganAt,
              ended: change => change.endedAt,
              runs: change => change.runs,
              runner_minutes: change => change.runnerMinutes,
            })
          }
        />
      }
    >
      <FigureTable<InsightChange>
        label={title}
        rows={changes}
        keyOf={change => change.id}
        empty={t('insights.changes.none')}
        columns={[
          {
            label: t('insights.changes.change'),
            cell: change => (
              <>
                <Link
                  href={pathOf(
                    change.entityRefs[0],
                    `ci-health/series/${encodeURIComponent(change.subjectId)}/${
                      change.metric
                    }`,
                  )}
                >
                  <LogText text={change.sentence} />
                </Link>
                <Text as="p" variant="body-x-small" color="secondary">
                  <EntityLinks entityRefs={change.entityRefs} />
                  {change.incidentId && (
                    <>
                      {' · '}
                      <IncidentLink
                        entityRef={change.entityRefs[0]}
                        incidentId={change.incidentId}
                      >
                        {t('insights.changes.incident')}
                      </IncidentLink>
                    </>
                  )}
                </Text>
              </>
            ),
          },
          {
            label: t('insights.changes.since'),
            cell: change => <RelativeTime at={change.beganAt} />,
          },
          {
            label: t('insights.changes.over'),
            cell: change =>
              change.endedAt ? (
                <RelativeTime at={change.endedAt} />
              ) : (
                t('insights.changes.lasts')
              ),
          },
          {
            label: t('insights.changes.runs'),
            isFigure: true,
            cell: change => number(change.runs),
          },
          {
            label: t('insights.changes.lost'),
            isFigure: true,
            cell: change =>
              change.runnerMinutes === undefined
                ? '–'
                : number(change.runnerMinutes),
          },
        ]}
      />
    </Section>
  );
}
