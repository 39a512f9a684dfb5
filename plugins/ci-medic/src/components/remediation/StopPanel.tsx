import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { RemediationStop } from '@ci-medic/plugin-ci-medic-common';
import { Button, Flex, Text } from '@backstage/ui';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { LogText } from '../log';
import { ErrorState, LoadingState } from '../states';
import { RelativeTime } from '../time';
import { ChangeError } from './ChangeError';
import { StopForm } from './StopForm';
import { useChange } from './useChange';
import { useStops } from './useStops';

/**
 * Kill switches that are on, and a way to set and lift them.
 */
export function StopPanel() {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { value, error, refresh } = useStops();
  return (
    <Section title={t('control.stop.title')}>
      {!value && error && <ErrorState error={error} onRetry={refresh} />}
      {!value && !error && <LoadingState />}
      {value?.items.length === 0 && (
        <Text as="p">{t('control.stop.none')}</Text>
      )}
      {value?.items.map(stop => (
        <StopRow
          key={stop.id}
          stop={stop}
          mayLift={value.mayControl}
          onChange={refresh}
        />
      ))}
      {value?.mayControl && <StopForm onChange={refresh} />}
    </Section>
  );
}

function StopRow(props: {
  stop: RemediationStop;
  mayLift: boolean;
  onChange(): void;
}) {
  const { stop, mayLift, onChange } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { isPending, error, run } = useChange(onChange);
  const subject = stop.subject ?? t('control.stop.everything');
  return (
    <Flex direction="column" gap="1">
      <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
        <Text as="span" weight="bold" color="danger">
          <LogText text={subject} />
        </Text>
        <Text as="span">
          <LogText text={stop.reason} />
        </Text>
        <Text as="span" variant="body-small" color="secondary">
          {t('control.stop.setBy', {
            who: <LogText key="who" text={stop.setBy} />,
            time: <RelativeTime key="at" at={stop.setAt} />,
          })}
        </Text>
        {mayLift && (
          <Button
            size="small"
            variant="secondary"
            isPending={isPending}
            aria-label={t('control.stop.liftLabel', { subject })}
            onPress={() => run(() => api.liftStop({ stopId: stop.id }))}
          >
            {t('control.stop.lift')}
          </Button>
        )}
      </Flex>
      <ChangeError error={error} />
    </Flex>
  );
}
