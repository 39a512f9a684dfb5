import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
  NumberField,
  Text,
} from '@backstage/ui';
import { useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';

const DEFAULT_DAYS = 90;

/** As far back as CI systems keep runs at most. */
const MOST_DAYS = 400;

/**
 * Asks how many days back history is to be read, and starts that.
 */
export function StartBackfill(props: {
  label: string;
  isPending: boolean;
  onStart(days: number): void;
}) {
  const { label, isPending, onStart } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  const [days, setDays] = useState(DEFAULT_DAYS);
  const isValid = Number.isInteger(days) && days >= 1 && days <= MOST_DAYS;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button size="small" variant="secondary" isPending={isPending}>
        {label}
      </Button>
      <Dialog width={440}>
        <DialogHeader>{t('health.backfill.dialog')}</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="3">
            <Text as="p">{t('health.backfill.dialogReason')}</Text>
            <NumberField
              label={t('health.backfill.daysField')}
              value={days}
              onChange={setDays}
              minValue={1}
              maxValue={MOST_DAYS}
              step={1}
            />
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button
            variant="primary"
            isDisabled={!isValid}
            onPress={() => {
              setIsOpen(false);
              onStart(days);
            }}
          >
            {t('health.backfill.confirm')}
          </Button>
          <Button variant="secondary" slot="close">
            {t('health.backfill.close')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
