import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { Pages } from '../live';

/**
 * The way to the next and the previous page of a list, where there is one.
 */
export function PageButtons(props: { pages: Pages<unknown> }) {
  const { pageNumber, showNext, showPrevious, value } = props.pages;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  if (!showNext && !showPrevious) {
    return null;
  }
  const page = String(pageNumber);
  return (
    <Flex gap="3" align="center">
      <Button
        size="small"
        variant="secondary"
        isDisabled={!showPrevious}
        onPress={showPrevious}
      >
        {t('states.previousPage')}
      </Button>
      <Text variant="body-small" role="status">
        {value?.totalItems === undefined
          ? t('states.page', { page })
          : t('states.pageOf', { page, count: value.totalItems })}
      </Text>
      <Button
        size="small"
        variant="secondary"
        isDisabled={!showNext}
        onPress={showNext}
      >
        {t('states.nextPage')}
      </Button>
    </Flex>
  );
}
