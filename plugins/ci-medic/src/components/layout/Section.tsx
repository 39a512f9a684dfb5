import { Flex, Text } from '@backstage/ui';
import { ReactNode, useId } from 'react';

/**
 * A part of a page under its own heading.
 */
export function Section(props: {
  title: string;
  /** Stands at the end of the heading's line. */
  actions?: ReactNode;
  /** Id by which other parts of the page lead here. */
  anchor?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      id={props.anchor}
      tabIndex={props.anchor ? -1 : undefined}
      style={{ minWidth: 0 }}
    >
      <Flex direction="column" gap="2" style={{ minWidth: 0 }}>
        <Flex justify="between" align="center" style={{ flexWrap: 'wrap' }}>
          <Text as="h3" id={id} variant="title-x-small">
            {props.title}
          </Text>
          {props.actions}
        </Flex>
        {props.children}
      </Flex>
    </section>
  );
}
