import { LockedPackages } from './readLockfile';

/**
 * A package of which the version differs. Without `from` it is new, without `to` it is gone.
 *
 * @public
 */
export type PackageChange = {
  ecosystem: string;
  name: string;
  from?: string;
  to?: string;
};

/**
 * Which packages differ between two lockfiles, by name. A file that was not there before pins nothing.
 *
 * @public
 */
export function compareLockfiles(
  before: LockedPackages | undefined,
  after: LockedPackages | undefined,
): PackageChange[] {
  const ecosystem = (after ?? before)?.ecosystem ?? '';
  const old = before?.packages ?? new Map<string, Set<string>>();
  const fresh = after?.packages ?? new Map<string, Set<string>>();
  const names = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  return names.flatMap(name => {
    const was = old.get(name) ?? new Set<string>();
    const is = fresh.get(name) ?? new Set<string>();
    const gone = [...was].filter(version => !is.has(version)).sort();
    const come = [...is].filter(version => !was.has(version)).sort();
    // Of several versions side by side, the lowest that went belongs to the lowest that came.
    return Array.from(
      { length: Math.max(gone.length, come.length) },
      (_, index) => ({
        ...{ ecosystem, name },
        ...(gone[index] !== undefined && { from: gone[index] }),
        ...(come[index] !== undefined && { to: come[index] }),
      }),
    );
  });
}
