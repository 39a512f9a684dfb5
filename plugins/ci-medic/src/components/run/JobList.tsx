import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Job, RunDetail } from '@ci-medic/plugin-ci-medic-common';
import { Flex } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { EmptyState } from '../states';
import { JobPanel } from './JobPanel';
import { needsAttention } from './needsAttention';

/**
 * The jobs of an attempt; the first that failed is open.
 */
export function JobList(props: { detail: RunDetail }) {
  const { jobs } = props.detail;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  // Stable: among themselves, jobs stay in the order of the CI system.
  const ordered: Job[] = [
    ...jobs.filter(needsAttention),
    ...jobs.filter(job => !needsAttention(job)),
  ];
  return (
    <Section title={t('run.jobs')}>
      {jobs.length === 0 && (
        <EmptyState
          title={t('run.noJobs')}
          description={t('run.noJobsReason')}
        />
      )}
      <Flex direction="column" gap="2">
        {ordered.map((job, index) => (
          <JobPanel
            key={job.id}
            job={job}
            isOpenAtFirst={
              jobs.length === 1 || (index === 0 && needsAttention(job))
            }
          />
        ))}
      </Flex>
    </Section>
  );
}
