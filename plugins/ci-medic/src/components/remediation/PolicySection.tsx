import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RemediationOverview } from '@ci-medic/plugin-ci-medic-common';
import { Alert, Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { FigureTable } from '../insights/FigureTable';
import { Section } from '../layout';

/**
 * Which policy decides, and the strategies in the order in which they are tried.
 */
export function PolicySection(props: { overview: RemediationOverview }) {
  const { policy, strategies } = props.overview;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <Section title={t('control.policy.title')}>
      {policy.problem ? (
        <Alert
          status="danger"
          icon
          title={t('control.policy.problem', { problem: policy.problem })}
        />
      ) : (
        <Text as="p">
          {t('control.policy.revision', { revision: policy.revision ?? '' })}
        </Text>
      )}
      <FigureTable
        label={t('control.policy.title')}
        rows={strategies}
        keyOf={({ id }) => id}
        empty=""
        columns={[
          {
            label: t('control.policy.strategy'),
            cell: ({ id, title }) => `${title} (${id})`,
          },
          { label: t('control.policy.action'), cell: ({ action }) => action },
          {
            label: t('control.policy.source'),
            cell: ({ source }) => t(`control.policy.${source}`),
          },
        ]}
      />
    </Section>
  );
}
