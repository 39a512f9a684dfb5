import { Incident } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Cell, ColumnConfig, Link, Table, Text } from '@backstage/ui';
import { useMemo } from 'react';
import { useLocation, useResolvedPath } from 'react-router-dom';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { IncidentStateLabel } from '../status';
import { RelativeTime } from '../time';
import { NameList } from './NameList';
import { TimeOpen } from './TimeOpen';

/**
 * One page of incidents. The title leads to the incident.
 */
export function IncidentTable(props: { incidents: Incident[] }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { search } = useLocation();
  const base = useResolvedPath('.').pathname.replace(/\/$/, '');

  const columns = useMemo<ColumnConfig<Incident>[]>(
    () => [
      {
        id: 'state',
        label: t('incidents.column.state'),
        width: 110,
        cell: incident => (
          <Cell>
            <IncidentStateLabel state={incident.state} />
          </Cell>
        ),
      },
      {
        id: 'title',
        label: t('incidents.column.title'),
        isRowHeader: true,
        width: '3fr',
        cell: incident => (
          <Cell>
            <Link
              href={`${base}/${encodeURIComponent(incident.id)}${search}`}
              style={{ overflowWrap: 'anywhere' }}
            >
              <LogText text={incident.title} />
            </Link>
            {incident.reopened > 0 && (
              <Text as="p" variant="body-x-small" color="secondary">
                {t('incidents.reopenedTimes', { count: incident.reopened })}
              </Text>
            )}
          </Cell>
        ),
      },
      {
        id: 'where',
        label: t('incidents.column.where'),
        width: '2fr',
        cell: incident => (
          <Cell>
            <NameList names={incident.pipelines} />
            <NameList names={incident.jobs} isSecondary />
          </Cell>
        ),
      },
      {
        id: 'occurrences',
        label: t('incidents.column.occurrences'),
        width: 140,
        cell: incident => (
          <Cell>
            <Text as="p">{incident.occurrences}</Text>
            <Text as="p" variant="body-x-small" color="secondary">
              {t('incidents.branches', { count: incident.branches.length })}
            </Text>
          </Cell>
        ),
      },
      {
        id: 'firstSeen',
        label: t('incidents.column.firstSeen'),
        width: 130,
        cell: incident => (
          <Cell>
            <RelativeTime at={incident.firstSeenAt} />
          </Cell>
        ),
      },
      {
        id: 'lastSeen',
        label: t('incidents.column.lastSeen'),
        width: 130,
        cell: incident => (
          <Cell>
            <RelativeTime at={incident.lastSeenAt} />
          </Cell>
        ),
      },
      {
        id: 'open',
        label: t('incidents.column.open'),
        width: 110,
        cell: incident => (
          <Cell>
            <TimeOpen incident={incident} />
          </Cell>
        ),
      },
    ],
    [t, base, search],
  );
  return (
    <Table
      columnConfig={columns}
      data={props.incidents}
      pagination={{ type: 'none' }}
    />
  );
}
