import { Explanation, LogLine } from '@ci-medic/plugin-ci-medic-common';
import { toError } from '@backstage/errors';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Flex, Text } from '@backstage/ui';
import { useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { ErrorState } from '../states';
import { LogLineRow } from './LogLineRow';
import { LogLinesTable } from './LogLinesTable';
import { LogText } from './LogText';
import { RangeFindings } from './RangeFindings';

/** Lines of context that one press adds. */
const MORE_LINES = 5;

/**
 * One range that explains a failure, with the lines around it.
 */
export function ExplainedRange(props: {
  jobId: string;
  range: Explanation['ranges'][number];
  /** What tools said in the whole log. */
  findings: Explanation['findings'];
}) {
  const { jobId, range, findings } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [before, setBefore] = useState<LogLine[]>(range.before);
  const [after, setAfter] = useState<LogLine[]>(range.after);
  const [totalLines, setTotalLines] = useState<number>();
  const [pending, setPending] = useState<'above' | 'below'>();
  const [failure, setFailure] = useState<{
    error: Error;
    direction: 'above' | 'below';
  }>();
  const first = before[0]?.number ?? range.start;
  const last = after.at(-1)?.number ?? range.end;
  const above = Math.min(MORE_LINES, first - 1);
  const below = Math.min(MORE_LINES, (totalLines ?? Infinity) - last);

  const expand = async (direction: 'above' | 'below') => {
    setPending(direction);
    setFailure(undefined);
    try {
      const page = await api.getLog(
        direction === 'above'
          ? { jobId, from: first - above, limit: above }
          : { jobId, from: last + 1, limit: MORE_LINES },
      );
      setTotalLines(page.totalLines);
      if (direction === 'above') {
        setBefore(lines => [...page.lines, ...lines]);
      } else {
        setAfter(lines => [...lines, ...page.lines]);
      }
    } catch (error) {
      setFailure({ error: toError(error), direction });
    } finally {
      setPending(undefined);
    }
  };

  const start = String(range.start);
  const label =
    range.start === range.end
      ? t('log.explained.rangeOne', { start, message: range.message })
      : t('log.explained.range', {
          start,
          end: String(range.end),
          message: range.message,
        });
  return (
    <Flex direction="column" gap="1" style={{ minWidth: 0 }}>
      <Text as="p" variant="body-medium">
        <LogText text={label} />
      </Text>
      <RangeFindings range={range} findings={findings} />
      {above > 0 && (
        <Flex>
          <Button
            size="small"
            variant="tertiary"
            isPending={pending === 'above'}
            onPress={() => expand('above')}
          >
            {t('log.explained.above', { count: above })}
          </Button>
        </Flex>
      )}
      <LogLinesTable label={label}>
        {before.map(line => (
          <LogLineRow key={line.number} line={line} />
        ))}
        {range.lines.map(line => (
          <LogLineRow key={line.number} line={line} explains />
        ))}
        {after.map(line => (
          <LogLineRow key={line.number} line={line} />
        ))}
      </LogLinesTable>
      {below > 0 && (
        <Flex>
          <Button
            size="small"
            variant="tertiary"
            isPending={pending === 'below'}
            onPress={() => expand('below')}
          >
            {t('log.explained.below', { count: below })}
          </Button>
        </Flex>
      )}
      {failure && (
        <ErrorState
          error={failure.error}
          onRetry={() => expand(failure.direction)}
        />
      )}
    </Flex>
  );
}
