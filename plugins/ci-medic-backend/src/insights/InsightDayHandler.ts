import { Knex } from 'knex';
import {
  CiMedicDatabase,
  readJson,
  readNumber,
  readText,
  insertInBatches,
} from '../database';
import { insightsDay, WorkHandler, WorkItem, WorkResult } from '../work';
import { InsightsConfig, priceClassOf } from './InsightsConfig';
import { DayAttempt, DayJob, summarizeDay } from './summarizeDay';

type Payload = { projectId: string; day: number };

const DAY_MS = 86_400_000;

/** What nobody waits for. */
const unattended = ['schedule', 'repository_dispatch', 'workflow_run'];

/**
 * Sums up what happened in a repository on a day, for each of its entities.
 */
export class InsightDayHandler implements WorkHandler<Payload> {
  readonly kind = insightsDay.kind;
  readonly schema = insightsDay.schema;
  readonly concurrency = 1;
  readonly leaseMs = 60_000;
  readonly maxAttempts = 5;

  readonly #database: CiMedicDatabase;
  readonly #config: InsightsConfig;

  constructor(options: { database: CiMedicDatabase; config: InsightsConfig }) {
    this.#database = options.database;
    this.#config = options.config;
  }

  async run({ payload }: WorkItem<Payload>): Promise<WorkResult> {
    const { projectId, day } = payload;
    const { knex } = this.#database;
    const attempts = await this.#attempts(knex, payload);
    const jobs = await this.#jobs(knex, payload);
    const entities = await this.#entities(knex, payload);
    const rows = [...entities].map(([entityRef, runIds]) => ({
      entity_ref: entityRef,
      project_id: projectId,
      day,
      body: JSON.stringify(
        summarizeDay(
          attempts.filter(({ runId }) => runIds.has(runId)),
          jobs.filter(({ runId }) => runIds.has(runId)),
        ),
      ),
      computed_at: this.#database.nowExpression(),
    }));
    return {
      write: async ({ knex: transaction }) => {
        await transaction('insight_days')
          .where({ project_id: projectId, day })
          .delete();
        await insertInBatches({
          knex: transaction,
          table: 'insight_days',
          rows,
        });
      },
    };
  }

  async #attempts(knex: Knex, payload: Payload): Promise<DayAttempt[]> {
    const rows = await runsOf(knex, payload).select(
      'runs.run_id',
      'attempt',
      'commit_sha',
      'pipeline_id',
      'conclusion',
      'event',
      'actor',
      'queue_ms',
      'stored_at',
    );
    return rows.map((row: any) => ({
      runId: row.run_id,
      attempt: row.attempt,
      commitSha: row.commit_sha,
      pipelineId: row.pipeline_id,
      conclusion: readText(row.conclusion),
      isAwaited:
        !unattended.includes(row.event) && !/\[bot\]$/.test(row.actor ?? ''),
      queueMs: readNumber(row.queue_ms),
      storedAt: readNumber(row.stored_at)!,
    }));
  }

  async #jobs(knex: Knex, payload: Payload): Promise<DayJob[]> {
    const rows = await runsOf(knex, payload)
      .join('jobs', join =>
        join
          .on('jobs.run_id', 'runs.run_id')
          .andOn('jobs.attempt', 'runs.attempt'),
      )
      .leftJoin(
        'incident_occurrences',
        'incident_occurrences.job_id',
        'jobs.job_id',
      )
      .where('jobs.status', 'completed')
      .select(
        'jobs.run_id',
        'jobs.attempt',
        'jobs.name',
        'jobs.conclusion',
        'jobs.duration_ms',
        'jobs.runner_labels',
        'incident_occurrences.incident_id',
      );
    return rows.map((row: any) => ({
      runId: row.run_id,
      attempt: row.attempt,
      name: row.name,
      conclusion: readText(row.conclusion),
      durationMs: readNumber(row.duration_ms) ?? 0,
      priceClass: priceClassOf(
        this.#config,
        readJson<string[]>(row.runner_labels) ?? [],
      ),
      incidentId: readText(row.incident_id),
    }));
  }

  async #entities(knex: Knex, payload: Payload) {
    const rows: { entity_ref: string; run_id: string }[] = await runsOf(
      knex,
      payload,
    )
      .join('run_entities', 'run_entities.run_id', 'runs.run_id')
      .distinct('run_entities.entity_ref', 'runs.run_id');
    const entities = new Map<string, Set<string>>();
    for (const { entity_ref: ref, run_id: runId } of rows) {
      entities.set(ref, (entities.get(ref) ?? new Set()).add(runId));
    }
    return entities;
  }
}

function runsOf(knex: Knex, { projectId, day }: Payload): Knex.QueryBuilder {
  return knex('runs')
    .where('runs.project_id', projectId)
    .where('runs.created_at', '>=', day * DAY_MS)
    .where('runs.created_at', '<', (day + 1) * DAY_MS);
}
