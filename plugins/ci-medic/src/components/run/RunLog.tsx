import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Link } from '@backstage/ui';
import { useCallback } from 'react';
import { useLocation, useParams, useResolvedPath } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { useRefreshable } from '../live';
import { LogViewer } from '../log';

/**
 * The whole log of a job, at an address of its own.
 */
export function RunLog() {
  const { runId = '', jobId = '' } = useParams();
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { search } = useLocation();
  const overviewPath = useResolvedPath('..').pathname.replace(/\/$/, '');
  const runPath = `${overviewPath}/runs/${encodeURIComponent(runId)}`;
  const asked = Number(new URLSearchParams(search).get('attempt'));
  const attempt = Number.isInteger(asked) && asked > 0 ? asked : undefined;
  // Only for the name of the job: without it, the log can still be read.
  const { value } = useRefreshable(
    useCallback(
      signal => api.getRun({ runId, attempt }, { signal }),
      [api, runId, attempt],
    ),
  );
  const job = value?.jobs.find(({ id }) => id === jobId);
  return (
    <Flex direction="column" gap="4" style={{ minWidth: 0 }}>
      <Link href={`${runPath}${search}`} standalone>
        ← {t('run.backToRun')}
      </Link>
      <Section
        title={job ? t('run.log', { job: job.name }) : t('run.unnamedLog')}
      >
        <LogViewer jobId={jobId} />
      </Section>
    </Flex>
  );
}
