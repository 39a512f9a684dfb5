import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Job } from '@ci-medic/plugin-ci-medic-common';
import { ButtonLink, Flex, Text } from '@backstage/ui';
import { useLocation, useResolvedPath } from 'react-router-dom';
import { ciMedicTranslationRef } from '../../translation';
import { OutsideLink } from '../links';
import { ExplainingLines } from '../log';
import { needsAttention } from './needsAttention';

/**
 * What the log of a job says: the lines that explain a failure, and the ways to the whole log.
 */
export function JobLog(props: { job: Job }) {
  const { job } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { search } = useLocation();
  const base = useResolvedPath('.').pathname.replace(/\/$/, '');
  const logPath = `${base}/logs/${encodeURIComponent(job.id)}${search}`;
  if (needsAttention(job)) {
    return (
      <Flex direction="column" gap="2" style={{ minWidth: 0 }}>
        <Text as="h5" variant="body-large" weight="bold">
          {t('log.explained.title')}
        </Text>
        <ExplainingLines
          jobId={job.id}
          log={job.log}
          logPath={logPath}
          url={job.url}
        />
      </Flex>
    );
  }
  return (
    <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
      {job.log.state === 'stored' && (
        <ButtonLink size="small" variant="secondary" href={logPath}>
          {t('run.openLog')}
        </ButtonLink>
      )}
      {job.url && (
        <OutsideLink url={job.url}>{t('run.openProvider')}</OutsideLink>
      )}
    </Flex>
  );
}
