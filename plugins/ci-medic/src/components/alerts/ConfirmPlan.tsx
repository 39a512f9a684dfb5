import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import { AlertAction } from '@ci-medic/plugin-ci-medic-common';
import { useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';

/**
 * Agrees to a plan after a question that says what it does and the worst case, as in the channel.
 */
export function ConfirmPlan(props: {
  plan: NonNullable<AlertAction['plan']>;
  isPending: boolean;
  onConfirm(): void;
}) {
  const { plan, isPending, onConfirm } = props;
  const { title, what, worstCase, approvals, approvalsNeeded } = plan;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button size="small" variant="secondary" isPending={isPending}>
        {t('alerts.plan.button', { title })}
      </Button>
      <Dialog width={560}>
        <DialogHeader>{t('alerts.plan.title', { title })}</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="3">
            <Text as="p">
              <LogText text={what} />
            </Text>
            <Text as="p">
              {t('alerts.plan.worstCase', {
                text: <LogText key="text" text={worstCase} />,
              })}
            </Text>
            {approvalsNeeded > 1 && (
              <Text as="p" color="secondary">
                {t('alerts.plan.approvals', {
                  approvals: String(approvals),
                  approvalsNeeded: String(approvalsNeeded),
                })}
              </Text>
            )}
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button
            variant="primary"
            onPress={() => {
              setIsOpen(false);
              onConfirm();
            }}
          >
            {t('alerts.button.approve')}
          </Button>
          <Button variant="secondary" slot="close">
            {t('alerts.cancel')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
