import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { useRefreshable } from '../live';

/**
 * Leads to the software template of a remedy, filled in for an open incident; nothing where there is no such template.
 */
export function ApplyRemedy(props: { action: string; incidentId?: string }) {
  const { action, incidentId } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const catalog = useApi(catalogApiRef);
  const name = `ci-medic-${action}`;
  const { value: template } = useRefreshable(
    useCallback(
      () => catalog.getEntityByRef(`template:default/${name}`),
      [catalog, name],
    ),
  );
  if (!template || incidentId === undefined) {
    return null;
  }
  const values = encodeURIComponent(JSON.stringify({ incidentId }));
  return (
    <Link href={`/create/templates/default/${name}?formData=${values}`}>
      {t('playbooks.apply')}
    </Link>
  );
}
