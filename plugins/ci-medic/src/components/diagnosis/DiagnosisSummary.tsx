import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import { Diagnosis, FailureKind } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { formatPercent } from '../health/formatPercent';
import { LogText } from '../log';
import { useLanguage } from '../time';
import { useCategoryName } from './useCategoryName';

/**
 * The answer with its number, what decided it, and what is missing.
 */
export function DiagnosisSummary(props: {
  diagnosis: Diagnosis;
  kind?: FailureKind;
}) {
  const { diagnosis, kind } = props;
  const { category, subCategory, confidence, secondBest } = diagnosis;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const nameOf = useCategoryName();
  const percent = (share: number) => formatPercent(share, language);
  const isUnknown = category === 'unknown';
  return (
    <Flex direction="column" gap="1">
      <Text as="p" variant="body-large">
        <strong>
          {kind
            ? `${nameOf(category)}: ${kind.title}`
            : nameOf(category, subCategory)}
        </strong>
        {!isUnknown && (
          <>
            {', '}
            {t('diagnosis.confidence', { percent: percent(confidence) })}
          </>
        )}
        {secondBest && (
          <Text color="secondary">
            {' · '}
            {t(isUnknown ? 'diagnosis.bestGuess' : 'diagnosis.secondBest', {
              guess: nameOf(secondBest.category, secondBest.subCategory),
              percent: percent(secondBest.confidence),
            })}
          </Text>
        )}
      </Text>
      {kind && <Text as="p">{kind.description}</Text>}
      <Text as="p" variant="body-small" color="secondary">
        {t(`diagnosis.decided.${diagnosis.decidedBy}`)}{' '}
        {diagnosis.subject !== 'figure' &&
          t('diagnosis.transient', {
            percent: percent(diagnosis.transient),
          })}{' '}
        {diagnosis.model && t('diagnosis.model', diagnosis.model)}
      </Text>
      {diagnosis.missing.map(({ part, reason }) => (
        <Text as="p" variant="body-small" color="warning" key={part}>
          {t('diagnosis.missing', {
            part,
            reason: <LogText key="reason" text={reason} />,
          })}
        </Text>
      ))}
    </Flex>
  );
}
