import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { Fragment } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';

const SHOWN_NAMES = 2;

/**
 * A few names from outside, and how many more there are.
 */
export function NameList(props: { names: string[]; isSecondary?: boolean }) {
  const { names, isSecondary } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const more = names.length - SHOWN_NAMES;
  return (
    <Text
      as="p"
      variant={isSecondary ? 'body-x-small' : 'body-medium'}
      color={isSecondary ? 'secondary' : 'primary'}
      style={{ overflowWrap: 'anywhere' }}
    >
      {names.slice(0, SHOWN_NAMES).map((name, index) => (
        <Fragment key={name}>
          {index > 0 && ', '}
          <LogText text={name} />
        </Fragment>
      ))}
      {more > 0 && ` ${t('incidents.more', { count: more })}`}
    </Text>
  );
}
