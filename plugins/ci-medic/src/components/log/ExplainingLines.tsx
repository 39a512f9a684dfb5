import { Explanation, JobLogState } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { ExplainedRange } from './ExplainedRange';
import { ExplanationBasis } from './ExplanationBasis';
import { LogLinks } from './LogLinks';
import { LogUnavailable } from './LogUnavailable';
import { RedactionNote } from './RedactionNote';
import { useExplanation } from './useExplanation';

/**
 * The lines of a job's log that explain its failure, each range with its reason and its surroundings.
 */
export function ExplainingLines(props: {
  jobId: string;
  /** What is known of the log; without it, notes on redaction and reasons are missing. */
  log?: JobLogState;
  /** The explanation, where the caller has it already. */
  explanation?: Explanation;
  /** Path in the portal that shows the whole log; without it, the log opens in place. */
  logPath?: string;
  /** Page of the job in the CI system. */
  url?: string;
}) {
  const { jobId, log, logPath, url } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const isReadable = !log || log.state === 'stored';
  const loaded = useExplanation({
    jobId,
    enabled: isReadable && !props.explanation,
  });
  const explanation = props.explanation ?? loaded.explanation;

  if (!isReadable && !explanation) {
    return (
      <Flex direction="column" gap="2">
        <LogUnavailable log={log} />
        <LogLinks jobId={jobId} url={url} />
      </Flex>
    );
  }
  if (loaded.error && !explanation) {
    return (
      <Flex direction="column" gap="2">
        <ErrorState error={loaded.error} onRetry={loaded.retry} />
        <LogLinks jobId={jobId} url={url} />
      </Flex>
    );
  }
  if (!explanation) {
    return <LoadingState />;
  }
  return (
    <Flex direction="column" gap="3" style={{ minWidth: 0 }}>
      {explanation.ranges.length === 0 && (
        <EmptyState
          title={t('log.explained.nothing')}
          description={t('log.explained.nothingReason')}
        />
      )}
      {explanation.ranges.map(range => (
        <ExplainedRange
          key={`${jobId}:${range.start}-${range.end}`}
          jobId={jobId}
          range={range}
          findings={explanation.findings}
        />
      ))}
      <ExplanationBasis explanation={explanation} />
      <RedactionNote redactions={log?.redactions} />
      <LogLinks
        jobId={jobId}
        url={url}
        path={logPath}
        line={explanation.ranges[0]?.start}
        canOpen={isReadable}
      />
    </Flex>
  );
}
