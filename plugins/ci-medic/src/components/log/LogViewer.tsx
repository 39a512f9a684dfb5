import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import { useMemo, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { ciMedicTranslationRef } from '../../translation';
import { EmptyState, ErrorState, LoadingState } from '../states';
import { hasMatch } from './highlight';
import { lineOfHash } from './lineHash';
import { LogToolbar } from './LogToolbar';
import { LogWindowTable } from './LogWindowTable';
import { OmittedNote } from './OmittedNote';
import { useLogPosition } from './useLogPosition';
import { useLogWindow } from './useLogWindow';

/**
 * A job's whole log: a stretch of its lines at a time, with groups to fold, a search in what is loaded, and an
 * address (`#L123`) for each line.
 */
export function LogViewer(props: {
  jobId: string;
  /** Line to begin at; the address wins. */
  line?: number;
}) {
  // What is loaded, folded and sought belongs to one log.
  return <LogOfJob key={props.jobId} {...props} />;
}

function LogOfJob(props: { jobId: string; line?: number }) {
  const { jobId, line } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { hash } = useLocation();
  const [sought, setSought] = useState('');
  const [wrap, setWrap] = useState(false);
  const log = useLogWindow(jobId);
  const { position, goTo, folded, setFolded } = useLogPosition({
    log,
    asked: lineOfHash(hash) ?? line,
  });
  const { lines, totalLines } = log;
  const matches = useMemo(
    () =>
      sought
        ? lines.flatMap(({ number, text }) =>
            hasMatch(text, sought) ? [number] : [],
          )
        : [],
    [lines, sought],
  );
  const first = lines[0]?.number ?? 1;
  const last = lines.at(-1)?.number ?? 0;

  if (lines.length === 0) {
    if (log.error) {
      return <ErrorState error={log.error} onRetry={log.retry} />;
    }
    return log.pending ? (
      <LoadingState />
    ) : (
      <EmptyState title={t('log.empty')} />
    );
  }
  return (
    <Flex direction="column" gap="2" style={{ minWidth: 0 }}>
      <LogToolbar
        totalLines={totalLines}
        line={position?.line}
        sought={sought}
        matches={matches}
        wrap={wrap}
        onSeek={setSought}
        onGoTo={goTo}
        onWrap={setWrap}
      />
      <Flex gap="3" align="center">
        <Text as="p" variant="body-small" color="secondary" role="status">
          {t('log.lines', {
            start: String(first),
            end: String(last),
            total: String(totalLines),
          })}
        </Text>
        {first > 1 && (
          <Button
            size="small"
            variant="secondary"
            isPending={log.pending === 'earlier'}
            onPress={log.showEarlier}
          >
            {t('log.showEarlier')}
          </Button>
        )}
      </Flex>
      {log.error && <ErrorState error={log.error} onRetry={log.retry} />}
      <OmittedNote omitted={log.omitted} />
      <LogWindowTable
        log={log}
        position={position}
        folded={folded}
        sought={sought}
        wrap={wrap}
        onFold={setFolded}
        onMove={goTo}
      />
      {last < totalLines && (
        <Flex>
          <Button
            size="small"
            variant="secondary"
            isPending={log.pending === 'later'}
            onPress={log.showLater}
          >
            {t('log.showLater')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}
