import { ConflictError, InputError } from '@backstage/errors';
import { SeriesSource } from '@ci-medic/plugin-ci-medic-node';

/**
 * The systems that figures come from.
 */
export class SourceRegistry {
  readonly #sources = new Map<string, SeriesSource>();

  add(source: SeriesSource): void {
    if (!/^[a-z][a-z0-9-]{0,30}$/.test(source.id)) {
      throw new InputError(`'${source.id}' is not a good id for a source`);
    }
    if (this.#sources.has(source.id)) {
      throw new ConflictError(`There are two sources '${source.id}'`);
    }
    this.#sources.set(source.id, source);
  }

  list(): SeriesSource[] {
    return [...this.#sources.values()];
  }
}
