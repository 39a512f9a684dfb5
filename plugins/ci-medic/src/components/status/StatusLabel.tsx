import { VisuallyHidden } from '@backstage/ui';
import { RemixiconComponentType } from '@remixicon/react';
import styles from './StatusLabel.module.css';

/** What a state means to the reader; says the same as icon and text, once more by colour. */
export type StatusTone = 'good' | 'bad' | 'doubtful' | 'active' | 'quiet';

/**
 * A state as icon and text, so that it does not depend on colour.
 */
export function StatusLabel(props: {
  icon: RemixiconComponentType;
  tone: StatusTone;
  text: string;
  /** Shows the icon alone; the text is still there for screen readers and under the pointer. */
  iconOnly?: boolean;
}) {
  const { icon: Icon, tone, text, iconOnly } = props;
  return (
    <span
      className={styles.label}
      data-tone={tone}
      title={iconOnly ? text : undefined}
    >
      <Icon className={styles.icon} size={16} aria-hidden />
      {iconOnly ? <VisuallyHidden>{text}</VisuallyHidden> : text}
    </span>
  );
}
