import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';

/**
 * Says how many secrets of which kind were taken out of a log.
 */
export function RedactionNote(props: { redactions?: Record<string, number> }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const kinds = Object.entries(props.redactions ?? {})
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} × ${kind}`);
  if (kinds.length === 0) {
    return null;
  }
  return (
    <Text as="p" variant="body-small" color="secondary">
      {t('log.explained.redacted', { kinds: kinds.join(', ') })}
    </Text>
  );
}
