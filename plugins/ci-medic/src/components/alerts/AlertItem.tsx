import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import { Alert } from '@ci-medic/plugin-ci-medic-common';
import {
  RemixiconComponentType,
  RiCheckLine,
  RiCloseCircleLine,
  RiEyeLine,
  RiTimeLine,
} from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { StatusLabel, StatusTone } from '../status';
import { AbsoluteTime, RelativeTime } from '../time';
import { AlertButtons } from './AlertButtons';
import { AlertHistory } from './AlertHistory';
import styles from './AlertItem.module.css';
import { AlertPlace } from './AlertPlace';
import { SlackPreview } from './SlackPreview';

const STATES: Record<
  Alert['state'],
  { icon: RemixiconComponentType; tone: StatusTone }
> = {
  waiting: { icon: RiTimeLine, tone: 'active' },
  sent: { icon: RiCheckLine, tone: 'good' },
  failed: { icon: RiCloseCircleLine, tone: 'bad' },
  preview: { icon: RiEyeLine, tone: 'quiet' },
};

/**
 * A message: to whom, its state, what it looks like with its buttons, and what came of it.
 */
export function AlertItem(props: { alert: Alert; onPressed(): void }) {
  const { alert, onPressed } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const buttons = <AlertButtons alert={alert} onPressed={onPressed} />;
  return (
    <li className={styles.alert}>
      <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
        <StatusLabel
          {...STATES[alert.state]}
          text={t(`alerts.state.${alert.state}`)}
        />
        <Text as="p">
          {t('alerts.to', {
            channel: alert.channelTitle,
            destination: (
              <AlertPlace key="place" destination={alert.destination} />
            ),
          })}{' '}
          <RelativeTime at={alert.sentAt ?? alert.createdAt} />
        </Text>
      </Flex>
      <Text as="p" variant="body-small" color="secondary">
        {alert.because}.
      </Text>
      {alert.reason && (
        <Text
          as="p"
          variant="body-small"
          color={alert.state === 'preview' ? 'secondary' : 'danger'}
        >
          {alert.state === 'preview' ? (
            <>
              <LogText text={alert.reason} />.
            </>
          ) : (
            t('alerts.reason', {
              reason: <LogText key="reason" text={alert.reason} />,
            })
          )}
        </Text>
      )}
      {alert.mutedUntil && Date.parse(alert.mutedUntil) > Date.now() && (
        <Text as="p" variant="body-small">
          {t('alerts.muted', {
            until: <AbsoluteTime key="until" at={alert.mutedUntil} />,
            who: alert.mutedBy ?? '',
          })}
        </Text>
      )}
      {alert.preview ? (
        <SlackPreview
          preview={alert.preview}
          label={t('alerts.preview')}
          buttons={buttons}
        />
      ) : (
        <>
          <blockquote
            className={styles.message}
            aria-label={t('alerts.preview')}
          >
            <Text as="p" weight="bold">
              <LogText text={alert.title} />
            </Text>
            {alert.body.split('\n').map((line, index) => (
              <Text as="p" variant="body-small" key={index}>
                <LogText text={line} />
              </Text>
            ))}
          </blockquote>
          {buttons}
        </>
      )}
      <AlertHistory alert={alert} />
    </li>
  );
}
