import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { causeOf } from './causeOf';

/**
 * Says that what is on the screen could not be refreshed.
 */
export function StaleNotice(props: { error: Error; onRetry(): void }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <Alert
      status="warning"
      icon
      title={t('states.stale', { message: causeOf(props.error).message })}
      customActions={
        <Button size="small" variant="secondary" onPress={props.onRetry}>
          {t('states.retry')}
        </Button>
      }
    />
  );
}
