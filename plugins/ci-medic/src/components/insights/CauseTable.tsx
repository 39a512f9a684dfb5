import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { CostlyCause, Insights } from '@ci-medic/plugin-ci-medic-common';
import { Button, Flex, Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { LogText } from '../log';
import { RelativeTime, useLanguage } from '../time';
import { anchors } from './BehindButton';
import { CsvButton } from './CsvButton';
import { EntityLinks, IncidentLink, PlaybookLink } from './EntityLinks';
import { FigureTable } from './FigureTable';
import { minutesLost } from './minutesLost';
import { toCsv } from './toCsv';
import { useInsightFilters } from './useInsightFilters';

/**
 * Causes by what they cost, the dearest first.
 */
export function CauseTable(props: { insights: Insights }) {
  const { settings } = props.insights;
  const [{ category }, setFilters] = useInsightFilters();
  const causes = props.insights.causes.filter(
    cause => category === undefined || cause.category === category,
  );
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const number = (value: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value);
  const title = t('insights.causes.title');
  return (
    <Section
      title={title}
      anchor={anchors.causes}
      actions={
        <CsvButton
          name="ci-causes"
          content={() =>
            toCsv<CostlyCause>(causes, {
              incident: cause => cause.incidentId,
              title: cause => cause.title,
              state: cause => cause.state,
              category: cause => cause.category,
              sub_category: cause => cause.subCategory,
              entities: cause => cause.entityRefs.join(' '),
              owners: cause => cause.owners.join(' '),
              failed_jobs: cause => cause.failures,
              runner_minutes: cause => cause.runnerMinutes,
              developer_minutes: cause => cause.developerMinutes,
              cost: cause => cause.cost,
              currency: () => settings.currency,
              last_seen: cause => cause.lastSeenAt,
              playbook: cause => cause.playbookId,
            })
          }
        />
      }
    >
      {category && (
        <Flex gap="3" align="center" role="status">
          <Text as="p" variant="body-small">
            {t('insights.causes.only', {
              category: t(`insights.category.${category}`),
            })}
          </Text>
          <Button
            size="small"
            variant="tertiary"
            onPress={() => setFilters({ category: '' })}
          >
            {t('insights.causes.all')}
          </Button>
        </Flex>
      )}
      <FigureTable<CostlyCause>
        label={title}
        rows={causes}
        keyOf={cause => cause.incidentId}
        empty={t('insights.causes.none')}
        columns={[
          {
            label: t('insights.causes.cause'),
            cell: cause => (
              <>
                <IncidentLink
                  entityRef={cause.entityRefs[0]}
                  incidentId={cause.incidentId}
                >
                  <LogText text={cause.title} />
                </IncidentLink>
                <Text as="p" variant="body-x-small" color="secondary">
                  {t(`insights.category.${cause.category}`)}
                  {' · '}
                  <EntityLinks entityRefs={cause.entityRefs} />
                  {cause.playbookId && (
                    <>
                      {' · '}
                      <PlaybookLink
                        entityRef={cause.entityRefs[0]}
                        playbookId={cause.playbookId}
                      >
                        {t('insights.causes.playbook')}
                      </PlaybookLink>
                    </>
                  )}
                </Text>
              </>
            ),
          },
          {
            label: t('insights.causes.owner'),
            cell: cause => <EntityLinks entityRefs={cause.owners} />,
          },
          {
            label: t('insights.losses.failures'),
            isFigure: true,
            cell: cause => number(cause.failures),
          },
          {
            label: t('insights.causes.lost'),
            isFigure: true,
            cell: cause => number(minutesLost([cause])),
          },
          {
            label: t('insights.causes.seen'),
            cell: cause => <RelativeTime at={cause.lastSeenAt} />,
          },
        ]}
      />
    </Section>
  );
}
