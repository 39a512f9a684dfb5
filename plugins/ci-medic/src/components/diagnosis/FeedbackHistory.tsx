import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import { Feedback } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { RelativeTime } from '../time';
import { useCategoryName } from './useCategoryName';

/**
 * What people said, newest first; what was taken back stays.
 */
export function FeedbackHistory(props: {
  items: Feedback[];
  isDisabled: boolean;
  onUndo(feedbackId: string): void;
}) {
  const { items, isDisabled, onUndo } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return items.length === 0 ? null : (
    <ul style={{ margin: 0 }}>
      {items.map(item => (
        <li key={item.id}>
          <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
            <Text
              variant="body-small"
              style={{ textDecoration: item.undoneAt && 'line-through' }}
            >
              <Said item={item} /> <RelativeTime at={item.at} />{' '}
              {t('diagnosis.feedback.via', { via: item.via })}
            </Text>
            {item.undoneAt ? (
              <Text variant="body-small" color="secondary">
                {t('diagnosis.feedback.undone', {
                  actor: item.undoneBy ?? '',
                })}{' '}
                <RelativeTime at={item.undoneAt} />
              </Text>
            ) : (
              <Button
                size="small"
                variant="tertiary"
                isDisabled={isDisabled}
                aria-label={t('diagnosis.feedback.undoLabel', {
                  actor: item.actor,
                })}
                onPress={() => onUndo(item.id)}
              >
                {t('diagnosis.feedback.undo')}
              </Button>
            )}
          </Flex>
          {item.fixedBy && (
            <Text as="p" variant="body-small">
              {t('diagnosis.feedback.fixedBy', {
                text: <LogText key="fix" text={item.fixedBy} />,
              })}
            </Text>
          )}
          {item.comment && (
            <Text as="p" variant="body-small">
              <LogText text={item.comment} />
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

function Said({ item }: { item: Feedback }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const nameOf = useCategoryName();
  const { verdict, actor, category, subCategory } = item;
  return (
    <>
      {verdict === 'wrong' && category
        ? t('diagnosis.feedback.said.wrongCategory', {
            actor,
            category: nameOf(category, subCategory),
          })
        : t(`diagnosis.feedback.said.${verdict}`, { actor })}
    </>
  );
}
