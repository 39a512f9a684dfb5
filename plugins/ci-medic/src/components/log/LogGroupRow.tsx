import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ciMedicTranslationRef } from '../../translation';
import { LogRow } from './logLayout';
import styles from './LogLines.module.css';
import { LogText } from './LogText';

/**
 * The heading of a group of lines, which folds and unfolds it.
 */
export function LogGroupRow(props: {
  group: Extract<LogRow, { kind: 'group' }>;
  onFold(key: string, isFolded: boolean): void;
}) {
  const { group, onFold } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (
    <tr className={styles.group}>
      <th colSpan={3} scope="rowgroup">
        <button
          type="button"
          className={styles.groupButton}
          style={{ paddingInlineStart: `${0.5 + Math.min(group.depth, 8)}rem` }}
          aria-expanded={!group.folded}
          onClick={() => onFold(group.key, !group.folded)}
        >
          <span aria-hidden>{group.folded ? '▸' : '▾'} </span>
          <LogText text={group.name} />{' '}
          <span className={styles.groupSize}>
            {t('log.groupSize', { count: group.size })}
          </span>
        </button>
      </th>
    </tr>
  );
}
