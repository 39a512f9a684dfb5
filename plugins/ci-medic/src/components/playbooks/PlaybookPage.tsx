import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Playbook } from '@ci-medic/plugin-ci-medic-common';
import { Flex, Link, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { useParams, useResolvedPath } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { useRefreshable, useUpdates } from '../live';
import { LogText } from '../log';
import { ErrorState, LoadingState, StaleNotice } from '../states';
import { PlaybookBasis } from './PlaybookBasis';
import { PlaybookDocsLink } from './PlaybookDocsLink';
import { PlaybookNotesSection } from './PlaybookNotesSection';
import { PlaybookSections } from './PlaybookSections';
import { PlaybookVersions } from './PlaybookVersions';

/**
 * One playbook, whole.
 */
export function PlaybookPage() {
  const { playbookId = '' } = useParams();
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const base = useResolvedPath('..', { relative: 'path' }).pathname;
  const { value, error, refresh } = useRefreshable<Playbook>(
    useCallback(
      signal => api.getPlaybook({ playbookId }, { signal }),
      [api, playbookId],
    ),
  );
  useUpdates({ channel: 'ci-medic:playbooks', onUpdate: refresh });
  return (
    <Flex direction="column" gap="4" style={{ minWidth: 0 }}>
      <Link href={base}>{t('playbooks.back')}</Link>
      {value && error && <StaleNotice error={error} onRetry={refresh} />}
      {!value && error && <ErrorState error={error} onRetry={refresh} />}
      {!value && !error && <LoadingState />}
      {value && (
        <>
          <div>
            <Text
              as="h2"
              variant="title-small"
              style={{ overflowWrap: 'anywhere' }}
            >
              <LogText text={value.title} />
            </Text>
            <PlaybookBasis playbook={value} />
            {value.description && <Text as="p">{value.description}</Text>}
            <PlaybookDocsLink playbookId={value.id} />
          </div>
          <PlaybookSections playbook={value} />
          <PlaybookNotesSection playbook={value} onSaved={refresh} />
          <PlaybookVersions playbook={value} />
        </>
      )}
    </Flex>
  );
}
