import { LogRange, ToolFinding } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from './LogText';
import { webAddress } from './webAddress';

const MOST_SHOWN = 5;

/**
 * What tools said in a range: the place in the source as it was at the commit, and what a rule of the adopter advises.
 */
export function RangeFindings(props: {
  range: Pick<LogRange, 'start' | 'end'>;
  findings: ToolFinding[];
}) {
  const { range, findings } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const shown = findings
    .filter(({ line }) => line >= range.start && line <= range.end)
    .filter(({ file, advice }) => file || advice)
    .slice(0, MOST_SHOWN);
  if (shown.length === 0) {
    return null;
  }
  return (
    <Flex direction="column" gap="1">
      {shown.map(finding => {
        const { tool, rule, advice } = finding;
        const url = webAddress(finding.url);
        const place = placeOf(finding);
        return (
          <Text
            key={`${finding.line}:${place}`}
            as="p"
            variant="body-small"
            color="secondary"
          >
            <LogText text={advice ? rule ?? tool : tool} />
            {place && ' · '}
            {place && url && (
              <Link href={url} target="_blank" rel="noopener noreferrer">
                {t('log.explained.source', { place })}
              </Link>
            )}
            {place && !url && <LogText text={place} />}
            {advice && ' · '}
            {advice && <LogText text={advice} />}
          </Text>
        );
      })}
    </Flex>
  );
}

function placeOf({ file, sourceLine, column }: ToolFinding): string {
  return [file, sourceLine, column].filter(Boolean).join(':');
}
