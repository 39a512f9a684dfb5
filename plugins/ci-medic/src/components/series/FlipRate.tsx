import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Share } from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { useLanguage } from '../time';

/**
 * The share of commits on which a test failed and passed, with its interval and basis.
 */
export function FlipRate(props: { flips?: Share }) {
  const { flips } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  if (!flips) {
    return <>{t('series.tests.nothing')}</>;
  }
  const percent = (value: number) =>
    new Intl.NumberFormat(language, {
      style: 'percent',
      maximumSignificantDigits: 2,
      maximumFractionDigits: 2,
      // Two digits, but none of them beyond a hundredth of a percent.
      roundingPriority: 'lessPrecision',
    }).format(value);
  return (
    <>
      {percent(flips.value)}
      <Text as="p" variant="body-x-small" color="secondary">
        {t('series.tests.interval', {
          low: percent(flips.low),
          high: percent(flips.high),
          n: String(flips.n),
        })}
      </Text>
    </>
  );
}
