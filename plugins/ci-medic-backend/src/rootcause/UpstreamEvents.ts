import { Knex } from 'knex';
import { CiMedicDatabase, readNumber, readText, readTime } from '../database';

/** Something that happened to an entity: it released, or it has an incident. */
export type UpstreamEvent = {
  entityRef: string;
  kind: 'release' | 'incident';
  at: string;
  title: string;
  url?: string;
  incidentId?: string;
};

const BATCH = 500;
const MOST_RUNS = 1_000;
const RELEASING = /\b(?:deploy|release|publish)/i;
const VERSION = /^v?\d{1,9}\.\d{1,9}/;
const RELEASE_TITLE =
  /^(?:chore\(release\)|(?:release|publish|bump version to|prepare release)\b)/i;

/**
 * What happened to entities in a time, as far as their runs and incidents tell.
 */
export class UpstreamEvents {
  readonly #database: CiMedicDatabase;
  readonly #mainBranches: string[];

  constructor(options: { database: CiMedicDatabase; mainBranches: string[] }) {
    this.#database = options.database;
    this.#mainBranches = options.mainBranches;
  }

  /** Newest first within each kind. */
  async between(
    entityRefs: string[],
    from: number,
    to: number,
  ): Promise<UpstreamEvent[]> {
    const events: UpstreamEvent[] = [];
    for (let start = 0; start < entityRefs.length; start += BATCH) {
      const batch = entityRefs.slice(start, start + BATCH);
      events.push(
        ...(await this.#releases(batch, from, to)),
        ...(await this.#incidents(batch, from, to)),
      );
    }
    return events;
  }

  async #releases(entityRefs: string[], from: number, to: number) {
    const rows = await this.#database
      .knex('run_entities')
      .join('runs', 'runs.run_id', 'run_entities.run_id')
      .whereIn('run_entities.entity_ref', entityRefs)
      .whereBetween('runs.created_at', [from, to])
      .where(either =>
        either
          .where('runs.conclusion', 'success')
          .orWhereNull('runs.conclusion'),
      )
      .orderBy('runs.created_at', 'desc')
      .limit(MOST_RUNS)
      .select('run_entities.entity_ref', 'runs.*');
    return rows
      .filter(row => this.#isRelease(row))
      .map(row => ({
        entityRef: row.entity_ref,
        kind: 'release' as const,
        at: readTime(row.completed_at ?? row.created_at)!,
        title: String(row.commit_title ?? row.title ?? row.pipeline_name),
        url: readText(row.url ?? row.commit_url),
      }));
  }

  async #incidents(entityRefs: string[], from: number, to: number) {
    const { knex } = this.#database;
    const rows = await knex('incidents')
      .join(
        'incident_occurrences',
        'incident_occurrences.incident_id',
        'incidents.id',
      )
      .join(
        'run_entities',
        'run_entities.run_id',
        'incident_occurrences.run_id',
      )
      .whereIn('run_entities.entity_ref', entityRefs)
      .where('incidents.first_seen_at', '<=', to)
      .where('incidents.last_seen_at', '>=', from)
      .where((either: Knex.QueryBuilder) =>
        either
          .where('incidents.state', 'open')
          .orWhere('incidents.resolved_at', '>=', from),
      )
      // What is broken on a branch of somebody else breaks nobody.
      .whereIn('run_entities.branch', this.#mainBranches)
      .groupBy('incidents.id', 'run_entities.entity_ref')
      .orderBy('at', 'desc')
      .limit(MOST_RUNS)
      .select('incidents.id', 'run_entities.entity_ref')
      .min({ at: 'incident_occurrences.at' })
      .max({ title: 'incident_occurrences.title' });
    return rows.map((row: any) => ({
      entityRef: row.entity_ref,
      kind: 'incident' as const,
      at: new Date(readNumber(row.at)!).toISOString(),
      title: String(row.title),
      incidentId: row.id,
    }));
  }

  /** A deployment, a tag of a version, or a commit that says so. */
  #isRelease({ event, branch, ...row }: any): boolean {
    const isMain = this.#mainBranches.includes(branch);
    return (
      event === 'release' ||
      event === 'deployment' ||
      VERSION.test(branch ?? '') ||
      (RELEASING.test(`${row.pipeline_name} ${row.pipeline_path ?? ''}`) &&
        event !== 'pull_request') ||
      (isMain && RELEASE_TITLE.test(row.commit_title ?? ''))
    );
  }
}
