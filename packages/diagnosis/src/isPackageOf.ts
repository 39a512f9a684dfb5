/** Shorter names are parts of too many others. */
const SHORTEST_NAME = 4;

/**
 * Whether a package is, by its name, that of a component of the catalog. What
 * stands before it is the organisation's: `@acme/prices`, `com.acme:prices`
 * and `acme-prices` are all of `prices`.
 *
 * @public
 */
export function isPackageOf(packageName: string, component: string): boolean {
  const last = packageName.split(/[/:]/).at(-1)!.toLowerCase();
  const wanted = component.toLowerCase();
  return (
    wanted.length >= SHORTEST_NAME &&
    (last === wanted || last.endsWith(`-${wanted}`))
  );
}
