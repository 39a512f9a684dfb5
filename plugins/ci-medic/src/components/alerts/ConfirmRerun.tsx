import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Text,
} from '@backstage/ui';
import { useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';

/**
 * Runs the failed jobs of the latest run again, after a question, as in the channel.
 */
export function ConfirmRerun(props: { isPending: boolean; onConfirm(): void }) {
  const { isPending, onConfirm } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button size="small" variant="primary" isPending={isPending}>
        {t('alerts.button.rerun')}
      </Button>
      <Dialog width={480}>
        <DialogHeader>{t('alerts.rerun.title')}</DialogHeader>
        <DialogBody>
          <Text as="p">{t('alerts.rerun.text')}</Text>
        </DialogBody>
        <DialogFooter>
          <Button
            variant="primary"
            onPress={() => {
              setIsOpen(false);
              onConfirm();
            }}
          >
            {t('alerts.button.rerun')}
          </Button>
          <Button variant="secondary" slot="close">
            {t('alerts.cancel')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
