import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { entityPlaybooksRouteRef } from '../../routes';
import { ciMedicTranslationRef } from '../../translation';
import { useTabPath } from '../links';
import { useRefreshable, useUpdates } from '../live';

/**
 * Leads from an incident to its playbook. Nothing where there is none: the incident is of use without.
 */
export function IncidentPlaybookLink(props: { incidentId: string }) {
  const { incidentId } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const tab = useTabPath(entityPlaybooksRouteRef);
  const { value, refresh } = useRefreshable(
    useCallback(
      signal => api.getIncidentPlaybook({ incidentId }, { signal }),
      [api, incidentId],
    ),
  );
  useUpdates({ channel: 'ci-medic:playbooks', onUpdate: refresh });
  if (!value?.playbookId || !tab) {
    return null;
  }
  return (
    <Link href={`${tab}/${encodeURIComponent(value.playbookId)}`}>
      {t('playbooks.more', { title: value.title ?? '' })}
    </Link>
  );
}
