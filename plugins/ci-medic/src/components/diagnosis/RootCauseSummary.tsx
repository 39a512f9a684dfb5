import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import { RootCause } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { formatPercent } from '../health/formatPercent';
import { OutsideLink } from '../links';
import { LogText } from '../log';
import { useLanguage } from '../time';

/**
 * The answer in a sentence, what it was found in, and how likely it is that nothing in the list is to blame.
 */
export function RootCauseSummary({ cause }: { cause: RootCause }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const { range, nobody, subject } = cause;
  return (
    <Flex direction="column" gap="1">
      <Text as="p" variant="body-large">
        <LogText text={cause.sentence} />
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {range ? (
          <OutsideLink url={range.url}>
            {t(`diagnosis.cause.${subject === 'figure' ? 'moved' : 'range'}`, {
              count: range.commits,
            })}
          </OutsideLink>
        ) : (
          t('diagnosis.cause.noPass')
        )}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {(['flaky', 'infrastructure', 'unlisted'] as const)
          .map(
            name =>
              `${t(`diagnosis.cause.${name}`)} ${formatPercent(
                nobody[name],
                language,
              )}`,
          )
          .join(' · ')}
      </Text>
    </Flex>
  );
}
