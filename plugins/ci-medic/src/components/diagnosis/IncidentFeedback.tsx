import { toError } from '@backstage/errors';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Text } from '@backstage/ui';
import { Diagnosis, FeedbackInput } from '@ci-medic/plugin-ci-medic-common';
import { useCallback, useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { useRefreshable, useUpdates } from '../live';
import { LogText } from '../log';
import { causeOf } from '../states';
import { FeedbackHistory } from './FeedbackHistory';
import { WrongDialog } from './WrongDialog';

/**
 * Buttons to say whether a diagnosis is right, with what was said before.
 */
export function IncidentFeedback(props: {
  incidentId: string;
  diagnosis: Diagnosis;
  onChange(): void;
}) {
  const { incidentId, diagnosis, onChange } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<Error>();
  const { value, refresh } = useRefreshable(
    useCallback(
      signal => api.listFeedback({ incidentId }, { signal }),
      [api, incidentId],
    ),
  );
  useUpdates({
    channel: 'ci-medic:incidents',
    id: incidentId,
    onUpdate: refresh,
  });
  const change = async (work: () => Promise<unknown>) => {
    setIsPending(true);
    setError(undefined);
    try {
      await work();
    } catch (e) {
      setError(causeOf(toError(e)));
    } finally {
      setIsPending(false);
      refresh();
      onChange();
    }
  };
  const say = (input: FeedbackInput) =>
    change(() => api.giveFeedback({ incidentId, ...input }));
  if (!value) {
    return null;
  }
  const isDisabled = !value.allowed || isPending;
  return (
    <Flex direction="column" gap="2">
      <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
        <Text weight="bold">{t('diagnosis.feedback.title')}</Text>
        <Button
          size="small"
          variant="secondary"
          isDisabled={isDisabled || diagnosis.category === 'unknown'}
          onPress={() => say({ verdict: 'right' })}
        >
          {t('diagnosis.feedback.right')}
        </Button>
        <WrongDialog
          kinds={value.kinds}
          isDisabled={isDisabled}
          onSend={input => say({ verdict: 'wrong', ...input })}
        />
        <Button
          size="small"
          variant="secondary"
          isDisabled={isDisabled}
          onPress={() => say({ verdict: 'not_an_incident' })}
        >
          {t('diagnosis.feedback.notAnIncident')}
        </Button>
        {!value.allowed && value.reason && (
          <Text variant="body-small" color="secondary">
            <LogText text={value.reason} />
          </Text>
        )}
      </Flex>
      {error && (
        <div role="alert">
          <Alert
            status="warning"
            icon
            title={t('diagnosis.feedback.failed')}
            description={<LogText text={error.message} />}
          />
        </div>
      )}
      <FeedbackHistory
        items={value.items}
        isDisabled={isDisabled}
        onUndo={feedbackId => change(() => api.undoFeedback({ feedbackId }))}
      />
    </Flex>
  );
}
