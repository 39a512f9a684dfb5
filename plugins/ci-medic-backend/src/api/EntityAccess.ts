import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  Permission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { ciMedicReadPermission } from '@ci-medic/plugin-ci-medic-common';

/**
 * Decides what a caller may see. What belongs to an entity is seen by those who see the entity in the catalog and have
 * the permission for it.
 */
export class EntityAccess {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;

  constructor(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
  }) {
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
  }

  /**
   * @throws NotFoundError when the caller does not see the entity, NotAllowedError without the permission.
   */
  async entity(
    credentials: BackstageCredentials,
    ref: { kind: string; namespace: string; name: string },
    permission: ResourcePermission = ciMedicReadPermission,
  ): Promise<Entity> {
    const entityRef = stringifyEntityRef(ref);
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) {
      throw new NotFoundError(`There is no entity ${entityRef}`);
    }
    const [decision] = await this.#permissions.authorize(
      [{ permission, resourceRef: entityRef }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`You may not see the CI of ${entityRef}`);
    }
    return entity;
  }

  /**
   * Those of some entities that the caller may read.
   *
   * @throws NotFoundError when none of them is seen, NotAllowedError when there is no permission for any that is.
   */
  async readable(
    credentials: BackstageCredentials,
    entityRefs: string[],
  ): Promise<string[]> {
    const { items } =
      entityRefs.length > 0
        ? await this.#catalog.getEntitiesByRefs(
            { entityRefs, fields: ['kind', 'metadata'] },
            { credentials },
          )
        : { items: [] };
    const seen = entityRefs.filter((_, index) => items[index]);
    if (seen.length === 0) {
      throw new NotFoundError('It does not exist, or no entity you see has it');
    }
    const decisions = await this.#permissions.authorize(
      seen.map(resourceRef => ({
        permission: ciMedicReadPermission,
        resourceRef,
      })),
      { credentials },
    );
    const allowed = seen.filter(
      (_, index) => decisions[index].result === AuthorizeResult.ALLOW,
    );
    if (allowed.length === 0) {
      const { name } = parseEntityRef(seen[0]);
      throw new NotAllowedError(`You may not see the CI of ${name}`);
    }
    return allowed;
  }

  /**
   * @throws NotAllowedError without the permission.
   */
  async require(
    credentials: BackstageCredentials,
    permission: Permission & { type: 'basic' },
  ): Promise<void> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(`The permission ${permission.name} is needed`);
    }
  }
}
