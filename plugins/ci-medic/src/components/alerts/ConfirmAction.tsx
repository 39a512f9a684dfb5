import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
} from '@backstage/ui';
import { PropsWithChildren, useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';

/**
 * A button of a message that does something only after a question, as in the channel.
 */
export function ConfirmAction(
  props: PropsWithChildren<{
    label: string;
    variant: 'primary' | 'secondary';
    title: string;
    /** What the button says that does it. */
    yes: string;
    isPending: boolean;
    onConfirm(): void;
  }>,
) {
  const { label, variant, title, yes, isPending, onConfirm, children } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button size="small" variant={variant} isPending={isPending}>
        {label}
      </Button>
      <Dialog width={560}>
        <DialogHeader>{title}</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="3">
            {children}
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
            {yes}
          </Button>
          <Button variant="secondary" slot="close">
            {t('alerts.cancel')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
