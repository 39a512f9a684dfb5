import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';

/**
 * Stands where something is being loaded.
 */
export function LoadingState() {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <div role="status">
      <VisuallyHidden>{t('states.loading')}</VisuallyHidden>
      <Flex direction="column" gap="2" aria-hidden>
        <Skeleton width="40%" height={20} />
        <Skeleton width="100%" height={16} />
        <Skeleton width="100%" height={16} />
        <Skeleton width="70%" height={16} />
      </Flex>
    </div>
  );
}
