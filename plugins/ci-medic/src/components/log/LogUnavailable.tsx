import { JobLogState } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ciMedicTranslationRef } from '../../translation';
import { EmptyState } from '../states';

/**
 * Why there is no log to show.
 */
export function LogUnavailable(props: { log: JobLogState }) {
  const { state, reason } = props.log;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  if (state === 'stored') {
    return null;
  }
  return (
    <EmptyState
      title={t(`log.explained.${state}`)}
      description={reason ?? t('log.explained.noReason')}
    />
  );
}
