import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Link } from '@backstage/ui';
import { ReactNode, useCallback } from 'react';
import {
  useLocation,
  useParams,
  useResolvedPath,
  useSearchParams,
} from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { useRefreshable, useUpdates } from '../live';
import { EmptyState, ErrorState, LoadingState, StaleNotice } from '../states';
import { JobList } from './JobList';
import { overviewSearch } from './overviewSearch';
import { RunHeader } from './RunHeader';
import { RunProblems } from './RunProblems';
import { TestCaseSection } from './TestCaseSection';

/**
 * One attempt of a run: the latest, or the one that the address asks for.
 */
export function RunPage() {
  const { runId = '' } = useParams();
  const [search] = useSearchParams();
  const asked = Number(search.get('attempt'));
  const attempt = Number.isInteger(asked) && asked > 0 ? asked : undefined;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const overviewPath = useResolvedPath('..').pathname;
  const overview = `${overviewPath}${overviewSearch(useLocation().search)}`;
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.getRun({ runId, attempt }, { signal }),
      [api, runId, attempt],
    ),
  );
  useUpdates({ channel: 'ci-medic:runs', id: runId, onUpdate: refresh });

  let content: ReactNode;
  if (value) {
    content = (
      <>
        <RunHeader detail={value} />
        <RunProblems problems={value.problems} />
        <JobList detail={value} />
        <TestCaseSection
          key={`${value.run.id}:${value.run.attempt}`}
          detail={value}
        />
      </>
    );
  } else if (error?.name === 'NotFoundError') {
    content = (
      <EmptyState
        title={t('run.notFound')}
        description={t('run.notFoundReason')}
      />
    );
  } else if (error) {
    content = <ErrorState error={error} onRetry={refresh} />;
  } else {
    content = <LoadingState />;
  }
  return (
    <Flex direction="column" gap="5" style={{ minWidth: 0 }}>
      <Link href={overview} standalone>
        ← {t('run.back')}
      </Link>
      {value && error && <StaleNotice error={error} onRetry={refresh} />}
      {content}
    </Flex>
  );
}
