import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { IncidentDiagnosis } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { formatPercent } from '../health/formatPercent';
import { RelativeTime, useLanguage } from '../time';
import { useCategoryName } from './useCategoryName';

/**
 * What was said of an incident before, newest first.
 */
export function DiagnosisHistory(props: {
  history: IncidentDiagnosis['history'];
}) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const nameOf = useCategoryName();
  const [, ...earlier] = props.history;
  return earlier.length === 0 ? null : (
    <details>
      <summary>{t('diagnosis.history')}</summary>
      <ul>
        {earlier.map(({ id, category, subCategory, confidence, ...one }) => (
          <li key={id}>
            <Text variant="body-small">
              {t('diagnosis.historyItem', {
                category: nameOf(category, subCategory),
                percent: formatPercent(confidence, language),
              })}
              {'. '}
              {t(`diagnosis.decided.${one.decidedBy}`)}{' '}
              <RelativeTime at={one.at} />
            </Text>
          </li>
        ))}
      </ul>
    </details>
  );
}
