import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RemediationOverview } from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { FigureTable } from '../insights/FigureTable';
import { Section } from '../layout';
import { AbsoluteTime, RelativeTime } from '../time';

const percent = (share: number) => `${Math.round(share * 100)} %`;

/**
 * How often each action helped, with n and interval, and how much may still be done.
 */
export function OutcomeSection(props: { overview: RemediationOverview }) {
  const { outcomes, outcomesSince, budgets, actions } = props.overview;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const titleOf = (action: string) =>
    actions.find(one => one.action === action)?.title ?? action;
  return (
    <>
      <Section title={t('control.outcomes.title')}>
        <Text as="p" variant="body-small" color="secondary">
          {t('control.outcomes.since', {
            time: <AbsoluteTime key="since" at={outcomesSince} />,
          })}
        </Text>
        <FigureTable
          label={t('control.outcomes.title')}
          rows={outcomes}
          keyOf={one => `${one.action}|${one.category}|${one.started}`}
          empty={t('control.outcomes.none')}
          columns={[
            {
              label: t('control.outcomes.action'),
              cell: ({ action }) => titleOf(action),
            },
            {
              label: t('control.outcomes.category'),
              cell: ({ category }) => category,
            },
            {
              label: t('control.outcomes.started'),
              cell: ({ started }) => t(`control.outcomes.${started}`),
            },
            {
              label: t('control.outcomes.n'),
              isFigure: true,
              cell: ({ n }) => n,
            },
            {
              label: t('control.outcomes.helped'),
              isFigure: true,
              cell: ({ n, succeeded }) => percent(succeeded / n),
            },
            {
              label: t('control.outcomes.interval'),
              isFigure: true,
              cell: ({ low, high }) => `${percent(low)} – ${percent(high)}`,
            },
          ]}
        />
      </Section>
      <Section title={t('control.budgets.title')}>
        <FigureTable
          label={t('control.budgets.title')}
          rows={budgets}
          keyOf={({ scope }) => scope}
          empty=""
          columns={[
            { label: t('control.budgets.scope'), cell: ({ title }) => title },
            {
              label: t('control.budgets.left'),
              isFigure: true,
              cell: ({ limit, used }) => Math.max(0, limit - used),
            },
            {
              label: t('control.budgets.used'),
              isFigure: true,
              cell: ({ used }) => used,
            },
            {
              label: t('control.budgets.limit'),
              isFigure: true,
              cell: ({ limit }) => limit,
            },
            {
              label: t('control.budgets.free'),
              cell: ({ nextFreeAt }) =>
                nextFreeAt && <RelativeTime at={nextFreeAt} />,
            },
          ]}
        />
      </Section>
    </>
  );
}
