import { useApi } from '@backstage/frontend-plugin-api';
import { Container, Flex } from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { useRefreshable, useUpdates } from '../live';
import { ErrorState, LoadingState, StaleNotice } from '../states';
import { DecisionSection } from './DecisionSection';
import { ModeSection } from './ModeSection';
import { OutcomeSection } from './OutcomeSection';
import { PolicySection } from './PolicySection';
import { StopBanner } from './StopBanner';
import { StopPanel } from './StopPanel';

/**
 * What operators see and change: the kill switch, modes, budgets, outcomes, the policy, and every decision.
 */
export function RemediationContent() {
  const api = useApi(ciMedicApiRef);
  const { value, error, refresh } = useRefreshable(
    useCallback(
      (signal: AbortSignal) => api.getRemediationOverview({ signal }),
      [api],
    ),
  );
  useUpdates({ channel: 'ci-medic:incidents', onUpdate: refresh });
  return (
    <Container>
      <Flex direction="column" gap="5" my="4" style={{ minWidth: 0 }}>
        <StopBanner />
        <StopPanel />
        {!value && error && <ErrorState error={error} onRetry={refresh} />}
        {!value && !error && <LoadingState />}
        {value && error && <StaleNotice error={error} onRetry={refresh} />}
        {value && (
          <>
            <ModeSection overview={value} onChange={refresh} />
            <OutcomeSection overview={value} />
            {value.mayControl && <DecisionSection overview={value} />}
            <PolicySection overview={value} />
          </>
        )}
      </Flex>
    </Container>
  );
}
