import {
  compareLockfiles,
  LockedPackages,
  readLockfile,
  recognizeLockfile,
} from '@ci-medic/lockfiles';
import {
  CiChanges,
  DependencyChange,
  SuspectedIncident,
} from '@ci-medic/plugin-ci-medic-node';

const MOST_LOCKFILES = 10;

/**
 * What differs between the lockfiles of two commits, for CI systems that do not compare dependencies.
 */
export class LockfileChanges {
  readonly #changes: CiChanges;

  constructor(options: { changes: CiChanges }) {
    this.#changes = options.changes;
  }

  /** One that cannot be read is named with the reason; the others are compared. */
  async compare(
    incident: SuspectedIncident,
    signal: AbortSignal,
  ): Promise<{
    items: DependencyChange[];
    missing: { part: string; reason: string }[];
  }> {
    const paths = (incident.comparison?.files ?? [])
      .map(({ path }) => path)
      .filter(path => recognizeLockfile(path) !== undefined);
    const items: DependencyChange[] = [];
    const missing: { part: string; reason: string }[] = [];
    for (const path of paths.slice(0, MOST_LOCKFILES)) {
      try {
        const at = (sha: string) => this.#read(incident, path, sha, signal);
        const before = await at(incident.lastPass!.sha);
        const after = await at(incident.firstFail.sha);
        items.push(
          ...compareLockfiles(before, after).map(change => ({
            ...change,
            manifest: path,
          })),
        );
      } catch (error) {
        if ((error as Error).name !== 'LockfileError') {
          throw error;
        }
        missing.push({
          part: 'dependencies',
          reason: (error as Error).message,
        });
      }
    }
    if (paths.length > MOST_LOCKFILES) {
      const left = paths.length - MOST_LOCKFILES;
      const reason = `${left} further lockfiles changed and were not read`;
      missing.push({ part: 'dependencies', reason });
    }
    return { items, missing };
  }

  async #read(
    { project }: SuspectedIncident,
    path: string,
    sha: string,
    signal: AbortSignal,
  ): Promise<LockedPackages | undefined> {
    try {
      const file = await this.#changes.openFile({
        ...{ project, path, sha, signal },
      });
      try {
        return await readLockfile(path, file);
      } finally {
        file.destroy();
      }
    } catch (error) {
      // A file that is new has no version before.
      if ((error as Error).name === 'NotFoundError') {
        return undefined;
      }
      throw error;
    }
  }
}
