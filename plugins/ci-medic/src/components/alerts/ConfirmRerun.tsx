import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { ConfirmAction } from './ConfirmAction';

/**
 * Runs the failed jobs of the latest run again.
 */
export function ConfirmRerun(props: { isPending: boolean; onConfirm(): void }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const label = t('alerts.button.rerun');
  return (
    <ConfirmAction
      {...props}
      label={label}
      variant="primary"
      title={t('alerts.rerun.title')}
      yes={label}
    >
      <Text as="p">{t('alerts.rerun.text')}</Text>
    </ConfirmAction>
  );
}
