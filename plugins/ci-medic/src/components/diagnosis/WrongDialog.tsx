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
  TextField,
} from '@backstage/ui';
import {
  FailureCategory,
  failureCategorySchema,
  FeedbackInput,
  IncidentFeedback,
} from '@ci-medic/plugin-ci-medic-common';
import { useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { OptionSelect } from '../layout';
import { useCategoryName } from './useCategoryName';

const ANY = '';
const MOST = { fixedBy: 1_000, comment: 2_000 };

/**
 * Asks what a failure really is, and what fixed it. All of it may be left open.
 */
export function WrongDialog(props: {
  kinds: IncidentFeedback['kinds'];
  isDisabled: boolean;
  onSend(input: Omit<FeedbackInput, 'verdict'>): void;
}) {
  const { kinds, isDisabled, onSend } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const nameOf = useCategoryName();
  const [isOpen, setIsOpen] = useState(false);
  const [category, setCategory] = useState(ANY);
  const [kind, setKind] = useState(ANY);
  const [fixedBy, setFixedBy] = useState('');
  const [comment, setComment] = useState('');
  const chosen = kinds.filter(one => one.category === category);

  const send = () => {
    setIsOpen(false);
    onSend({
      category: (category || undefined) as FailureCategory | undefined,
      subCategory: kind || undefined,
      fixedBy: fixedBy.trim().slice(0, MOST.fixedBy) || undefined,
      comment: comment.trim().slice(0, MOST.comment) || undefined,
    });
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button size="small" variant="secondary" isDisabled={isDisabled}>
        {t('diagnosis.feedback.wrong')}
      </Button>
      <Dialog width={520}>
        <DialogHeader>{t('diagnosis.feedback.dialog.title')}</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="3">
            <OptionSelect
              label={t('diagnosis.feedback.dialog.category')}
              value={category}
              onChange={value => {
                setCategory(value);
                setKind(ANY);
              }}
              options={[
                {
                  value: ANY,
                  label: t('diagnosis.feedback.dialog.anyCategory'),
                },
                ...failureCategorySchema.options
                  .filter(one => one !== 'unknown')
                  .map(value => ({ value, label: nameOf(value) })),
              ]}
            />
            {chosen.length > 0 && (
              <OptionSelect
                label={t('diagnosis.feedback.dialog.kind')}
                value={kind}
                onChange={setKind}
                options={[
                  { value: ANY, label: t('diagnosis.feedback.dialog.anyKind') },
                  ...chosen.map(({ key, title }) => ({
                    value: key,
                    label: title,
                  })),
                ]}
              />
            )}
            <TextField
              label={t('diagnosis.feedback.dialog.fixedBy')}
              value={fixedBy}
              onChange={setFixedBy}
            />
            <TextField
              label={t('diagnosis.feedback.dialog.comment')}
              value={comment}
              onChange={setComment}
            />
            <Text as="p" variant="body-small" color="secondary">
              {t('diagnosis.feedback.dialog.explain')}
            </Text>
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button variant="primary" onPress={send}>
            {t('diagnosis.feedback.dialog.send')}
          </Button>
          <Button variant="secondary" slot="close">
            {t('diagnosis.feedback.dialog.close')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
