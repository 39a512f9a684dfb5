import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CiMedicDatabase } from '../database';
import { EntityAccess } from './EntityAccess';

const BATCH = 500;

/** An entity with builds, by what it can be chosen by. */
export type ScopedEntity = { ref: string; owners: string[]; systems: string[] };

/**
 * Which entities the trends of a reader are about.
 */
export class InsightsScope {
  readonly #database: CiMedicDatabase;
  readonly #catalog: CatalogService;
  readonly #access: EntityAccess;

  constructor(options: {
    database: CiMedicDatabase;
    catalog: CatalogService;
    access: EntityAccess;
  }) {
    this.#database = options.database;
    this.#catalog = options.catalog;
    this.#access = options.access;
  }

  /** All entities with builds that the reader sees and may read. */
  async entities(credentials: BackstageCredentials): Promise<ScopedEntity[]> {
    const refs: string[] = await this.#database
      .knex('entity_projects')
      .whereNotNull('project_id')
      .distinct()
      .orderBy('entity_ref')
      .pluck('entity_ref');
    const found: ScopedEntity[] = [];
    for (let start = 0; start < refs.length; start += BATCH) {
      const entityRefs = refs.slice(start, start + BATCH);
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs, fields: ['kind', 'metadata', 'relations'] },
        { credentials },
      );
      const allowed = await this.#readable(credentials, entityRefs);
      found.push(
        ...items.flatMap(entity =>
          entity && allowed.has(stringifyEntityRef(entity))
            ? scopeOf(entity)
            : [],
        ),
      );
    }
    return found;
  }

  async #readable(credentials: BackstageCredentials, refs: string[]) {
    try {
      return new Set(await this.#access.readable(credentials, refs));
    } catch (error) {
      if (error instanceof NotFoundError || error instanceof NotAllowedError) {
        return new Set<string>();
      }
      throw error;
    }
  }
}

function scopeOf(entity: Entity): ScopedEntity {
  const targets = (type: string) =>
    (entity.relations ?? [])
      .filter(relation => relation.type === type)
      .map(({ targetRef }) => targetRef);
  return {
    ref: stringifyEntityRef(entity),
    owners: targets(RELATION_OWNED_BY),
    systems: targets(RELATION_PART_OF).filter(ref => ref.startsWith('system:')),
  };
}
