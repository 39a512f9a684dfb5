import { Text } from '@backstage/ui';
import { LogText } from '../log';

/**
 * Sentences under a heading; nothing where there are none.
 */
export function TextList(props: { title: string; texts: string[] }) {
  const { title, texts } = props;
  return texts.length === 0 ? null : (
    <div>
      <Text as="h4" weight="bold">
        {title}
      </Text>
      <ul aria-label={title} style={{ margin: 0 }}>
        {texts.map((text, index) => (
          <li key={index}>
            <Text>
              <LogText text={text} />
            </Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
