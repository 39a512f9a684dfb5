import { Knex } from 'knex';
import { CiMedicDatabase, readJson, readNumber } from '../database';
import { addTo, Distribution, emptyDistribution } from './Distribution';
import { MeasuredJob, MeasuredRun } from './MeasuredRun';
import { resultOf } from './resultOf';
import { RunnerPrices } from '../RunnerPrices';

/** What ended longer ago is history that was read later, and would look like a burst. */
const OLDEST_MS = 24 * 3_600_000;

/** Attempts of a pipeline that ended alike. */
export type RunCounter = {
  slot: number;
  repository: string;
  pipeline: string;
  result: string;
  attempts: number;
  reruns: number;
  runnerSeconds: number;
  cost: number;
  durations: Distribution;
  queues: Distribution;
};

/**
 * Counts each attempt once, in the transaction that measures its run. The counts are kept, so that they go on after a
 * restart and are the same on every replica.
 */
export class RunCounters {
  readonly #database: CiMedicDatabase;
  readonly #prices: RunnerPrices;

  constructor(options: { database: CiMedicDatabase; prices: RunnerPrices }) {
    this.#database = options.database;
    this.#prices = options.prices;
  }

  /** Counts those attempts of a run that were not counted yet. */
  async count(knex: Knex.Transaction, run: MeasuredRun): Promise<void> {
    const now = await this.#database.now(knex);
    const fresh = await knex('runs')
      .join('projects', 'projects.id', 'runs.project_id')
      .where({ run_id: run.runId })
      .whereNull('counted_at')
      .where('completed_at', '>=', now - OLDEST_MS)
      .select('attempt', 'slug');
    if (fresh.length === 0) {
      return;
    }
    for (const { attempt, slug } of fresh) {
      await this.#add(knex, run, attempt, slug);
    }
    await knex('runs').where({ run_id: run.runId }).update({ counted_at: now });
  }

  /** All counters, the oldest first. */
  async list(): Promise<RunCounter[]> {
    const rows = await this.#database.knex('run_counters').orderBy('slot');
    return rows.map(readCounter);
  }

  async #add(
    knex: Knex.Transaction,
    run: MeasuredRun,
    number: number,
    slug: string,
  ) {
    const attempt = run.attempts.find(one => one.attempt === number)!;
    const jobs = run.jobs.filter(job => job.attempt === number);
    const key = {
      project_id: run.projectId,
      pipeline_id: attempt.pipelineId,
      result: resultOf(attempt.conclusion),
    };
    await knex('run_counters')
      .insert({
        ...key,
        repository: slug,
        pipeline_name: attempt.pipelineName,
        attempts: 0,
        reruns: 0,
        runner_seconds: 0,
        cost: 0,
        durations: JSON.stringify(emptyDistribution()),
        queues: JSON.stringify(emptyDistribution()),
      })
      .onConflict(['project_id', 'pipeline_id', 'result'])
      .ignore();
    const select = knex('run_counters').where(key);
    const counter = readCounter(
      await (this.#database.isPostgres ? select.forUpdate() : select).first(),
    );
    if (attempt.durationMs !== undefined) {
      addTo(counter.durations, attempt.durationMs / 1_000);
    }
    if (attempt.queueMs !== undefined) {
      addTo(counter.queues, attempt.queueMs / 1_000);
    }
    await knex('run_counters')
      .where(key)
      .update({
        pipeline_name: attempt.pipelineName,
        attempts: counter.attempts + 1,
        reruns: counter.reruns + (number > 1 ? 1 : 0),
        runner_seconds: counter.runnerSeconds + secondsOf(jobs),
        cost: counter.cost + this.#costOf(jobs),
        durations: JSON.stringify(counter.durations),
        queues: JSON.stringify(counter.queues),
      });
  }

  #costOf(jobs: MeasuredJob[]): number {
    return jobs.reduce((total, { labels, durationMs = 0 }) => {
      const price = this.#prices.perMinute(labels) ?? 0;
      return total + (price * durationMs) / 60_000;
    }, 0);
  }
}

function secondsOf(jobs: MeasuredJob[]): number {
  return (
    jobs.reduce((total, { durationMs = 0 }) => total + durationMs, 0) / 1_000
  );
}

function readCounter(row: any): RunCounter {
  return {
    slot: row.slot,
    repository: row.repository,
    pipeline: row.pipeline_name,
    result: row.result,
    attempts: readNumber(row.attempts)!,
    reruns: readNumber(row.reruns)!,
    runnerSeconds: Number(row.runner_seconds),
    cost: Number(row.cost),
    durations: readJson<Distribution>(row.durations)!,
    queues: readJson<Distribution>(row.queues)!,
  };
}
