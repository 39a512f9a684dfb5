import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { HeaderPage } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { InsightsContent } from './InsightsContent';

/** The page of trends under its own heading, for portals that put none above pages. */
export function InsightsPage() {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <>
      <HeaderPage title={t('insights.title')} />
      <InsightsContent />
    </>
  );
}
