import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { Alert } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { RelativeTime } from '../time';

/**
 * What was added below a message, and who pressed which of its buttons.
 */
export function AlertHistory({ alert }: { alert: Alert }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { notes, presses } = alert;
  return (
    <>
      {notes.length > 0 && (
        <details>
          <summary>{t('alerts.notes', { count: notes.length })}</summary>
          <ul>
            {notes.map(({ at, text, state }, index) => (
              <li key={index}>
                <Text variant="body-small">
                  <LogText text={text} />
                  {state !== 'sent' &&
                    ` (${t(`alerts.noteState.${state}`)})`}{' '}
                  <RelativeTime at={at} />
                </Text>
              </li>
            ))}
          </ul>
        </details>
      )}
      {presses.length > 0 && (
        <details>
          <summary>{t('alerts.presses', { count: presses.length })}</summary>
          <ul>
            {presses.map(
              ({ at, kind, actor, via, outcome, message }, index) => (
                <li key={index}>
                  <Text variant="body-small">
                    {t('alerts.press', {
                      button: t(`alerts.button.${kind}`),
                      who: actor ? (
                        <EntityRefLink key="who" entityRef={actor} />
                      ) : (
                        t('alerts.nobody')
                      ),
                      via,
                      outcome: t(`alerts.pressed.${outcome}`),
                    })}{' '}
                    <LogText text={message} />. <RelativeTime at={at} />
                  </Text>
                </li>
              ),
            )}
          </ul>
        </details>
      )}
    </>
  );
}
