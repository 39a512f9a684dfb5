import {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { Request } from 'express';

type Options = {
  catalog: CatalogService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
};

/**
 * Decides who may change something: a person with the permission who owns one of the entities concerned.
 */
export class EntityOwnership {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** The person behind a request. */
  person(request: Request) {
    return this.#options.httpAuth.credentials(request, { allow: ['user'] });
  }

  /** Why a person may not; `undefined` when they may. */
  async refusal(
    credentials: BackstageCredentials,
    entityRefs: string[],
    permission: ResourcePermission,
  ): Promise<string | undefined> {
    const { catalog, permissions, userInfo } = this.#options;
    if (entityRefs.length === 0) {
      return 'No entity that you see has it';
    }
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind', 'metadata', 'relations'] },
      { credentials },
    );
    const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
    const owners = new Set<string>();
    const owned = entityRefs.filter((_, index) => {
      const refs = ownersOf(items[index]);
      refs.forEach(ref => owners.add(ref));
      return refs.some(ref => ownershipEntityRefs.includes(ref));
    });
    if (owned.length === 0) {
      const names = [...owners].sort().join(', ');
      return `Only owners may do this: ${names || 'nobody owns it'}`;
    }
    const decisions = await permissions.authorize(
      owned.map(resourceRef => ({ permission, resourceRef })),
      { credentials },
    );
    return decisions.some(({ result }) => result === AuthorizeResult.ALLOW)
      ? undefined
      : `You do not have the permission ${permission.name}`;
  }

  /** Owners of the entities that somebody sees. */
  async ownersOf(
    credentials: BackstageCredentials,
    entityRefs: string[],
  ): Promise<Map<string, string[]>> {
    const { items } = await this.#options.catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind', 'metadata', 'relations'] },
      { credentials },
    );
    return new Map(
      entityRefs.map((ref, index) => [ref, ownersOf(items[index])]),
    );
  }

  /**
   * @throws NotAllowedError with the reason.
   */
  async require(
    credentials: BackstageCredentials,
    entityRefs: string[],
    permission: ResourcePermission,
  ): Promise<void> {
    const reason = await this.refusal(credentials, entityRefs, permission);
    if (reason) {
      throw new NotAllowedError(reason);
    }
  }
}

function ownersOf(entity: Entity | undefined): string[] {
  return (entity?.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
}
