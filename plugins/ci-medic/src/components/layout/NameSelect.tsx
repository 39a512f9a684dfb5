import { Select } from '@backstage/ui';
import styles from './Select.module.css';

/** Key of the option that does not narrow; no branch or pipeline is called so. */
const ANY = '';

/**
 * Narrows a list to one of some names, such as branches.
 */
export function NameSelect(props: {
  label: string;
  /** Text of the option that does not narrow. */
  any: string;
  names: string[];
  /** The name that is chosen; it is offered even where it is not among the names. */
  value?: string;
  /** Is called with an empty name when nothing is to be narrowed. */
  onChange(name: string): void;
}) {
  const { label, any, names, value, onChange } = props;
  const offered = [...new Set(value ? [...names, value] : names)].sort();
  return (
    <Select
      size="small"
      className={styles.select}
      label={label}
      searchable={offered.length > 10}
      options={[
        { value: ANY, label: any },
        ...offered.map(name => ({ value: name, label: name })),
      ]}
      value={value ?? ANY}
      onChange={key => onChange(String(key ?? ANY))}
    />
  );
}
