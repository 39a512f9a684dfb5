import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';

/**
 * Why a change was not made.
 */
export function ChangeError({ error }: { error?: Error }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return error ? (
    <div role="alert">
      <Alert
        status="warning"
        icon
        title={t('control.stop.failed')}
        description={<LogText text={error.message} />}
      />
    </div>
  ) : null;
}
