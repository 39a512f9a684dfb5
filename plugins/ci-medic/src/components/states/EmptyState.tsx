import { Flex, Text } from '@backstage/ui';
import { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/**
 * Stands where there is nothing to show, and says why.
 */
export function EmptyState(props: {
  title: ReactNode;
  description?: ReactNode;
  action?: ReactNode;
}) {
  const { title, description, action } = props;
  return (
    <div className={styles.root}>
      <Text as="p" variant="body-large" weight="bold">
        {title}
      </Text>
      {description && (
        <Text as="p" color="secondary" className={styles.description}>
          {description}
        </Text>
      )}
      {action && <Flex mt="2">{action}</Flex>}
    </div>
  );
}
