import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex } from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { useRefreshable, useUpdates } from '../live';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { BlastRadius } from './BlastRadius';
import { CauseGraph } from './CauseGraph';
import { RootCauseSummary } from './RootCauseSummary';
import { SuspectList } from './SuspectList';
import { TextList } from './TextList';

/**
 * What most likely caused an incident, and how far that reaches.
 */
export function IncidentCause({ incidentId }: { incidentId: string }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.getCause({ incidentId }, { signal }),
      [api, incidentId],
    ),
  );
  useUpdates({
    channel: 'ci-medic:incidents',
    id: incidentId,
    onUpdate: refresh,
  });
  const cause = value?.rootCause;
  return (
    <>
      <Section title={t('diagnosis.cause.title')}>
        {!value && error && <ErrorState error={error} onRetry={refresh} />}
        {!value && !error && <LoadingState />}
        {value && !cause && (
          <EmptyState
            title={t('diagnosis.cause.pending')}
            description={t('diagnosis.cause.pendingReason')}
          />
        )}
        {cause && (
          <Flex direction="column" gap="3">
            <RootCauseSummary cause={cause} />
            <SuspectList suspects={cause.suspects} />
            {cause.graph && <CauseGraph graph={cause.graph} />}
            <TextList
              title={t('diagnosis.cause.missing')}
              texts={cause.missing.map(({ part, reason }) =>
                [part, reason].join(': '),
              )}
            />
          </Flex>
        )}
      </Section>
      {value && (
        <BlastRadius incidentId={incidentId} radius={value.blastRadius} />
      )}
    </>
  );
}
