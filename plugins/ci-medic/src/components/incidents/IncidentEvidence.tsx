import { IncidentDetail } from '@ci-medic/plugin-ci-medic-common';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useCallback } from 'react';
import { useLocation, useResolvedPath } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { ExplainingLines } from '../log';
import { EmptyState } from '../states';
import { Section } from '../layout';
import { useRefreshable } from '../live';

/**
 * The log lines that an incident rests on.
 */
export function IncidentEvidence(props: { detail: IncidentDetail }) {
  const { evidence, occurrences } = props.detail;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { search } = useLocation();
  const base = useResolvedPath('.').pathname;
  const jobId = evidence?.jobId ?? occurrences[0]?.jobId;
  const occurrence = occurrences.find(one => one.jobId === jobId);
  const { runId, attempt } = occurrence ?? {};
  // Only for what is known of the log, such as redactions: without it, the lines are still evidence.
  const { value: run } = useRefreshable(
    useCallback(
      async signal =>
        runId ? api.getRun({ runId, attempt }, { signal }) : undefined,
      [api, runId, attempt],
    ),
  );
  const log = run?.jobs.find(job => job.id === jobId)?.log;
  const isLogUnread = log && log.state !== 'stored';

  return (
    <Section title={t('incidents.detail.evidence')}>
      {jobId && (evidence || isLogUnread) ? (
        <ExplainingLines
          jobId={jobId}
          explanation={evidence}
          log={log}
          logPath={`${base}/logs/${encodeURIComponent(jobId)}${search}`}
          url={occurrence?.url}
        />
      ) : (
        <EmptyState
          title={t('incidents.detail.noEvidence')}
          description={t('incidents.detail.noEvidenceReason')}
        />
      )}
    </Section>
  );
}
