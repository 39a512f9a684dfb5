import { Occurrence, TimelineEvent } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import {
  RemixiconComponentType,
  RiAlertLine,
  RiArchiveLine,
  RiCheckLine,
  RiFirstAidKitLine,
  RiRepeatLine,
  RiRestartLine,
} from '@remixicon/react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { RelativeTime } from '../time';
import styles from './IncidentTimeline.module.css';
import { RunLink } from './RunLink';

const ICONS: Record<TimelineEvent['kind'], RemixiconComponentType> = {
  opened: RiAlertLine,
  occurred: RiRepeatLine,
  resolved: RiCheckLine,
  reopened: RiRestartLine,
  closed_stale: RiArchiveLine,
  acted: RiFirstAidKitLine,
};

/**
 * What happened to an incident, in the order in which it is given.
 */
export function IncidentTimeline(props: {
  events: TimelineEvent[];
  /** What is known of the runs that the events name. */
  occurrences: Occurrence[];
}) {
  const { events, occurrences } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  if (events.length === 0) {
    return <Text color="secondary">{t('incidents.detail.noTimeline')}</Text>;
  }
  return (
    <ol className={styles.events}>
      {events.map(event => {
        const Icon = ICONS[event.kind];
        const occurrence = occurrences.find(
          ({ runId, attempt }) =>
            runId === event.runId && attempt === event.attempt,
        );
        return (
          <li key={event.id} className={styles.event} data-kind={event.kind}>
            <Icon className={styles.icon} size={18} aria-hidden />
            <div className={styles.text}>
              <Text as="p">
                <strong>{t(`incidents.event.${event.kind}`)}</strong>{' '}
                <RelativeTime at={event.at} />
                {event.actor && (
                  <>
                    {' '}
                    {t('incidents.event.by', {
                      actor: <LogText key="actor" text={event.actor} />,
                    })}
                  </>
                )}{' '}
                {event.runId && (
                  <RunLink
                    runId={event.runId}
                    attempt={event.attempt}
                    runNumber={occurrence?.runNumber}
                    url={occurrence?.url}
                  />
                )}
              </Text>
              <Text as="p" variant="body-small" color="secondary">
                <LogText text={event.message} />
              </Text>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
