import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Backfill } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Text } from '@backstage/ui';
import {
  RemixiconComponentType,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiForbidLine,
  RiLoader4Line,
  RiPauseCircleLine,
  RiTimeLine,
} from '@remixicon/react';
import { Fragment, ReactNode } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { StatusLabel, StatusTone } from '../status';
import { AbsoluteTime, RelativeTime } from '../time';
import styles from './BackfillProgress.module.css';

const LOOKS: Record<
  Backfill['state'],
  { icon: RemixiconComponentType; tone: StatusTone }
> = {
  queued: { icon: RiTimeLine, tone: 'active' },
  running: { icon: RiLoader4Line, tone: 'active' },
  waiting: { icon: RiPauseCircleLine, tone: 'doubtful' },
  done: { icon: RiCheckboxCircleFill, tone: 'good' },
  cancelled: { icon: RiForbidLine, tone: 'quiet' },
  failed: { icon: RiCloseCircleFill, tone: 'bad' },
};

/**
 * State of a reading of history, how far it is, and why it waits or failed.
 */
export function BackfillProgress(props: { backfill: Backfill }) {
  const { backfill } = props;
  const { state, runsFound, runsStored } = backfill;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const isActive = ['queued', 'running', 'waiting'].includes(state);
  const facts: ReactNode[] = [
    t('health.backfill.progress', {
      stored: String(runsStored),
      found: String(runsFound),
    }),
    t('health.backfill.days', { count: backfill.days }),
    backfill.reachedAt &&
      t('health.backfill.reached', {
        time: <AbsoluteTime key="reached" at={backfill.reachedAt} dateOnly />,
      }),
    backfill.finishedAt &&
      t('health.backfill.finished', {
        time: <RelativeTime key="finished" at={backfill.finishedAt} />,
      }),
    backfill.requestedBy &&
      t('health.backfill.by', {
        who: <LogText key="who" text={backfill.requestedBy} />,
      }),
  ];
  return (
    <Flex direction="column" gap="2">
      <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
        <StatusLabel {...LOOKS[state]} text={t(`health.backfill.${state}`)} />
        <Text as="p" variant="body-small" color="secondary">
          {facts.filter(Boolean).map((fact, index) => (
            <Fragment key={index}>
              {index > 0 && ' · '}
              {fact}
            </Fragment>
          ))}
        </Text>
      </Flex>
      {isActive && (
        <progress
          className={styles.bar}
          aria-label={t('health.backfill.progressLabel')}
          // What is still to be found is unknown: only what was found is promised.
          max={Math.max(1, runsFound)}
          value={runsFound > 0 ? runsStored : undefined}
        />
      )}
      {backfill.reason && state !== 'done' && (
        <Text as="p" variant="body-small">
          <LogText text={backfill.reason} />
          {state === 'waiting' && backfill.continuesAt && (
            <>
              {' · '}
              {t('health.backfill.continues', {
                time: <RelativeTime key="on" at={backfill.continuesAt} />,
              })}
            </>
          )}
        </Text>
      )}
    </Flex>
  );
}
