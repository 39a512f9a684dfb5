import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { LogPage } from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';

/**
 * Says which lines of an enormous log were not stored.
 */
export function OmittedNote({ omitted }: Pick<LogPage, 'omitted'>) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  if (!omitted) {
    return null;
  }
  return (
    <Text as="p" variant="body-small" color="warning">
      {t('log.omitted', {
        from: String(omitted.from),
        to: String(omitted.to),
      })}
    </Text>
  );
}
