import { ConflictError, InputError } from '@backstage/errors';
import { CiProvider } from '@ci-medic/plugin-ci-medic-node';

const ID = /^[a-z][a-z0-9-]{0,31}$/;

/**
 * The CI systems that modules brought in.
 */
export class ProviderRegistry {
  readonly #providers = new Map<string, CiProvider>();

  /**
   * @throws ConflictError when the id is taken, InputError when it does not fit into a route.
   */
  add(provider: CiProvider): void {
    if (!ID.test(provider.id)) {
      throw new InputError(
        `'${provider.id}' cannot be the id of a CI provider: use lower-case letters, digits and hyphens`,
      );
    }
    if (this.#providers.has(provider.id)) {
      throw new ConflictError(
        `The CI provider ${provider.id} was brought in twice`,
      );
    }
    this.#providers.set(provider.id, provider);
  }

  list(): CiProvider[] {
    return [...this.#providers.values()];
  }

  /**
   * @throws InputError when its module is not installed any more.
   */
  get(id: string): CiProvider {
    const provider = this.#providers.get(id);
    if (!provider) {
      throw new InputError(`No module for the CI provider ${id} is installed`);
    }
    return provider;
  }
}
