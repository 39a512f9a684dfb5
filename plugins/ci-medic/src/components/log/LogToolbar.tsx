import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  ButtonIcon,
  Flex,
  NumberField,
  SearchField,
  Switch,
  Text,
} from '@backstage/ui';
import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import { useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { CopyLineLink } from './CopyLineLink';

/**
 * Search, jump, wrap and copy for a log.
 */
export function LogToolbar(props: {
  totalLines: number;
  /** Line that a link can be copied to. */
  line?: number;
  sought: string;
  /** Lines that the sought text stands in. */
  matches: number[];
  wrap: boolean;
  onSeek(text: string): void;
  onGoTo(line: number): void;
  onWrap(wrap: boolean): void;
}) {
  const { totalLines, line, sought, matches, wrap } = props;
  const { onSeek, onGoTo, onWrap } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [wanted, setWanted] = useState(NaN);
  const next = matches.find(number => number > (line ?? 0)) ?? matches[0];
  const previous =
    matches.findLast(number => number < (line ?? 0)) ?? matches.at(-1);

  return (
    <Flex direction="column" gap="1">
      <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
        <Flex gap="1" align="center">
          <SearchField
            size="small"
            aria-label={t('log.search')}
            placeholder={t('log.search')}
            value={sought}
            onChange={onSeek}
            onSubmit={() => next !== undefined && onGoTo(next)}
          />
          <ButtonIcon
            size="small"
            variant="secondary"
            aria-label={t('log.previousMatch')}
            icon={<RiArrowUpLine />}
            isDisabled={matches.length === 0}
            onPress={() => onGoTo(previous!)}
          />
          <ButtonIcon
            size="small"
            variant="secondary"
            aria-label={t('log.nextMatch')}
            icon={<RiArrowDownLine />}
            isDisabled={matches.length === 0}
            onPress={() => onGoTo(next!)}
          />
        </Flex>
        <form
          style={{ flexShrink: 0 }}
          onSubmit={event => {
            event.preventDefault();
            if (wanted > 0) {
              onGoTo(wanted);
            }
          }}
        >
          <Flex gap="1" align="center">
            <div style={{ width: '11rem' }}>
              <NumberField
                size="small"
                aria-label={t('log.lineNumber')}
                placeholder={t('log.lineNumber')}
                minValue={1}
                maxValue={Math.max(1, totalLines)}
                formatOptions={{ maximumFractionDigits: 0, useGrouping: false }}
                value={wanted}
                onChange={setWanted}
              />
            </div>
            <Button type="submit" size="small" variant="secondary">
              {t('log.jump')}
            </Button>
          </Flex>
        </form>
        <Switch label={t('log.wrap')} isSelected={wrap} onChange={onWrap} />
        {line !== undefined && <CopyLineLink line={line} />}
      </Flex>
      {sought && (
        <Text as="p" variant="body-small" color="secondary" role="status">
          {t('log.matches', { count: matches.length })}
        </Text>
      )}
    </Flex>
  );
}
