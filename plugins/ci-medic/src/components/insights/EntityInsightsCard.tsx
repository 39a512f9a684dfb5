import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  Link,
  Text,
} from '@backstage/ui';
import { useCallback } from 'react';
import { ciMedicApiRef } from '../../api';
import { insightsRouteRef } from '../../routes';
import { ciMedicTranslationRef } from '../../translation';
import { formatPercent } from '../health/formatPercent';
import { Facts } from '../layout';
import { useTabPath } from '../links';
import { useRefreshable } from '../live';
import { ErrorState, LoadingState } from '../states';
import { formatDuration, useLanguage } from '../time';
import { minutesLost } from './minutesLost';

const DAYS = 28;

/**
 * The trends of the entity on this page in a few figures.
 */
export function EntityInsightsCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const api = useApi(ciMedicApiRef);
  const morePath = useTabPath(insightsRouteRef);
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.getInsights({ days: DAYS, entity: entityRef }, { signal }),
      [api, entityRef],
    ),
  );
  const { timeToGreen, successRate, flakyRate, losses } = value?.current ?? {};
  const none = t('insights.noFigure');
  return (
    <Card>
      <CardHeader>
        <Text as="h3" variant="body-large" weight="bold">
          {t('insights.card.title')}
        </Text>
        <Text as="p" variant="body-x-small" color="secondary">
          {t('insights.filter.lastDays', { days: String(DAYS) })}
        </Text>
      </CardHeader>
      <CardBody>
        {!value && error && <ErrorState error={error} onRetry={refresh} />}
        {!value && !error && <LoadingState />}
        {value && (
          <Facts
            facts={[
              {
                name: t('insights.figure.timeToGreen'),
                value: timeToGreen
                  ? `${formatDuration(timeToGreen.medianMs, language)} (n = ${
                      timeToGreen.n
                    })`
                  : none,
              },
              {
                name: t('insights.figure.successRate'),
                value: successRate
                  ? `${formatPercent(successRate.value, language)} (n = ${
                      successRate.n
                    })`
                  : none,
              },
              {
                name: t('insights.figure.flakyRate'),
                value: flakyRate
                  ? `${formatPercent(flakyRate.value, language)} (n = ${
                      flakyRate.n
                    })`
                  : none,
              },
              {
                name: t('insights.figure.lost'),
                value: String(Math.round(minutesLost(losses ?? []))),
              },
            ]}
          />
        )}
      </CardBody>
      {morePath && (
        <CardFooter>
          <Link href={morePath}>{t('insights.card.more')}</Link>
        </CardFooter>
      )}
    </Card>
  );
}
