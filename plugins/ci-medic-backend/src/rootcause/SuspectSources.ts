import { SuspectSource } from '@ci-medic/plugin-ci-medic-node';

/**
 * The sources of suspects that modules brought in.
 */
export class SuspectSources {
  readonly #sources = new Map<string, SuspectSource>();

  /**
   * @throws Error when the id is taken.
   */
  add(source: SuspectSource): void {
    if (this.#sources.has(source.id)) {
      throw new Error(`There is a source of suspects "${source.id}" already`);
    }
    this.#sources.set(source.id, source);
  }

  list(): SuspectSource[] {
    return [...this.#sources.values()];
  }
}
