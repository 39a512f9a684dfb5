import { toError } from '@backstage/errors';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert as Notice, Button, Flex } from '@backstage/ui';
import {
  Alert,
  AlertActionInput,
  AlertActionResult,
} from '@ci-medic/plugin-ci-medic-common';
import { useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { causeOf } from '../states';
import { ConfirmPlan } from './ConfirmPlan';
import { ConfirmRerun } from './ConfirmRerun';
import { WrongDialog } from './WrongDialog';

/**
 * The buttons of a message as they stand in its channel, with what became of the one that was pressed last.
 */
export function AlertButtons(props: { alert: Alert; onPressed(): void }) {
  const { alert, onPressed } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [pending, setPending] = useState<string>();
  const [result, setResult] = useState<AlertActionResult>();

  const press = async (actionId: string, input?: AlertActionInput) => {
    setPending(actionId);
    setResult(undefined);
    try {
      setResult(await api.pressAlertAction({ actionId, input }));
    } catch (error) {
      const { message } = causeOf(toError(error));
      setResult({ outcome: 'refused', message });
    } finally {
      setPending(undefined);
      onPressed();
    }
  };

  return (
    <Flex direction="column" gap="2">
      <Flex gap="2" style={{ flexWrap: 'wrap' }}>
        {alert.actions.map(({ id, kind, plan }) => {
          const isPending = pending === id;
          if (kind === 'wrong') {
            return (
              <WrongDialog
                key={id}
                isPending={isPending}
                onSend={input => press(id, input)}
              />
            );
          }
          if (kind === 'rerun') {
            return (
              <ConfirmRerun
                key={id}
                isPending={isPending}
                onConfirm={() => press(id)}
              />
            );
          }
          if (plan) {
            return (
              <ConfirmPlan
                key={id}
                plan={plan}
                isPending={isPending}
                onConfirm={() => press(id)}
              />
            );
          }
          return (
            <Button
              key={id}
              isPending={isPending}
              size="small"
              variant="secondary"
              onPress={() => press(id)}
            >
              {t(`alerts.button.${kind}`)}
            </Button>
          );
        })}
      </Flex>
      <div role="status">
        {result && (
          <Notice
            status={result.outcome === 'done' ? 'success' : 'warning'}
            icon
            title={t(`alerts.outcome.${result.outcome}`)}
            description={<LogText text={result.message} />}
          />
        )}
      </div>
    </Flex>
  );
}
