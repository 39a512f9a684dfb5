import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { LABEL_TIER } from '@ci-medic/plugin-ci-medic-common';
import { PolicyInput } from './RemediationPolicy';

const MOST_LEVELS = 10;

/**
 * What the catalog says of entities and of people, read with the plugin's own rights.
 */
export class CatalogTerms {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /** Entities as a policy sees them; those that the catalog does not have are `undefined`. */
  async of(
    entityRefs: string[],
  ): Promise<(PolicyInput['entity'] | undefined)[]> {
    const entities = await this.#entities(entityRefs);
    return entities.map(
      (entity, index) => entity && termsOf(entityRefs[index], entity),
    );
  }

  /** Whether the catalog has a person. */
  async knows(userRef: string): Promise<boolean> {
    const [user] = await this.#entities([userRef]);
    return user !== undefined;
  }

  /** Whether a person owns one of some entities, also through groups and the groups above them. */
  async isOwner(userRef: string, entityRefs: string[]): Promise<boolean> {
    const owners = new Set(
      (await this.#entities(entityRefs)).flatMap(entity =>
        refsOf(entity, RELATION_OWNED_BY),
      ),
    );
    const seen = new Set<string>();
    let level = [userRef];
    for (let depth = 0; level.length > 0 && depth < MOST_LEVELS; depth++) {
      if (level.some(ref => owners.has(ref))) {
        return true;
      }
      level.forEach(ref => seen.add(ref));
      level = (await this.#entities(level))
        .flatMap(entity => [
          ...refsOf(entity, RELATION_MEMBER_OF),
          ...refsOf(entity, RELATION_CHILD_OF),
        ])
        .filter(ref => !seen.has(ref));
    }
    return false;
  }

  async #entities(entityRefs: string[]): Promise<(Entity | undefined)[]> {
    if (entityRefs.length === 0) {
      return [];
    }
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs,
        fields: ['kind', 'metadata', 'spec', 'relations'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items;
  }
}

function termsOf(ref: string, entity: Entity): PolicyInput['entity'] {
  const { labels = {}, annotations = {} } = entity.metadata;
  const spec = entity.spec ?? {};
  const word = (value: unknown) =>
    typeof value === 'string' ? value : undefined;
  return {
    ref,
    kind: entity.kind.toLocaleLowerCase('en-US'),
    type: word(spec.type),
    lifecycle: word(spec.lifecycle),
    tier: labels[LABEL_TIER] ?? annotations[LABEL_TIER],
    system: refsOf(entity, RELATION_PART_OF).find(of =>
      of.startsWith('system:'),
    ),
    owner: refsOf(entity, RELATION_OWNED_BY)[0] ?? word(spec.owner),
  };
}

function refsOf(entity: Entity | undefined, type: string): string[] {
  return (entity?.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);
}
