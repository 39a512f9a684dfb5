import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { AlertAction } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { ConfirmAction } from './ConfirmAction';

/**
 * Agrees to a plan; the question says what it does, and the worst case.
 */
export function ConfirmPlan(props: {
  plan: NonNullable<AlertAction['plan']>;
  isPending: boolean;
  onConfirm(): void;
}) {
  const { plan, isPending, onConfirm } = props;
  const { title, what, worstCase, approvals, approvalsNeeded } = plan;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <ConfirmAction
      {...{ isPending, onConfirm }}
      label={t('alerts.plan.button', { title })}
      variant="secondary"
      title={t('alerts.plan.title', { title })}
      yes={t('alerts.button.approve')}
    >
      <Text as="p">
        <LogText text={what} />
      </Text>
      <Text as="p">
        {t('alerts.plan.worstCase', {
          text: <LogText key="text" text={worstCase} />,
        })}
      </Text>
      {approvalsNeeded > 1 && (
        <Text as="p" color="secondary">
          {t('alerts.plan.approvals', {
            approvals: String(approvals),
            approvalsNeeded: String(approvalsNeeded),
          })}
        </Text>
      )}
    </ConfirmAction>
  );
}
