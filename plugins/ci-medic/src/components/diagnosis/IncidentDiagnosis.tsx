import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { useRefreshable, useUpdates } from '../live';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { DiagnosisHistory } from './DiagnosisHistory';
import { DiagnosisSummary } from './DiagnosisSummary';
import { IncidentFeedback } from './IncidentFeedback';
import { ReasonList } from './ReasonList';
import { TextList } from './TextList';

/**
 * What kind of failure an incident is, how sure that is, why, and what people say of it.
 */
export function IncidentDiagnosis({ incidentId }: { incidentId: string }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.getDiagnosis({ incidentId }, { signal }),
      [api, incidentId],
    ),
  );
  useUpdates({
    channel: 'ci-medic:incidents',
    id: incidentId,
    onUpdate: refresh,
  });
  const diagnosis = value?.diagnosis;
  return (
    <Section title={t('diagnosis.title')}>
      {!value && error && <ErrorState error={error} onRetry={refresh} />}
      {!value && !error && <LoadingState />}
      {value && !diagnosis && (
        <EmptyState
          title={t('diagnosis.none')}
          description={t('diagnosis.noneReason')}
        />
      )}
      {value && diagnosis && (
        <Flex direction="column" gap="3">
          <DiagnosisSummary diagnosis={diagnosis} kind={value.kind} />
          <TextList
            title={t('diagnosis.settle')}
            texts={diagnosis.wouldSettle}
          />
          <div>
            <Text as="h4" weight="bold">
              {t('diagnosis.reasons')}
            </Text>
            <ReasonList diagnosis={diagnosis} />
          </div>
          <TextList
            title={t('diagnosis.advice')}
            texts={value.kind?.advice ?? []}
          />
          <IncidentFeedback
            incidentId={incidentId}
            diagnosis={diagnosis}
            onChange={refresh}
          />
          <DiagnosisHistory history={value.history} />
        </Flex>
      )}
    </Section>
  );
}
