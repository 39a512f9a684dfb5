import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { RunDetail, TestCase } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Text } from '@backstage/ui';
import { useCallback, useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { OptionSelect, PageButtons, Section } from '../layout';
import { usePages } from '../live';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { countTests } from './countTests';
import { TestCaseTable } from './TestCaseTable';
import { TestCounts } from './TestCounts';

const PAGE_SIZE = 25;

const OUTCOMES = ['failed', 'error', 'skipped', 'passed'] as const;

/** Key of the option that does not narrow. */
const ANY = '';

/**
 * The test cases of an attempt, failed ones first, a page at a time.
 */
export function TestCaseSection(props: { detail: RunDetail }) {
  const { detail } = props;
  const { id: runId, attempt } = detail.run;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [search, setSearch] = useSearchParams();
  const outcome = OUTCOMES.find(one => one === search.get('tests'));
  const pages = usePages<TestCase>(
    useCallback(
      (cursor, signal) =>
        api.listTestCases(
          { runId, attempt, outcome, cursor, limit: PAGE_SIZE },
          { signal },
        ),
      [api, runId, attempt, outcome],
    ),
  );
  const { value, error, refresh } = pages;
  const counts = countTests(detail);
  const { passed, failed, skipped } = counts;
  const total = passed + failed + skipped;
  const { tests: loose } = detail;
  const unassigned = loose.passed + loose.failed + loose.skipped;

  // Reports are read after the jobs: more test cases may come while the run is on the screen.
  const shown = useRef(total);
  useEffect(() => {
    if (shown.current !== total) {
      shown.current = total;
      refresh();
    }
  }, [total, refresh]);

  return (
    <Section
      title={t('run.tests.title')}
      actions={
        <OptionSelect
          hidesLabel
          label={t('run.tests.outcome')}
          options={[
            { value: ANY, label: t('run.tests.anyOutcome') },
            ...OUTCOMES.map(one => ({
              value: one,
              label: t(`status.outcome.${one}`),
            })),
          ]}
          value={outcome ?? ANY}
          onChange={chosen =>
            setSearch(
              before => {
                const after = new URLSearchParams(before);
                if (chosen) {
                  after.set('tests', chosen);
                } else {
                  after.delete('tests');
                }
                return after;
              },
              { replace: true },
            )
          }
        />
      }
    >
      {total > 0 && (
        <Flex gap="3" style={{ flexWrap: 'wrap' }}>
          <TestCounts tests={counts} countsOnly />
          {unassigned > 0 && (
            <Text variant="body-small" color="secondary">
              {t('run.tests.unassigned', { count: unassigned })}
            </Text>
          )}
        </Flex>
      )}
      {!value && error && <ErrorState error={error} onRetry={refresh} />}
      {!value && !error && <LoadingState />}
      {value?.items.length === 0 && (
        <EmptyState
          title={t(outcome ? 'run.tests.noMatch' : 'run.tests.none')}
          description={outcome ? undefined : t('run.tests.noneReason')}
        />
      )}
      {value && value.items.length > 0 && (
        <TestCaseTable testCases={value.items} jobs={detail.jobs} />
      )}
      <PageButtons pages={pages} />
    </Section>
  );
}
