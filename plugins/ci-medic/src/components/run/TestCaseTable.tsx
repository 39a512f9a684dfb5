import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Job, TestCase } from '@ci-medic/plugin-ci-medic-common';
import { Badge, Cell, ColumnConfig, Table, Text } from '@backstage/ui';
import { useMemo } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { OutcomeLabel } from '../status';
import { DurationText } from '../time';
import { TestCaseMessage } from './TestCaseMessage';

/**
 * One page of test cases.
 */
export function TestCaseTable(props: { testCases: TestCase[]; jobs: Job[] }) {
  const { testCases, jobs } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const columns = useMemo<ColumnConfig<TestCase>[]>(
    () => [
      {
        id: 'outcome',
        label: t('run.tests.outcome'),
        width: 110,
        cell: ({ outcome, flaky }) => (
          <Cell>
            <OutcomeLabel outcome={outcome} />
            {flaky && <Badge size="small">{t('status.flaky')}</Badge>}
          </Cell>
        ),
      },
      {
        id: 'name',
        label: t('run.tests.name'),
        isRowHeader: true,
        width: '2fr',
        minWidth: 180,
        cell: ({ name, className, suite, file, line }) => {
          const place = file && (line ? `${file}:${line}` : file);
          const context = place ?? className ?? suite;
          return (
            <Cell style={{ overflowWrap: 'anywhere' }}>
              <Text as="p">
                <LogText text={name} />
              </Text>
              {context && (
                <Text as="p" variant="body-x-small" color="secondary">
                  <LogText text={context} />
                </Text>
              )}
            </Cell>
          );
        },
      },
      {
        id: 'message',
        label: t('run.tests.message'),
        width: '3fr',
        minWidth: 200,
        cell: testCase => (
          <Cell style={{ overflowWrap: 'anywhere' }}>
            <TestCaseMessage testCase={testCase} />
          </Cell>
        ),
      },
      {
        id: 'job',
        label: t('run.tests.job'),
        width: '1fr',
        minWidth: 90,
        cell: ({ jobId }) => {
          const job = jobs.find(({ id }) => id === jobId);
          return (
            <Cell style={{ overflowWrap: 'anywhere' }}>
              {job ? <LogText text={job.name} /> : t('run.tests.noJob')}
            </Cell>
          );
        },
      },
      {
        id: 'duration',
        label: t('run.duration'),
        width: 110,
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
    ],
    [t, jobs],
  );
  return (
    <Table
      columnConfig={columns}
      data={testCases}
      pagination={{ type: 'none' }}
    />
  );
}
