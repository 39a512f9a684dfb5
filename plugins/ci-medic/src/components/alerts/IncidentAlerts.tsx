import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { useCallback } from 'react';
import { useResolvedPath } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { useRefreshable, useUpdates } from '../live';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { AlertItem } from './AlertItem';

/**
 * Who was told of an incident and what, with the buttons of each message.
 */
export function IncidentAlerts(props: {
  incidentId: string;
  /** Something was done by a button. */
  onChange?(): void;
}) {
  const { incidentId, onChange } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const rulesPath = useResolvedPath('../alerts').pathname;
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.listAlerts({ incidentId }, { signal }),
      [api, incidentId],
    ),
  );
  useUpdates({
    channel: 'ci-medic:incidents',
    id: incidentId,
    onUpdate: refresh,
  });
  const onPressed = useCallback(() => {
    refresh();
    onChange?.();
  }, [refresh, onChange]);
  const items = value?.items;
  return (
    <Section
      title={t('alerts.title')}
      actions={
        <Link href={rulesPath} standalone>
          {t('alerts.rulesLink')}
        </Link>
      }
    >
      {!items && error && <ErrorState error={error} onRetry={refresh} />}
      {!items && !error && <LoadingState />}
      {items?.length === 0 && (
        <EmptyState
          title={t('alerts.none')}
          description={t('alerts.noneReason')}
        />
      )}
      {items && items.length > 0 && (
        <ul style={{ margin: 0, padding: 0 }}>
          {items.map(alert => (
            <AlertItem key={alert.id} alert={alert} onPressed={onPressed} />
          ))}
        </ul>
      )}
    </Section>
  );
}
