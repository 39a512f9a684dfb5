import { ProviderRun, ProviderRunPage } from '@ci-medic/plugin-ci-medic-node';
import { toError } from '@backstage/errors';
import { ChangeFeed } from '../changes';
import {
  CiMedicDatabase,
  getProject,
  Project,
  readNumber,
  runIdOf,
  writeText,
} from '../database';
import {
  ingestPoll,
  ingestRun,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
} from '../work';
import { EntityLinks } from './EntityLinks';
import { ProviderRegistry } from './ProviderRegistry';
import { rankOf } from './rankOf';
import { RunStore } from './RunStore';

type Payload = { projectId: string };

type Options = {
  database: CiMedicDatabase;
  providers: ProviderRegistry;
  runs: RunStore;
  changes: ChangeFeed;
  pollIntervalMs: number;
};

const HOUR_MS = 3_600_000;
const MOST_PAGES = 10;
/** A webhook that is this late is taken as lost. */
const LATE_MS = 10 * 60_000;
const MOST_UNFINISHED = 50;

/**
 * Finds runs of a project whose webhook never came, by the first pages of its list of runs. When nothing changed, this
 * costs one conditional request.
 */
export class PollHandler implements WorkHandler<Payload> {
  readonly kind = ingestPoll.kind;
  readonly schema = ingestPoll.schema;
  readonly concurrency = 2;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 3;

  readonly #options: Options;
  readonly #links = new EntityLinks();

  constructor(options: Options) {
    this.#options = options;
  }

  async run(item: WorkItem<Payload>): Promise<WorkResult> {
    const { database, pollIntervalMs } = this.#options;
    const { projectId } = item.payload;
    const project = await getProject(database.knex, projectId);
    const row = await database
      .knex('projects')
      .where({ id: projectId })
      .first();
    const now = await database.now();
    const since = (readNumber(row.polled_at) ?? now) - 24 * HOUR_MS;
    try {
      const { found, validator } = await this.#look(
        project,
        new Date(since),
        row.poll_validator ?? undefined,
        item.signal,
      );
      const unfinished = await this.#unfinished(projectId, now);
      return {
        write: async ({ knex, enqueue }) => {
          const lane = projectId;
          for (const run of found) {
            await this.#take(project, run, knex, work =>
              enqueue({ ...work, lane }),
            );
          }
          for (const payload of unfinished) {
            await enqueue(workFor(ingestRun, payload, { lane }));
          }
          await knex('projects')
            .where({ id: projectId })
            .update({
              poll_validator: validator ?? null,
              polled_at: now,
              next_poll_at: now + pollIntervalMs,
              poll_problem: null,
            });
        },
      };
    } catch (error) {
      await database
        .knex('projects')
        .where({ id: projectId })
        .update({
          poll_problem: writeText(toError(error).message, 2_000),
          next_poll_at: now + pollIntervalMs,
        });
      throw error;
    }
  }

  /** Reads pages, newest runs first, until one brings nothing new. */
  async #look(
    project: Project,
    createdAfter: Date,
    validator: string | undefined,
    signal: AbortSignal,
  ): Promise<{ found: ProviderRun[]; validator?: string }> {
    const { providers } = this.#options;
    const provider = providers.get(project.ref.provider);
    const found: ProviderRun[] = [];
    let page: ProviderRunPage | undefined;
    let first: ProviderRunPage | undefined;
    for (let count = 0; count < MOST_PAGES; count++) {
      page = await provider.listRuns({
        project: project.ref,
        signal,
        ...(first ? { createdAfter, cursor: page?.nextCursor } : { validator }),
      });
      first ??= page;
      const news = page.notModified
        ? []
        : await this.#newsOf(project, page.runs);
      found.push(
        ...news.filter(
          run => Date.parse(run.createdAt) >= createdAfter.getTime(),
        ),
      );
      const isPast = page.runs.some(
        run => Date.parse(run.createdAt) < createdAfter.getTime(),
      );
      if (news.length === 0 || isPast || !page.nextCursor) {
        break;
      }
    }
    return { found, validator: first!.validator ?? validator };
  }

  async #newsOf(project: Project, runs: ProviderRun[]): Promise<ProviderRun[]> {
    const stored = await this.#options.runs.latest(
      this.#options.database.knex,
      runs.map(run => runIdOf(project.ref, run.runId)),
    );
    return runs.filter(run => {
      const known = stored.get(runIdOf(project.ref, run.runId));
      return (
        !known ||
        known.attempt < run.attempt ||
        (known.attempt === run.attempt &&
          (known.rank < rankOf(run.status) ||
            (known.rank === 2 && !known.isCollected)))
      );
    });
  }

  async #take(
    project: Project,
    run: ProviderRun,
    knex: Parameters<RunStore['save']>[0],
    enqueue: (work: ReturnType<typeof workFor>) => Promise<void>,
  ) {
    const { runs, changes } = this.#options;
    const runId = runIdOf(project.ref, run.runId);
    await runs.save(knex, project, run);
    await this.#links.linkRun(knex, project.id, runId);
    await enqueue(workFor(ingestRun, { runId, attempt: run.attempt }));
    changes.announceAfter(knex, 'ci-medic:runs', runId);
  }

  /** Attempts that seem to run still, and of which nothing was heard for a while. */
  async #unfinished(
    projectId: string,
    now: number,
  ): Promise<{ runId: string; attempt: number }[]> {
    const rows = await this.#options.database
      .knex('runs')
      .where({ project_id: projectId })
      .where('rank', '<', 2)
      .where('stored_at', '<', now - LATE_MS)
      .orderBy('stored_at')
      .limit(MOST_UNFINISHED)
      .select('run_id', 'attempt');
    return rows.map(row => ({ runId: row.run_id, attempt: row.attempt }));
  }
}
