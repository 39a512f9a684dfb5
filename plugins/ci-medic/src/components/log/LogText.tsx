import { Fragment, memo, ReactNode } from 'react';
import { findMatches } from './highlight';
import { splitHiddenCharacters } from './hiddenCharacters';
import styles from './LogText.module.css';

/**
 * Text that came from outside, such as a log line or an incident's title: never markup, characters that hide or
 * reorder are shown by name, and its writing direction ends where it ends.
 */
export const LogText = memo(function OutsideText(props: {
  text: string;
  /** Marks what matches this, case-insensitive. */
  sought?: string;
}) {
  const { text, sought = '' } = props;
  return (
    <bdi className={styles.text}>
      {splitHiddenCharacters(text).map((part, index) =>
        part.hidden ? (
          <span key={index} className={styles.hidden}>
            {part.text}
          </span>
        ) : (
          <Fragment key={index}>{markMatches(part.text, sought)}</Fragment>
        ),
      )}
    </bdi>
  );
});

function markMatches(text: string, sought: string): ReactNode {
  const matches = findMatches(text, sought);
  if (matches.length === 0) {
    return text;
  }
  const nodes: ReactNode[] = [];
  let from = 0;
  for (const [start, end] of matches) {
    nodes.push(text.slice(from, start));
    nodes.push(
      <mark key={start} className={styles.match}>
        {text.slice(start, end)}
      </mark>,
    );
    from = end;
  }
  nodes.push(text.slice(from));
  return nodes;
}
