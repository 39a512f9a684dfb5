import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { toError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CiProject, CiProvider } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import { CiMedicDatabase, projectIdOf, writeText } from '../database';
import { Backfills } from './Backfills';
import { EntityLinks } from './EntityLinks';
import { ProviderRegistry } from './ProviderRegistry';

const MOST_PATTERNS = 200;
const PATTERN_LENGTH = 500;

type Options = {
  database: CiMedicDatabase;
  catalog: CatalogService;
  auth: AuthService;
  providers: ProviderRegistry;
  backfills: Backfills;
  /** Days of history that are read when an entity is seen for the first time; 0 for none. */
  backfillDays: number;
  logger: LoggerService;
};

/**
 * Keeps, from the annotations of the catalog, which entity is built where.
 */
export class CatalogSync {
  readonly #options: Options;
  readonly #links = new EntityLinks();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Reads the whole catalog once. What is not in it any more is forgotten only when it could be read to its end. */
  async run(): Promise<void> {
    const { auth, catalog, database, providers } = this.#options;
    const startedAt = await database.now();
    for (const provider of providers.list()) {
      const keys = provider.annotations;
      const pages = catalog.streamEntities(
        {
          filter: keys.map(key => ({
            [`metadata.annotations.${key}`]: CATALOG_FILTER_EXISTS,
          })),
          fields: ['kind', 'metadata', 'relations', 'spec.owner'],
        },
        { credentials: await auth.getOwnServiceCredentials() },
      );
      for await (const entities of pages) {
        for (const entity of entities) {
          await this.#takeFrom(provider, entity, startedAt);
        }
      }
      await this.#forget(provider.id, startedAt);
    }
  }

  /** Takes in one entity at once, so that nobody waits for the next reading of the whole catalog. */
  async take(entity: Entity): Promise<void> {
    const { database, providers } = this.#options;
    const seenAt = await database.now();
    for (const provider of providers.list()) {
      await this.#takeFrom(provider, entity, seenAt);
    }
  }

  async #takeFrom(provider: CiProvider, entity: Entity, seenAt: number) {
    const { database, logger } = this.#options;
    const entityRef = stringifyEntityRef(entity);
    let project: CiProject | undefined;
    let problem: string | undefined;
    try {
      project = provider.projectFor(entity);
    } catch (error) {
      problem = toError(error).message;
      logger.warn(`The annotations of ${entityRef} are malformed: ${problem}`);
    }
    if (!project && problem === undefined) {
      return;
    }
    const row = {
      entity_ref: entityRef,
      provider: provider.id,
      project_id: project ? projectIdOf(project.ref) : null,
      workflows: writePatterns(project?.workflows),
      paths: writePatterns(project?.paths),
      owner_ref:
        entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)
          ?.targetRef ?? null,
      problem: writeText(problem, 2_000),
      seen_at: seenAt,
    };
    await database.transaction(async knex => {
      if (project) {
        await this.#meet(knex, project, seenAt);
      }
      await this.#link(knex, row);
    });
  }

  /** Makes a project known, and has its history read when it is new. */
  async #meet(knex: Knex.Transaction, project: CiProject, seenAt: number) {
    const { backfills, backfillDays } = this.#options;
    const id = projectIdOf(project.ref);
    const inserted = await knex('projects')
      .insert({ id, ...project.ref, first_seen_at: seenAt })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (inserted.length > 0 && backfillDays > 0) {
      await backfills.startIn(knex, { projectId: id, days: backfillDays });
    }
  }

  async #link(
    knex: Knex.Transaction,
    row: { entity_ref: string; provider: string; project_id: string | null } & {
      workflows: string | null;
      paths: string | null;
    },
  ) {
    const { entity_ref, provider } = row;
    const before = await knex('entity_projects')
      .where({ entity_ref, provider })
      .first();
    await knex('entity_projects')
      .insert(row)
      .onConflict(['entity_ref', 'provider'])
      .merge();
    const isSame =
      before &&
      before.project_id === row.project_id &&
      before.workflows === row.workflows &&
      before.paths === row.paths;
    if (isSame) {
      return;
    }
    if (before && before.project_id !== row.project_id) {
      await knex('run_entities').where({ entity_ref }).delete();
    }
    if (row.project_id) {
      await this.#links.linkProject(knex, row.project_id);
    }
  }

  /** Entities that left the catalog lose their runs; the runs of the project stay for the others. */
  async #forget(provider: string, startedAt: number) {
    await this.#options.database.transaction(async knex => {
      const gone = await knex('entity_projects')
        .where({ provider })
        .where('seen_at', '<', startedAt)
        .select('entity_ref');
      for (const { entity_ref } of gone) {
        await knex('run_entities').where({ entity_ref }).delete();
        await knex('entity_projects').where({ entity_ref, provider }).delete();
      }
    });
  }
}

function writePatterns(patterns: string[] | undefined): string | null {
  return patterns
    ? JSON.stringify(
        patterns
          .slice(0, MOST_PATTERNS)
          .map(pattern => pattern.slice(0, PATTERN_LENGTH)),
      )
    : null;
}
