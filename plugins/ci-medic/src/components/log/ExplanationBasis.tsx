import { Explanation } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { RelativeTime } from '../time';

/**
 * Says what the explaining lines were found by: how many passing runs the log was compared with, and the last one.
 */
export function ExplanationBasis(props: { explanation: Explanation }) {
  const { comparedWith, lastPass } = props.explanation;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <Text as="p" variant="body-small" color="secondary">
      {t('log.explained.comparedWith', { count: comparedWith })}{' '}
      {lastPass &&
        t('log.explained.lastPass', {
          time: <RelativeTime key="time" at={lastPass.at} />,
        })}
    </Text>
  );
}
