import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RemediationStop } from '@ci-medic/plugin-ci-medic-common';
import { Alert, Flex, Link, Text } from '@backstage/ui';
import { remediationRouteRef } from '../../routes';
import { ciMedicTranslationRef } from '../../translation';
import { useTabPath } from '../links';
import { LogText } from '../log';
import { RelativeTime } from '../time';
import { useStops } from './useStops';

/**
 * Says on every screen which kill switches are on. Of those for an entity, only the one that the screen is about.
 */
export function StopBanner(props: { entityRef?: string }) {
  const { entityRef } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { value, error } = useStops();
  const path = useTabPath(remediationRouteRef);
  if (!value && error) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        {t('control.stop.unknown', { message: error.message })}
      </Text>
    );
  }
  const shown = (value?.items ?? []).filter(
    ({ scope, subject }) => scope !== 'entity' || subject === entityRef,
  );
  const leadsOn = value?.mayControl && path;
  if (shown.length === 0) {
    return leadsOn ? (
      <Flex justify="end">
        <Link href={path} variant="body-small">
          {t('control.stop.open')}
        </Link>
      </Flex>
    ) : null;
  }
  return (
    <Flex direction="column" gap="2" mb="3" role="status">
      {shown.map(stop => (
        <StopAlert key={stop.id} stop={stop} path={leadsOn || undefined} />
      ))}
    </Flex>
  );
}

function StopAlert(props: { stop: RemediationStop; path?: string }) {
  const { stop, path } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <Alert
      status="danger"
      icon
      title={
        stop.scope === 'all'
          ? t('control.stop.isOn')
          : t('control.stop.isOnFor', { subject: stop.subject ?? '' })
      }
      description={
        <>
          <LogText text={stop.reason} /> (
          {t('control.stop.setBy', {
            who: <LogText key="who" text={stop.setBy} />,
            time: <RelativeTime key="at" at={stop.setAt} />,
          })}
          )
        </>
      }
      customActions={path && <Link href={path}>{t('control.stop.open')}</Link>}
    />
  );
}
