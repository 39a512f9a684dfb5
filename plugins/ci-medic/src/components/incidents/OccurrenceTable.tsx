import { Occurrence } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, ColumnConfig, Link, Table, Text } from '@backstage/ui';
import { ReactNode, useMemo } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText, webAddress } from '../log';
import { RelativeTime } from '../time';
import { RunLink } from './RunLink';

type Row = Occurrence & { id: string; isFirstOfAttempt: boolean };

/**
 * The failed jobs that an incident consists of.
 */
export function OccurrenceTable(props: {
  occurrences: Occurrence[];
  /** How many there are, should not all be given. */
  total: number;
  /** What is done about the run of an occurrence; shown once for each attempt. */
  renderRemediation(occurrence: Occurrence): ReactNode;
}) {
  const { occurrences, total, renderRemediation } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const rows = useMemo(
    () =>
      occurrences.map((one, index) => ({
        ...one,
        id: `${one.jobId}:${one.attempt}`,
        isFirstOfAttempt:
          index ===
          occurrences.findIndex(
            ({ runId, attempt }) =>
              runId === one.runId && attempt === one.attempt,
          ),
      })),
    [occurrences],
  );
  const columns = useMemo<ColumnConfig<Row>[]>(
    () => [
      {
        id: 'run',
        label: t('incidents.occurrence.run'),
        isRowHeader: true,
        cell: ({ runId, attempt, runNumber }) => (
          <Cell>
            <RunLink runId={runId} attempt={attempt} runNumber={runNumber} />
          </Cell>
        ),
      },
      {
        id: 'attempt',
        label: t('incidents.occurrence.attempt'),
        width: 90,
        cell: ({ attempt }) => <Cell>{attempt}</Cell>,
      },
      {
        id: 'branch',
        label: t('incidents.occurrence.branch'),
        cell: ({ branch }) => (
          <Cell style={{ overflowWrap: 'anywhere' }}>
            {branch ? (
              <LogText text={branch} />
            ) : (
              t('incidents.occurrence.noBranch')
            )}
          </Cell>
        ),
      },
      {
        id: 'commit',
        label: t('incidents.occurrence.commit'),
        width: 100,
        cell: ({ commitSha }) => (
          <Cell>
            <code title={commitSha}>{commitSha.slice(0, 8)}</code>
          </Cell>
        ),
      },
      {
        id: 'job',
        label: t('incidents.occurrence.job'),
        width: '2fr',
        cell: ({ jobName, pipeline }) => (
          <Cell style={{ overflowWrap: 'anywhere' }}>
            <Text as="p">
              <LogText text={jobName} />
            </Text>
            <Text as="p" variant="body-x-small" color="secondary">
              <LogText text={pipeline} />
            </Text>
          </Cell>
        ),
      },
      {
        id: 'at',
        label: t('incidents.occurrence.at'),
        cell: ({ at }) => (
          <Cell>
            <RelativeTime at={at} />
          </Cell>
        ),
      },
      {
        id: 'links',
        label: t('incidents.occurrence.links'),
        width: 120,
        cell: ({ url, jobName }) => (
          <Cell>
            {webAddress(url) && (
              <Link
                href={webAddress(url)}
                target="_blank"
                rel="noopener noreferrer"
                aria-label={t('incidents.occurrence.openJob', { job: jobName })}
              >
                {t('incidents.occurrence.open')}
              </Link>
            )}
          </Cell>
        ),
      },
      {
        id: 'remediation',
        label: t('remediation.column'),
        width: 200,
        cell: row => (
          <Cell>{row.isFirstOfAttempt && renderRemediation(row)}</Cell>
        ),
      },
    ],
    [t, renderRemediation],
  );
  return (
    <>
      {occurrences.length < total && (
        <Text as="p" variant="body-small" color="secondary">
          {t('incidents.detail.occurrencesShown', {
            count: occurrences.length,
            total: String(total),
          })}
        </Text>
      )}
      <Table columnConfig={columns} data={rows} pagination={{ type: 'none' }} />
    </>
  );
}
