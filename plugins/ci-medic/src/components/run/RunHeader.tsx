import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RunDetail } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { Facts } from '../layout';
import { OutsideLink } from '../links';
import { LogText } from '../log';
import { ExecutionLabel } from '../status';
import { AbsoluteTime, DurationText } from '../time';
import { AttemptSwitch } from './AttemptSwitch';

/**
 * What a run is: how it ended, what it built and for whom, and its attempts.
 */
export function RunHeader(props: { detail: RunDetail }) {
  const { run, attempts } = props.detail;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const startedAt = run.startedAt ?? run.createdAt;
  return (
    <Flex direction="column" gap="3">
      <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
        <ExecutionLabel status={run.status} conclusion={run.conclusion} />
        <Text
          as="h2"
          variant="title-small"
          style={{ minWidth: 0, overflowWrap: 'anywhere' }}
        >
          {run.number !== undefined &&
            `${t('run.number', { number: String(run.number) })} `}
          <LogText text={run.title ?? run.commit.title ?? run.pipeline.name} />
        </Text>
        {run.url && (
          <OutsideLink url={run.url}>{t('run.openProvider')}</OutsideLink>
        )}
      </Flex>
      <AttemptSwitch attempts={attempts} current={run.attempt} />
      <Facts
        facts={[
          {
            name: t('run.pipeline'),
            value: <LogText text={run.pipeline.name} />,
          },
          {
            name: t('run.branch'),
            value: run.branch && <LogText text={run.branch} />,
          },
          {
            name: t('run.commit'),
            value: (
              <OutsideLink url={run.commit.url}>
                <code title={run.commit.sha}>{run.commit.sha.slice(0, 8)}</code>
              </OutsideLink>
            ),
          },
          {
            name: t('run.actor'),
            value: run.actor && <LogText text={run.actor} />,
          },
          {
            name: t('run.event'),
            value: run.isFork ? `${run.event}, ${t('run.fork')}` : run.event,
          },
          {
            name: t('run.pullRequests'),
            value: run.pullRequests.map(number => `#${number}`).join(', '),
          },
          { name: t('run.started'), value: <AbsoluteTime at={startedAt} /> },
          {
            name: t('run.duration'),
            value: run.durationMs !== undefined && (
              <DurationText milliseconds={run.durationMs} />
            ),
          },
          {
            name: t('run.queue'),
            value: run.queueMs !== undefined && (
              <DurationText milliseconds={run.queueMs} />
            ),
          },
        ]}
      />
    </Flex>
  );
}
