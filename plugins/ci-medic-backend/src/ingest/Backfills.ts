import { NotFoundError } from '@backstage/errors';
import { Backfill } from '@ci-medic/plugin-ci-medic-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import {
  activeBackfillStates,
  CiMedicDatabase,
  readNumber,
  readText,
  readTime,
  writeText,
} from '../database';
import { ingestBackfill, workFor, workPriority, WorkQueue } from '../work';

const DAY_MS = 24 * 3_600_000;

/**
 * Readings of the history of projects: asked for, cancelled, and how far they are. There is one at a time for a
 * project; asking for more days while one is going on makes it go further back.
 */
export class Backfills {
  static create(options: {
    database: CiMedicDatabase;
    queue: WorkQueue;
  }): Backfills {
    return new Backfills(options.database, options.queue);
  }

  readonly #database: CiMedicDatabase;
  readonly #queue: WorkQueue;

  private constructor(database: CiMedicDatabase, queue: WorkQueue) {
    this.#database = database;
    this.#queue = queue;
  }

  async start(options: {
    projectId: string;
    days: number;
    requestedBy?: string;
  }): Promise<Backfill> {
    await this.#database.transaction(knex => this.startIn(knex, options));
    return (await this.latest(options.projectId))!;
  }

  async startIn(
    knex: Knex.Transaction,
    options: { projectId: string; days: number; requestedBy?: string },
  ): Promise<void> {
    const { projectId, days, requestedBy } = options;
    const now = await this.#database.now(knex);
    const oldestAt = now - days * DAY_MS;
    const extended = await knex('backfills')
      .where({ project_id: projectId })
      .whereIn('state', activeBackfillStates)
      .update({
        oldest_at: knex.raw(
          'case when oldest_at > ? then cast(? as bigint) else oldest_at end',
          [oldestAt, oldestAt],
        ),
        days: knex.raw(
          'case when days < ? then cast(? as integer) else days end',
          [days, days],
        ),
      });
    if (extended === 0) {
      await knex('backfills').insert({
        id: randomUUID(),
        project_id: projectId,
        state: 'queued',
        days,
        requested_at: now,
        requested_by: writeText(requestedBy, 255),
        oldest_at: oldestAt,
        newest_at: now,
      });
    }
    await this.#queue.enqueue(
      knex,
      workFor(
        ingestBackfill,
        { projectId },
        { lane: projectId, priority: workPriority.background },
      ),
    );
  }

  /**
   * @throws NotFoundError when none is going on.
   */
  async cancel(projectId: string): Promise<Backfill> {
    const cancelled = await this.#database
      .knex('backfills')
      .where({ project_id: projectId })
      .whereIn('state', activeBackfillStates)
      .update({
        state: 'cancelled',
        continues_at: null,
        finished_at: this.#database.nowExpression(),
      });
    if (cancelled === 0) {
      throw new NotFoundError('No history is being read');
    }
    return (await this.latest(projectId))!;
  }

  /** The latest one of a project, with how many of its runs are fully stored. */
  async latest(projectId: string): Promise<Backfill | undefined> {
    const { knex } = this.#database;
    const row = await knex('backfills')
      .where({ project_id: projectId })
      .orderBy('requested_at', 'desc')
      .first();
    if (!row) {
      return undefined;
    }
    const reachedAt = readNumber(row.reached_at);
    const stored =
      reachedAt === undefined
        ? undefined
        : await knex('runs')
            .where({ project_id: projectId })
            .where('created_at', '>=', reachedAt)
            .where('created_at', '<=', readNumber(row.requested_at)!)
            .whereNotNull('collected_at')
            .countDistinct<{ count: unknown }[]>({ count: 'run_id' })
            .first();
    return {
      state: row.state,
      days: row.days,
      requestedAt: readTime(row.requested_at)!,
      requestedBy: readText(row.requested_by),
      runsFound: row.runs_found,
      runsStored: Math.min(readNumber(stored?.count) ?? 0, row.runs_found),
      reachedAt: readTime(row.reached_at),
      finishedAt: readTime(row.finished_at),
      reason: readText(row.reason),
      continuesAt: readTime(row.continues_at),
    };
  }
}
