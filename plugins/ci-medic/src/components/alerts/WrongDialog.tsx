import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
  Radio,
  RadioGroup,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import {
  AlertActionInput,
  FailureCategory,
  failureCategorySchema,
} from '@ci-medic/plugin-ci-medic-common';
import { useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';

const NOT_AN_INCIDENT = 'not_an_incident';

/**
 * Asks what would have been right, as the dialog in the channel does.
 */
export function WrongDialog(props: {
  isPending: boolean;
  onSend(input: AlertActionInput): void;
}) {
  const { isPending, onSend } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  const [choice, setChoice] = useState<string>();
  const [fixedBy, setFixedBy] = useState('');
  const [comment, setComment] = useState('');

  const send = () => {
    setIsOpen(false);
    onSend({
      ...(choice === NOT_AN_INCIDENT
        ? { notAnIncident: true }
        : { category: choice as FailureCategory }),
      fixedBy: fixedBy.trim() || undefined,
      comment: comment.trim() || undefined,
    });
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button size="small" variant="secondary" isPending={isPending}>
        {t('alerts.button.wrong')}
      </Button>
      <Dialog width={480}>
        <DialogHeader>{t('alerts.wrong.title')}</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="4">
            <RadioGroup
              label={t('alerts.wrong.category')}
              value={choice ?? null}
              onChange={setChoice}
            >
              {failureCategorySchema.options.map(category => (
                <Radio key={category} value={category}>
                  {t(`alerts.category.${category}`)}
                </Radio>
              ))}
              <Radio value={NOT_AN_INCIDENT}>
                {t('alerts.category.not_an_incident')}
              </Radio>
            </RadioGroup>
            <TextField
              label={t('alerts.wrong.fixedBy')}
              secondaryLabel={t('alerts.wrong.optional')}
              maxLength={1_000}
              value={fixedBy}
              onChange={setFixedBy}
            />
            <TextAreaField
              label={t('alerts.wrong.comment')}
              secondaryLabel={t('alerts.wrong.optional')}
              maxLength={2_000}
              value={comment}
              onChange={setComment}
            />
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button variant="primary" isDisabled={!choice} onPress={send}>
            {t('alerts.wrong.send')}
          </Button>
          <Button variant="secondary" slot="close">
            {t('alerts.cancel')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
