import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { AlertRoutes } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { AlertPlace } from './AlertPlace';

/**
 * Who hears what of incidents of an entity, and why.
 */
export function AlertRules({ rules }: { rules: AlertRoutes }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { scope, because, mainBranches, routes } = rules;
  return (
    <>
      <Text as="p">
        {scope === 'main'
          ? t('alerts.scope.main', { branches: mainBranches.join(', ') })
          : t(`alerts.scope.${scope}`)}{' '}
        {because}.
      </Text>
      {scope !== 'none' && <Text as="p">{t('alerts.what')}</Text>}
      {routes.length === 0 && <Text as="p">{t('alerts.noChannels')}</Text>}
      <ul>
        {routes.map(route => {
          const { channel, channelTitle, destination, notConnected } = route;
          return (
            <li key={`${channel} ${destination} ${route.because}`}>
              <Text>
                {destination
                  ? t('alerts.to', {
                      channel: channelTitle,
                      destination: (
                        <AlertPlace key="place" destination={destination} />
                      ),
                    })
                  : t('alerts.nowhere', { channel: channelTitle })}
                {'. '}
                {route.because}.{notConnected && ` ${notConnected}.`}
              </Text>
            </li>
          );
        })}
      </ul>
    </>
  );
}
