import { toError } from '@backstage/errors';
import { ProviderRun, ProviderRunPage } from '@ci-medic/plugin-ci-medic-node';
import { ChangeFeed } from '../changes';
import {
  activeBackfillStates,
  CiMedicDatabase,
  getProject,
  Project,
  readNumber,
  runIdOf,
  writeText,
} from '../database';
import {
  ingestBackfill,
  ingestRun,
  workFor,
  WorkHandler,
  WorkItem,
  workPriority,
  WorkResult,
  WorkTransaction,
} from '../work';
import { EntityLinks } from './EntityLinks';
import { ProviderRegistry } from './ProviderRegistry';
import { RunStore } from './RunStore';

type Payload = { projectId: string };

type Options = {
  database: CiMedicDatabase;
  providers: ProviderRegistry;
  runs: RunStore;
  changes: ChangeFeed;
};

/**
 * Reads one page of a project's history, newest runs first, and queues itself for the next one, so that an
 * interruption costs one page at most.
 *
 * @remarks
 *
 * CI systems end their lists early (GitHub after 1,000 runs). When a window of time is read to its end, the next one
 * ends where the oldest run seen began; a window that brings nothing older is the last.
 */
export class BackfillHandler implements WorkHandler<Payload> {
  readonly kind = ingestBackfill.kind;
  readonly schema = ingestBackfill.schema;
  readonly concurrency = 2;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 8;

  readonly #options: Options;
  readonly #links = new EntityLinks();

  constructor(options: Options) {
    this.#options = options;
  }

  async run(item: WorkItem<Payload>): Promise<WorkResult> {
    const { database, providers } = this.#options;
    const { projectId } = item.payload;
    const backfill = await this.#active(projectId);
    if (!backfill) {
      return {};
    }
    const project = await getProject(database.knex, projectId);
    const oldestAt = readNumber(backfill.oldest_at)!;
    const newestAt = readNumber(backfill.newest_at)!;
    try {
      const page = await providers.get(project.ref.provider).listRuns({
        project: project.ref,
        signal: item.signal,
        createdAfter: new Date(oldestAt),
        createdBefore: new Date(newestAt),
        cursor: backfill.cursor ?? undefined,
      });
      return { write: trx => this.#write(trx, project, backfill, page) };
    } catch (error) {
      await this.#explainPause(backfill.id, error);
      throw error;
    }
  }

  async onDead(
    item: Omit<WorkItem<Payload>, 'signal'>,
    reason: string,
    { knex }: WorkTransaction,
  ): Promise<void> {
    await knex('backfills')
      .where({ project_id: item.payload.projectId })
      .whereIn('state', activeBackfillStates)
      .update({
        state: 'failed',
        reason: writeText(reason, 2_000),
        continues_at: null,
        finished_at: this.#options.database.nowExpression(),
      });
  }

  async #active(projectId: string) {
    return this.#options.database
      .knex('backfills')
      .where({ project_id: projectId })
      .whereIn('state', activeBackfillStates)
      .first();
  }

  async #write(
    { knex, enqueue }: WorkTransaction,
    project: Project,
    read: any,
    page: ProviderRunPage,
  ) {
    const { database, changes } = this.#options;
    const reachedBefore = readNumber(read.reached_at) ?? Infinity;
    const created = page.runs
      .map(run => Date.parse(run.createdAt))
      .filter(time => !Number.isNaN(time));
    const reachedAt = Math.min(reachedBefore, ...created);
    const isFirstPage = read.cursor === null;
    const isWindowRead = !page.nextCursor;
    const isDone =
      isWindowRead &&
      (page.runs.length === 0 ||
        (isFirstPage && reachedAt >= reachedBefore) ||
        (isFirstPage && page.runs.length < 2));
    const { found, news } = await this.#take(knex, project, page.runs, read);
    for (const payload of news) {
      await enqueue(
        workFor(ingestRun, payload, {
          lane: project.id,
          priority: workPriority.background,
        }),
      );
    }
    const reached = Number.isFinite(reachedAt) ? reachedAt : null;
    const updated = await knex('backfills')
      .where({ id: read.id })
      .whereIn('state', activeBackfillStates)
      .update({
        state: isDone ? 'done' : 'running',
        cursor: page.nextCursor ?? null,
        newest_at: isWindowRead && reached !== null ? reached : read.newest_at,
        runs_found: knex.raw('runs_found + ?', [found]),
        reached_at: reached,
        reason: null,
        continues_at: null,
        finished_at: isDone ? database.nowExpression() : null,
      });
    if (updated > 0 && !isDone) {
      await enqueue(workFor(ingestBackfill, { projectId: project.id }));
    }
    changes.announceAfter(knex, 'ci-medic:runs', project.id);
  }

  /** Stores what is new of a page. Runs that an overlapping window brought already are not counted again. */
  async #take(
    knex: WorkTransaction['knex'],
    project: Project,
    page: ProviderRun[],
    read: any,
  ): Promise<{ found: number; news: { runId: string; attempt: number }[] }> {
    const { runs } = this.#options;
    const idOf = (run: ProviderRun) => runIdOf(project.ref, run.runId);
    const stored = await runs.latest(knex, page.map(idOf));
    const overlapsAt = readNumber(read.reached_at);
    const news: { runId: string; attempt: number }[] = [];
    let found = 0;
    for (const run of page) {
      const runId = idOf(run);
      const known = stored.get(runId);
      const isOverlap = known && Date.parse(run.createdAt) === overlapsAt;
      found += isOverlap ? 0 : 1;
      if (!known || known.attempt < run.attempt || !known.isCollected) {
        await runs.save(knex, project, run);
        await this.#links.linkRun(knex, project.id, runId);
        news.push({ runId, attempt: run.attempt });
      }
    }
    return { found, news };
  }

  async #explainPause(id: string, error: unknown) {
    const { message, retryAt } = toError(error) as Error & { retryAt?: Date };
    await this.#options.database
      .knex('backfills')
      .where({ id })
      .whereIn('state', activeBackfillStates)
      .update({
        state: 'waiting',
        reason: writeText(message, 2_000),
        continues_at: retryAt instanceof Date ? retryAt.getTime() : null,
      });
  }
}
