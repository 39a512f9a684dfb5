import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RunSummary } from '@ci-medic/plugin-ci-medic-common';
import { Cell, ColumnConfig, Link, Table, Text } from '@backstage/ui';
import { useMemo } from 'react';
import { useLocation, useResolvedPath } from 'react-router-dom';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { ExecutionLabel } from '../status';
import { DurationText, RelativeTime } from '../time';
import { AttemptTrail } from './AttemptTrail';

/**
 * One page of runs. The title leads to the run.
 */
export function RunTable(props: { runs: RunSummary[] }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { search } = useLocation();
  const base = useResolvedPath('.').pathname.replace(/\/$/, '');

  const columns = useMemo<ColumnConfig<RunSummary>[]>(
    () => [
      {
        id: 'status',
        label: t('health.column.status'),
        width: 130,
        cell: run => (
          <Cell>
            <ExecutionLabel status={run.status} conclusion={run.conclusion} />
            {run.failedJobs > 0 && (
              <Text as="p" variant="body-x-small" color="secondary">
                {t('health.failedJobs', { count: run.failedJobs })}
              </Text>
            )}
          </Cell>
        ),
      },
      {
        id: 'run',
        label: t('health.column.run'),
        isRowHeader: true,
        width: '3fr',
        minWidth: 200,
        cell: run => (
          <Cell style={{ overflowWrap: 'anywhere' }}>
            <Link href={`${base}/runs/${encodeURIComponent(run.id)}${search}`}>
              {run.number !== undefined &&
                `${t('health.number', { number: String(run.number) })} `}
              <LogText
                text={run.title ?? run.commit.title ?? run.pipeline.name}
              />
            </Link>
            <Text as="p" variant="body-x-small" color="secondary">
              {run.actor
                ? t('health.by', {
                    event: run.event,
                    actor: <LogText key="actor" text={run.actor} />,
                  })
                : run.event}
              {run.isFork && `, ${t('health.fork')}`}
            </Text>
          </Cell>
        ),
      },
      {
        id: 'pipeline',
        label: t('health.column.pipeline'),
        width: '1fr',
        minWidth: 100,
        cell: run => (
          <Cell style={{ overflowWrap: 'anywhere' }}>
            <LogText text={run.pipeline.name} />
          </Cell>
        ),
      },
      {
        id: 'branch',
        label: t('health.column.branch'),
        width: '1fr',
        minWidth: 170,
        cell: run => (
          <Cell style={{ overflowWrap: 'anywhere' }}>
            <Text as="p">
              {run.branch ? (
                <LogText text={run.branch} />
              ) : (
                t('health.noBranch')
              )}
            </Text>
            <Text as="p" variant="body-x-small" color="secondary">
              <code title={run.commit.sha}>{run.commit.sha.slice(0, 8)}</code>
            </Text>
          </Cell>
        ),
      },
      {
        id: 'attempts',
        label: t('health.column.attempts'),
        width: 100,
        cell: run => (
          <Cell>
            <AttemptTrail attempts={run.attempts} />
          </Cell>
        ),
      },
      {
        id: 'duration',
        label: t('health.column.duration'),
        width: 130,
        cell: ({ durationMs }) => (
          <Cell>
            {durationMs === undefined ? (
              '–'
            ) : (
              <DurationText milliseconds={durationMs} />
            )}
          </Cell>
        ),
      },
      {
        id: 'queue',
        label: t('health.column.queue'),
        width: 110,
        cell: ({ queueMs }) => (
          <Cell>
            {queueMs === undefined ? (
              '–'
            ) : (
              <DurationText milliseconds={queueMs} />
            )}
          </Cell>
        ),
      },
      {
        id: 'at',
        label: t('health.column.at'),
        width: 130,
        cell: run => (
          <Cell>
            <RelativeTime at={run.startedAt ?? run.createdAt} />
          </Cell>
        ),
      },
    ],
    [t, base, search],
  );
  return (
    <Table
      columnConfig={columns}
      data={props.runs}
      pagination={{ type: 'none' }}
    />
  );
}
