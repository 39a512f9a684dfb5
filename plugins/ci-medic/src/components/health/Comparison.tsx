import { Text } from '@backstage/ui';
import {
  RiArrowDownLine,
  RiArrowRightLine,
  RiArrowUpLine,
} from '@remixicon/react';
import { ReactNode } from 'react';
import styles from './Comparison.module.css';

const ICONS = {
  up: RiArrowUpLine,
  down: RiArrowDownLine,
  same: RiArrowRightLine,
};

/**
 * How a figure moved since the window before, in words; the arrow and its colour repeat them.
 */
export function Comparison(props: {
  direction: 'up' | 'down' | 'same';
  tone: 'better' | 'worse' | 'neither';
  children: ReactNode;
}) {
  const { direction, tone, children } = props;
  const Icon = ICONS[direction];
  return (
    <div className={styles.comparison}>
      <Icon className={styles.icon} data-tone={tone} size={16} aria-hidden />
      <Text as="p" variant="body-small">
        {children}
      </Text>
    </div>
  );
}
