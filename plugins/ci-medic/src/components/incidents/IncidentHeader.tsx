import { IncidentDetail } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { Facts } from '../layout';
import { LogText } from '../log';
import { IncidentStateLabel } from '../status';
import { AbsoluteTime, RelativeTime } from '../time';
import { NameList } from './NameList';
import { TimeOpen } from './TimeOpen';

/**
 * State, headline, and how often an incident occurred, with what that counts.
 */
export function IncidentHeader(props: { detail: IncidentDetail }) {
  const { incident, occurrences } = props.detail;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const runs = new Set(occurrences.map(({ runId }) => runId)).size;
  const knowsAllRuns = occurrences.length >= incident.occurrences;
  const counts = [
    t('incidents.detail.occurrences', { count: incident.occurrences }),
    runs > 0 &&
      t(
        knowsAllRuns ? 'incidents.detail.runs' : 'incidents.detail.runsAtLeast',
        {
          count: runs,
        },
      ),
    t('incidents.branches', { count: incident.branches.length }),
  ];
  return (
    <Flex direction="column" gap="2">
      <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
        <IncidentStateLabel state={incident.state} />
        <Text
          as="h2"
          variant="title-small"
          style={{ minWidth: 0, overflowWrap: 'anywhere' }}
        >
          <LogText text={incident.title} />
        </Text>
      </Flex>
      <Text as="p">
        {counts.filter(Boolean).join(' ')}{' '}
        {t('incidents.detail.since', {
          time: <AbsoluteTime key="since" at={incident.firstSeenAt} />,
        })}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {t('incidents.detail.lastSeen', {
          time: <RelativeTime key="last" at={incident.lastSeenAt} />,
        })}
        {' · '}
        {incident.resolvedAt && (
          <>
            {t('incidents.detail.resolvedAt', {
              time: <RelativeTime key="resolved" at={incident.resolvedAt} />,
            })}
            {' · '}
          </>
        )}
        {t('incidents.detail.wasOpen', {
          duration: <TimeOpen key="open" incident={incident} />,
        })}
        {incident.reopened > 0 &&
          ` · ${t('incidents.reopenedTimes', { count: incident.reopened })}`}
      </Text>
      <Facts
        facts={[
          {
            name: t('incidents.detail.pipelines'),
            value: <NameList names={incident.pipelines} />,
          },
          {
            name: t('incidents.detail.jobs'),
            value: <NameList names={incident.jobs} />,
          },
          {
            name: t('incidents.detail.branches'),
            value: <NameList names={incident.branches} />,
          },
          {
            name: t('incidents.detail.fingerprint'),
            value: <code>{incident.fingerprint}</code>,
          },
        ]}
      />
    </Flex>
  );
}
