const PREFIX = 'ci-playbooks-';
/** The longest name that the catalog takes. */
const LONGEST_NAME = 63;

/**
 * Names of the documentation entity in which the playbooks of an owner stand; it is a Component.
 *
 * @param owner - of the catalog, such as `namespace` and `name` of a group
 *
 * @public
 */
export function playbookDocsOf(owner: { namespace: string; name: string }): {
  namespace: string;
  name: string;
} {
  const { namespace, name } = owner;
  return { namespace, name: `${PREFIX}${name}`.slice(0, LONGEST_NAME) };
}
