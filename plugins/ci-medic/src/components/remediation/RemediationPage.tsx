import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { HeaderPage } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { RemediationContent } from './RemediationContent';

/** The page of operators under its own heading, for portals that put none above pages. */
export function RemediationPage() {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <>
      <HeaderPage title={t('control.title')} />
      <RemediationContent />
    </>
  );
}
