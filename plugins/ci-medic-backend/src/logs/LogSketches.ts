import { LogSketch } from '@ci-medic/build-log';
import { Knex } from 'knex';
import { promisify } from 'util';
import { gunzip, gzip } from 'zlib';
import { CiMedicDatabase, readNumber } from '../database';

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** A sketch is at most 64 KB. */
const SKETCH_LIMIT = 1024 * 1024;
const MOST_COMPARED = 5;
/** How many of a job are kept. */
const MOST_KEPT = 20;

/** A job by what makes its logs comparable. */
export type ComparableJob = {
  jobId: string;
  projectId: string;
  pipelineId: string;
  name: string;
  completedAt: number;
};

/**
 * What passing jobs print, so that a failed one can be compared with them.
 */
export class LogSketches {
  static create(options: { database: CiMedicDatabase }): LogSketches {
    return new LogSketches(options.database);
  }

  readonly #database: CiMedicDatabase;

  private constructor(database: CiMedicDatabase) {
    this.#database = database;
  }

  /**
   * Sketches of the passing jobs of the same name that ended last before this one. While history is read backwards
   * there may be none before; then those that came next.
   */
  async near(job: ComparableJob): Promise<LogSketch[]> {
    const before = await this.#select(job)
      .where('completed_at', '<=', job.completedAt)
      .orderBy('completed_at', 'desc')
      .limit(MOST_COMPARED);
    const rows =
      before.length > 0
        ? before
        : await this.#select(job)
            .where('completed_at', '>', job.completedAt)
            .orderBy('completed_at', 'asc')
            .limit(MOST_COMPARED);
    return Promise.all(
      rows.map(async row =>
        JSON.parse(
          (
            await expand(row.body, { maxOutputLength: SKETCH_LIMIT })
          ).toString(),
        ),
      ),
    );
  }

  /** Makes the row outside of the transaction that saves it. */
  async pack(job: ComparableJob, sketch: LogSketch): Promise<object> {
    return {
      job_id: job.jobId,
      project_id: job.projectId,
      pipeline_id: job.pipelineId,
      job_name: job.name,
      completed_at: job.completedAt,
      body: await compress(JSON.stringify(sketch)),
    };
  }

  /** Saves a packed sketch and forgets the oldest of its job. */
  async save(
    knex: Knex.Transaction,
    job: ComparableJob,
    packed: object,
  ): Promise<void> {
    await knex('log_sketches').insert(packed).onConflict('job_id').merge();
    const oldest = await this.#of(knex, job)
      .orderBy('completed_at', 'desc')
      .offset(MOST_KEPT)
      .first('completed_at');
    if (oldest) {
      await this.#of(knex, job)
        .where('completed_at', '<=', readNumber(oldest.completed_at)!)
        .delete();
    }
  }

  #select(job: ComparableJob) {
    return this.#of(this.#database.knex, job)
      .whereNot('job_id', job.jobId)
      .select('body');
  }

  #of(knex: Knex, job: ComparableJob) {
    return knex('log_sketches').where({
      project_id: job.projectId,
      pipeline_id: job.pipelineId,
      job_name: job.name,
    });
  }
}
