import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Occurrence, Remediations } from '@ci-medic/plugin-ci-medic-common';
import { Alert, Button, Flex } from '@backstage/ui';
import { ReactNode } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { Refreshable } from '../live';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { RemediationItem } from './RemediationItem';

/**
 * What was done about an incident, and how far it is.
 */
export function IncidentRemediations(props: {
  remediations: Refreshable<Remediations>;
  occurrences: Occurrence[];
  isFigure: boolean;
  onChange(): void;
  /** What else could be done. */
  children?: ReactNode;
}) {
  const { remediations, occurrences, isFigure, onChange, children } = props;
  const { value, error, refresh } = remediations;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <Section title={t('remediation.title')}>
      {!value && error && <ErrorState error={error} onRetry={refresh} />}
      {!value && !error && <LoadingState />}
      {value && error && (
        <Alert
          status="warning"
          icon
          title={t('remediation.stale', { message: error.message })}
          customActions={
            <Button size="small" variant="secondary" onPress={refresh}>
              {t('remediation.retry')}
            </Button>
          }
        />
      )}
      {value?.items.length === 0 && (
        <EmptyState
          title={t('remediation.none')}
          description={t(
            isFigure ? 'remediation.noneOfFigures' : 'remediation.noneReason',
          )}
        />
      )}
      {value && value.items.length > 0 && (
        <ul style={{ margin: 0, padding: 0 }}>
          <Flex direction="column" gap="4">
            {value.items.map(remediation => (
              <RemediationItem
                key={remediation.id}
                remediation={remediation}
                occurrence={occurrences.find(
                  ({ runId, attempt }) =>
                    runId === remediation.runId &&
                    attempt === remediation.attempt,
                )}
                onChange={onChange}
              />
            ))}
          </Flex>
        </ul>
      )}
      {children}
    </Section>
  );
}
