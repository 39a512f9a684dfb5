import {
  ChangedFile,
  CiChanges,
  CommitComparison,
  DependencyChange,
} from '@ci-medic/plugin-ci-medic-node';
import { LRUCache } from 'lru-cache';

const MOST_ANSWERS = 1_000;

/**
 * What lies between two commits never changes, so it is asked for once: an incident is looked at again when more is known
 * of it, and incidents of one run have the same range.
 */
export class CachedChanges implements CiChanges {
  readonly #changes: CiChanges;
  readonly #answers = new LRUCache<string, { value: unknown }>({
    max: MOST_ANSWERS,
  });

  constructor(changes: CiChanges) {
    this.#changes = changes;
  }

  compareCommits(
    request: Parameters<CiChanges['compareCommits']>[0],
  ): Promise<CommitComparison> {
    const { project, base, head, mostCommits } = request;
    return this.#once(
      ['commits', project.host, project.slug, base, head, mostCommits],
      () => this.#changes.compareCommits(request),
    );
  }

  commitFiles(
    request: Parameters<CiChanges['commitFiles']>[0],
  ): Promise<ChangedFile[]> {
    const { project, sha } = request;
    return this.#once(['files', project.host, project.slug, sha], () =>
      this.#changes.commitFiles(request),
    );
  }

  compareDependencies(
    request: Parameters<CiChanges['compareDependencies']>[0],
  ): Promise<DependencyChange[] | undefined> {
    const { project, base, head } = request;
    return this.#once(
      ['dependencies', project.host, project.slug, base, head],
      () => this.#changes.compareDependencies(request),
    );
  }

  openFile(request: Parameters<CiChanges['openFile']>[0]) {
    return this.#changes.openFile(request);
  }

  async #once<T>(key: (string | number)[], ask: () => Promise<T>): Promise<T> {
    const text = key.join(' ');
    const known = this.#answers.get(text);
    if (known) {
      return known.value as T;
    }
    const value = await ask();
    this.#answers.set(text, { value });
    return value;
  }
}
