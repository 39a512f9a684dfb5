import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { TestHistory } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Link, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Facts, Section } from '../layout';
import { useRefreshable, useUpdates } from '../live';
import { LogText } from '../log';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { ExecutionTable } from './ExecutionTable';
import { FlipRate } from './FlipRate';
import { OutcomeStrip } from './OutcomeStrip';
import { TestVerdictLabel } from './TestVerdictLabel';
import { useSeriesPaths } from './useSeriesPaths';

/**
 * One test: how reliable it is and why, and all that came of it lately.
 */
export function TestPage() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { testId = '' } = useParams();
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const paths = useSeriesPaths();
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.getTestHistory({ entityRef, testId }, { signal }),
      [api, entityRef, testId],
    ),
  );
  useUpdates({ channel: 'ci-medic:runs', onUpdate: refresh });
  return (
    <Flex direction="column" gap="4" style={{ minWidth: 0 }}>
      <Link href={paths.tests} standalone>
        ← {t('series.tests.back')}
      </Link>
      {!value && error?.name === 'NotFoundError' && (
        <EmptyState title={t('series.tests.notFound')} />
      )}
      {!value && error && error.name !== 'NotFoundError' && (
        <ErrorState error={error} onRetry={refresh} />
      )}
      {!value && !error && <LoadingState />}
      {value && <HistoryOfTest history={value} />}
    </Flex>
  );
}

function HistoryOfTest(props: { history: TestHistory }) {
  const { test, executions, total, subjectIds } = props.history;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const paths = useSeriesPaths();
  return (
    <>
      <Flex direction="column" gap="2" style={{ overflowWrap: 'anywhere' }}>
        <Text as="h2" variant="title-small">
          <LogText text={test.name} />
        </Text>
        <TestVerdictLabel verdict={test.verdict} />
        <Text as="p">
          <LogText text={test.sentence} />
        </Text>
        <Facts
          facts={[
            { name: t('series.tests.pipeline'), value: test.pipeline },
            { name: t('series.tests.job'), value: test.job },
            { name: t('series.tests.file'), value: test.file },
            {
              name: t('series.tests.rate'),
              value: <FlipRate flips={test.flips} />,
            },
            {
              name: t('series.tests.together'),
              value: test.correlations.length > 0 && (
                <LogText text={test.correlations.join('; ')} />
              ),
            },
            {
              name: t('series.tests.cost'),
              value: t('series.tests.costMinutes', {
                minutes: test.costMinutes.toFixed(1),
              }),
            },
          ]}
        />
      </Flex>
      <Section title={t('series.tests.history')}>
        <Text as="p" variant="body-small" color="secondary">
          {t('series.tests.historyOf', {
            shown: String(executions.length),
            total: String(total),
          })}
        </Text>
        {subjectIds.length > 0 && (
          <Link href={paths.seriesOf(subjectIds[0], 'duration')} standalone>
            {t('series.tests.durations')}
          </Link>
        )}
        <OutcomeStrip executions={executions} />
        <ExecutionTable executions={executions} />
      </Section>
    </>
  );
}
