import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RemediationEvent } from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { RelativeTime } from '../time';

/**
 * What a remediation went through, oldest first, folded away until somebody wants to know.
 */
export function RemediationSteps({ events }: { events: RemediationEvent[] }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <details>
      <summary>
        <Text as="span" variant="body-small">
          {t('remediation.history')}
        </Text>
      </summary>
      <ol>
        {events.map(({ id, at, state, message }) => (
          <li key={id}>
            <Text as="span" variant="body-small">
              {t(`remediation.state.${state}`)} <RelativeTime at={at} />
              {': '}
              <LogText text={message} />
            </Text>
          </li>
        ))}
      </ol>
    </details>
  );
}
