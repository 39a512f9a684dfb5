import { toError } from '@backstage/errors';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Occurrence } from '@ci-medic/plugin-ci-medic-common';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
} from '@backstage/ui';
import { useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { causeOf } from '../states';
import { RerunConfirmation } from './RerunConfirmation';

/**
 * Asks for the failed jobs of a run to be run again, after the reader has confirmed it.
 */
export function RerunButton(props: {
  incidentId: string;
  occurrence: Occurrence;
  isDisabled?: boolean;
  onChange(): void;
}) {
  const { incidentId, occurrence, isDisabled, onChange } = props;
  const { runId, attempt, runNumber } = occurrence;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [isOpen, setIsOpen] = useState(false);
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<Error>();

  const open = (wanted: boolean) => {
    setError(undefined);
    setIsOpen(wanted);
  };
  const request = async () => {
    setIsPending(true);
    setError(undefined);
    try {
      const wanted = { incidentId, action: 'rerun' as const, runId, attempt };
      await api.requestRemediation(wanted);
      setIsOpen(false);
    } catch (e) {
      setError(causeOf(toError(e)));
    } finally {
      setIsPending(false);
      onChange();
    }
  };

  const run =
    runNumber === undefined
      ? t('incidents.occurrence.run')
      : t('incidents.occurrence.runNumber', { number: String(runNumber) });
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={open}>
      <Button
        size="small"
        variant="secondary"
        isDisabled={isDisabled}
        aria-label={t('remediation.rerunLabel', {
          attempt: String(attempt),
          run,
        })}
      >
        {t('remediation.rerun')}
      </Button>
      <Dialog width={560}>
        <DialogHeader>{t('remediation.confirm.title')}</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="3">
            <RerunConfirmation occurrence={occurrence} />
            {error && (
              <div role="alert">
                <Alert
                  status="warning"
                  icon
                  title={t('remediation.requestFailed')}
                  description={<LogText text={error.message} />}
                />
              </div>
            )}
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button variant="primary" isPending={isPending} onPress={request}>
            {t('remediation.rerun')}
          </Button>
          <Button variant="secondary" slot="close">
            {t('remediation.confirm.close')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
