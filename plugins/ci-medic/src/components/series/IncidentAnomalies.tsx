import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { useRefreshable, useUpdates } from '../live';
import { AnomalyList } from './AnomalyList';

/**
 * What was unusual when an incident happened; nothing where nothing was.
 */
export function IncidentAnomalies(props: {
  incidentId: string;
  /** Nothing failed: this is what it is about. */
  isAll: boolean;
}) {
  const { incidentId, isAll } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { value, refresh } = useRefreshable(
    useCallback(
      signal => api.listIncidentAnomalies({ incidentId }, { signal }),
      [api, incidentId],
    ),
  );
  useUpdates({
    channel: 'ci-medic:incidents',
    id: incidentId,
    onUpdate: refresh,
  });
  if (!value || value.items.length === 0) {
    return null;
  }
  return (
    <Section title={t(isAll ? 'series.title' : 'series.anomaly.incidentTitle')}>
      <AnomalyList
        anomalies={value.items}
        hasSeriesLink
        hasIncidentLink={false}
      />
    </Section>
  );
}
