import { Button, Flex, Text } from '@backstage/ui';
import { AlertPreview } from '@ci-medic/plugin-ci-medic-common';
import { Fragment, ReactNode } from 'react';
import { OutsideLink } from '../links';
import { LogText } from '../log';
import { readSlackBlocks, SlackPart, SlackText } from './readSlackBlocks';
import styles from './SlackPreview.module.css';

/**
 * What a message looks like in Slack. In place of its buttons stands what the reader can press here.
 */
export function SlackPreview(props: {
  preview: AlertPreview;
  label: string;
  buttons: ReactNode;
}) {
  const { preview, label, buttons } = props;
  return (
    <article className={styles.message} aria-label={label}>
      {readSlackBlocks(preview).map((part, index) => (
        <Fragment key={index}>
          {part.kind === 'actions' ? (
            <Flex gap="2" style={{ flexWrap: 'wrap' }}>
              {buttons}
              {part.buttons
                .filter(({ url }) => url)
                .map(({ text }) => (
                  // It leads to where the reader is already.
                  <Button key={text} size="small" variant="tertiary" isDisabled>
                    {text}
                  </Button>
                ))}
            </Flex>
          ) : (
            <Part part={part} />
          )}
        </Fragment>
      ))}
    </article>
  );
}

function Part({ part }: { part: Exclude<SlackPart, { kind: 'actions' }> }) {
  switch (part.kind) {
    case 'header':
      return (
        <Text as="p" weight="bold" variant="body-large">
          <LogText text={part.text} />
        </Text>
      );
    case 'section':
      return (
        <Text as="p" className={styles.section}>
          <Line texts={part.texts} />
        </Text>
      );
    case 'quotation':
      return (
        <pre className={styles.quotation}>
          {part.text.split('\n').map((line, index) => (
            <Fragment key={index}>
              {index > 0 && '\n'}
              <LogText text={line} />
            </Fragment>
          ))}
        </pre>
      );
    case 'list': {
      const List = part.isOrdered ? 'ol' : 'ul';
      return (
        <List className={styles.list}>
          {part.items.map((texts, index) => (
            <li key={index}>
              <Text>
                <Line texts={texts} />
              </Text>
            </li>
          ))}
        </List>
      );
    }
    default:
      return (
        <div>
          {part.texts.map((text, index) => (
            <Text as="p" variant="body-small" color="secondary" key={index}>
              <LogText text={text} />
            </Text>
          ))}
        </div>
      );
  }
}

function Line({ texts }: { texts: SlackText[] }) {
  return (
    <>
      {texts.map(({ text, url, isBold }, index) => {
        const shown = text
          .split('\n')
          .flatMap((line, number) => [
            ...(number > 0 ? ['\n'] : []),
            <LogText key={number} text={line} />,
          ]);
        if (url) {
          return (
            <OutsideLink key={index} url={url}>
              {shown}
            </OutsideLink>
          );
        }
        return isBold ? (
          <strong key={index}>{shown}</strong>
        ) : (
          <Fragment key={index}>{shown}</Fragment>
        );
      })}
    </>
  );
}
