import { LogLine } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { memo, useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from './LogText';
import styles from './LogLines.module.css';

/** A browser lays out a line of this length without a pause; the rest is shown on demand. */
const SHOWN_CHARACTERS = 4_000;

/**
 * One line of a log as a row of a table: number, level, text.
 */
export const LogLineRow = memo(function LineRow(props: {
  line: LogLine;
  /** The line is one of those that explain the failure. */
  explains?: boolean;
  /** The line that the address or the keyboard points at. */
  current?: boolean;
  /** Makes the number a link to the line. */
  href?: string;
  /** Whether Tab reaches the link. */
  tabbable?: boolean;
  sought?: string;
}) {
  const { line, explains, current, href, tabbable, sought } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [whole, setWhole] = useState(false);
  const hiddenCharacters = whole
    ? 0
    : Math.max(0, line.text.length - SHOWN_CHARACTERS);
  const text = hiddenCharacters
    ? line.text.slice(0, SHOWN_CHARACTERS)
    : line.text;
  const levelName = line.level === 'info' ? '' : t(`log.level.${line.level}`);

  return (
    <tr
      className={styles.row}
      data-level={line.level}
      data-line={line.number}
      data-explains={explains || undefined}
      aria-rowindex={line.number + 1}
      aria-current={current ? 'location' : undefined}
    >
      <th scope="row" className={styles.number}>
        {href ? (
          <a
            href={href}
            tabIndex={tabbable ? 0 : -1}
            aria-label={t('log.lineLink', { line: String(line.number) })}
          >
            {line.number}
          </a>
        ) : (
          line.number
        )}
      </th>
      <td className={styles.level}>{levelName}</td>
      <td className={styles.text}>
        <LogText text={text} sought={sought} />
        {hiddenCharacters > 0 && (
          <button
            type="button"
            className={styles.inlineButton}
            onClick={() => setWhole(true)}
          >
            {t('log.showWholeLine', { count: hiddenCharacters })}
          </button>
        )}
        {line.truncatedBytes !== undefined && (
          <span className={styles.note}>
            {t('log.truncated', { count: line.truncatedBytes })}
          </span>
        )}
      </td>
    </tr>
  );
});
