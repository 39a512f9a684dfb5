import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { formatPercent } from '../health/formatPercent';
import { useRefreshable, useUpdates } from '../live';
import { useLanguage } from '../time';
import { useCategoryName } from './useCategoryName';

/**
 * How often diagnoses of the entity on this page were right, as far as people said.
 */
export function DiagnosisAccuracy() {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const language = useLanguage();
  const nameOf = useCategoryName();
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  // It stands beside what the page is about: without it the page is still of use, so its error is not shown.
  const { value, refresh } = useRefreshable(
    useCallback(
      signal => api.getDiagnosisAccuracy({ entityRef }, { signal }),
      [api, entityRef],
    ),
  );
  useUpdates({ channel: 'ci-medic:incidents', onUpdate: refresh });
  if (!value) {
    return null;
  }
  const percent = (share: number) => formatPercent(share, language);
  return (
    <details>
      <summary>{t('diagnosis.accuracy.title')}</summary>
      {value.categories.length === 0 ? (
        <Text as="p" variant="body-small">
          {t('diagnosis.accuracy.none')}
        </Text>
      ) : (
        <table aria-label={t('diagnosis.accuracy.title')}>
          <thead>
            <tr>
              {(['category', 'right', 'interval', 'judged'] as const).map(
                column => (
                  <th key={column} scope="col" align="left">
                    {t(`diagnosis.accuracy.column.${column}`)}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {value.categories.map(({ category, right, judged, low, high }) => (
              <tr key={category}>
                <td>{nameOf(category)}</td>
                <td>{percent(right / judged)}</td>
                <td>
                  {percent(low)} – {percent(high)}
                </td>
                <td>{judged}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
