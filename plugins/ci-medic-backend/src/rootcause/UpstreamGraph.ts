import { AuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_API_PROVIDED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDS_ON,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

const MOST_ENTITIES = 5_000;
const MOST_STEPS = 6;
const BATCH = 500;

/** How a relation leads upstream, and how many steps it is. */
const upstream: Record<string, number> = {
  [RELATION_DEPENDS_ON]: 1,
  [RELATION_CONSUMES_API]: 1,
  // The API and who provides it are one thing.
  [RELATION_API_PROVIDED_BY]: 0,
};

/** An entity upstream of others. */
export type UpstreamEntity = {
  entityRef: string;
  /** 1 is a direct neighbour. */
  steps: number;
  /** From which entity it was reached, and by which relation. */
  from: string;
  relation: string;
  type?: string;
};

export type UpstreamWalk = {
  /** Nearest first. */
  entities: UpstreamEntity[];
  /** Whether there are more than were looked at. */
  isCut: boolean;
};

/**
 * What entities depend on, transitively. Circles end where they close.
 */
export class UpstreamGraph {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  async walk(
    entityRefs: string[],
    signal?: AbortSignal,
  ): Promise<UpstreamWalk> {
    const start = [...new Set(entityRefs)];
    const found = new Map<string, UpstreamEntity>();
    const seen = new Set(start);
    let now = new Map(start.map(ref => [ref, 0]));
    let isCut = false;
    while (now.size > 0) {
      signal?.throwIfAborted();
      const next = new Map<string, number>();
      for (const [entity, steps] of await this.#read(now)) {
        const from = stringifyEntityRef(entity);
        const known = found.get(from);
        if (known) {
          known.type = typeOf(entity);
        }
        for (const { type: relation, targetRef } of entity.relations ?? []) {
          const length = upstream[relation];
          if (length === undefined || seen.has(targetRef)) {
            continue;
          }
          const far = Math.max(1, steps + length);
          if (seen.size >= MOST_ENTITIES || far > MOST_STEPS) {
            isCut ||= seen.size >= MOST_ENTITIES;
            continue;
          }
          seen.add(targetRef);
          found.set(targetRef, {
            ...{ entityRef: targetRef, steps: far, from, relation },
          });
          next.set(targetRef, far);
        }
      }
      now = next;
    }
    const entities = [...found.values()].sort(
      (left, right) => left.steps - right.steps,
    );
    return { entities, isCut };
  }

  async #read(refs: Map<string, number>): Promise<[Entity, number][]> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const all = [...refs];
    const read: [Entity, number][] = [];
    for (let start = 0; start < all.length; start += BATCH) {
      const batch = all.slice(start, start + BATCH);
      const { items } = await this.#catalog.getEntitiesByRefs(
        {
          entityRefs: batch.map(([ref]) => ref),
          fields: [
            'kind',
            'metadata.name',
            'metadata.namespace',
            'spec.type',
            'relations',
          ],
        },
        { credentials },
      );
      items.forEach((entity, index) => {
        if (entity) {
          read.push([entity, batch[index][1]]);
        }
      });
    }
    return read;
  }
}

function typeOf(entity: Entity): string | undefined {
  const type = entity.spec?.type;
  return typeof type === 'string' ? type : undefined;
}
