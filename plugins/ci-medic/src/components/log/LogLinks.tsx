import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink, Flex } from '@backstage/ui';
import { useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { lineHash } from './lineHash';
import { LogViewer } from './LogViewer';
import { webAddress } from './webAddress';

/**
 * The ways from an excerpt to the whole log, here and in the CI system.
 */
export function LogLinks(props: {
  jobId: string;
  /** Whether the log can be read here. */
  canOpen?: boolean;
  /** Path in the portal that shows the whole log; without it, the log opens in place. */
  path?: string;
  /** Line to begin at. */
  line?: number;
  /** Page of the job in the CI system. */
  url?: string;
}) {
  const { jobId, canOpen, path, line } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  const url = webAddress(props.url);
  return (
    <>
      <Flex gap="2" style={{ flexWrap: 'wrap' }}>
        {canOpen && path && (
          <ButtonLink
            size="small"
            variant="secondary"
            href={line ? `${path}${lineHash(line)}` : path}
          >
            {t('log.explained.openLog')}
          </ButtonLink>
        )}
        {canOpen && !path && (
          <Button
            size="small"
            variant="secondary"
            aria-expanded={isOpen}
            onPress={() => setIsOpen(!isOpen)}
          >
            {t('log.explained.openLog')}
          </Button>
        )}
        {url && (
          <ButtonLink
            size="small"
            variant="tertiary"
            href={url}
            target="_blank"
            rel="noopener noreferrer"
          >
            {t('log.explained.openProvider')}
          </ButtonLink>
        )}
      </Flex>
      {isOpen && !path && <LogViewer jobId={jobId} line={line} />}
    </>
  );
}
