import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { toError } from '@backstage/errors';
import {
  Occurrence,
  Remediation,
  RemediationState,
} from '@ci-medic/plugin-ci-medic-common';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import { useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { causeOf } from '../states';
import { RelativeTime } from '../time';
import { RemediationStages } from './RemediationStages';
import { RemediationStateLabel } from './RemediationStateLabel';
import { RemediationSteps } from './RemediationSteps';
import { RunLink } from './RunLink';

/** Nothing was asked of the CI system yet. */
const STOPPABLE: RemediationState[] = [
  'approved',
  'claimed',
  'intent_recorded',
];

/** What was done stays until it is taken back. */
const ENDED: RemediationState[] = [
  'succeeded',
  'failed',
  'superseded',
  'cancelled',
  'denied',
  'needs_human',
];

/**
 * One remediation: on what, where it stands and why, the steps so far, and a way to stop it while that can be done.
 */
export function RemediationItem(props: {
  remediation: Remediation;
  /** What is known of the run. */
  occurrence?: Occurrence;
  onChange(): void;
}) {
  const { remediation, occurrence, onChange } = props;
  const { id, runId, attempt, newAttempt, state, title } = remediation;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [isStopping, setIsStopping] = useState(false);
  const [isUndoing, setIsUndoing] = useState(false);
  const [error, setError] = useState<{ is: Error; title: string }>();

  const stop = async () => {
    setIsStopping(true);
    setError(undefined);
    try {
      await api.cancelRemediation({ remediationId: id });
    } catch (e) {
      setError({ is: causeOf(toError(e)), title: t('remediation.stopFailed') });
    } finally {
      setIsStopping(false);
      onChange();
    }
  };
  const undo = async () => {
    setIsUndoing(true);
    setError(undefined);
    try {
      await api.undoRemediation({ remediationId: id });
    } catch (e) {
      setError({ is: causeOf(toError(e)), title: t('remediation.undoFailed') });
    } finally {
      setIsUndoing(false);
      onChange();
    }
  };

  const run = (of: number) => (
    <RunLink
      key="run"
      runId={runId}
      attempt={of}
      runNumber={occurrence?.runNumber}
    />
  );
  return (
    <li style={{ listStyle: 'none', minWidth: 0, overflowWrap: 'anywhere' }}>
      <Flex direction="column" gap="1">
        <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
          <span role="status">
            <RemediationStateLabel state={state} />
          </span>
          <Text as="span">
            {t('remediation.what', { title, attempt: String(attempt) })}{' '}
            {t('remediation.of')} {run(attempt)}
          </Text>
          {STOPPABLE.includes(state) && (
            <Button
              size="small"
              variant="secondary"
              isPending={isStopping}
              aria-label={t('remediation.stopLabel', {
                title,
                attempt: String(attempt),
              })}
              onPress={stop}
            >
              {t('remediation.stop')}
            </Button>
          )}
          {remediation.undo && ENDED.includes(state) && (
            <Button
              size="small"
              variant="secondary"
              isPending={isUndoing}
              onPress={undo}
            >
              {t('remediation.undo', { title: remediation.undo.title })}
            </Button>
          )}
        </Flex>
        <Text as="p">
          <LogText text={remediation.reason} />
        </Text>
        <Text as="p" variant="body-small" color="secondary">
          {newAttempt !== undefined && (
            <>
              {t('remediation.brought', { attempt: String(newAttempt) })}{' '}
              {t('remediation.of')} {run(newAttempt)}
              {' · '}
            </>
          )}
          {t('remediation.by', {
            who: <LogText key="who" text={remediation.requestedBy} />,
            time: <RelativeTime key="at" at={remediation.requestedAt} />,
          })}
          {' · '}
          {t('remediation.changed', {
            time: <RelativeTime key="changed" at={remediation.updatedAt} />,
          })}
        </Text>
        <RemediationStages remediation={remediation} />
        <RemediationSteps events={remediation.events} />
        {error && (
          <div role="alert">
            <Alert
              status="warning"
              icon
              title={error.title}
              description={<LogText text={error.is.message} />}
            />
          </div>
        )}
      </Flex>
    </li>
  );
}
