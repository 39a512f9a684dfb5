import { Knex } from 'knex';
import {
  CiMedicDatabase,
  insertInBatches,
  readNumber,
  readText,
  stableId,
} from '../database';
import { insightsPeriods, WorkHandler, WorkItem, WorkResult } from '../work';
import { foldRedPeriods, Outcome } from './foldRedPeriods';
import { InsightsConfig, isDeployment } from './InsightsConfig';

type Payload = { projectId: string };

type Sequence = {
  kind: 'main' | 'deployment';
  pipeline: string;
  branch?: string;
  outcomes: Outcome[];
};

/**
 * Finds the times in which main branches and deployments of a repository were red, anew from all that is kept: news come
 * in any order.
 */
export class RedPeriodsHandler implements WorkHandler<Payload> {
  readonly kind = insightsPeriods.kind;
  readonly schema = insightsPeriods.schema;
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
    const { projectId } = payload;
    const sequences = await this.#sequences(this.#database.knex, projectId);
    const rows = [...sequences].flatMap(([key, sequence]) =>
      foldRedPeriods(sequence.outcomes).map(period => ({
        id: stableId(projectId, key, period.startedAt, period.firstRunId),
        project_id: projectId,
        kind: sequence.kind,
        pipeline: sequence.pipeline,
        branch: sequence.branch ?? null,
        started_at: period.startedAt,
        ended_at: period.endedAt ?? null,
        first_run_id: period.firstRunId,
        last_run_id: period.lastRunId ?? null,
        job_id: period.jobId ?? null,
      })),
    );
    return {
      write: async ({ knex }) => {
        await knex('insight_red_periods')
          .where({ project_id: projectId })
          .delete();
        await insertInBatches({ knex, table: 'insight_red_periods', rows });
      },
    };
  }

  async #sequences(
    knex: Knex,
    projectId: string,
  ): Promise<Map<string, Sequence>> {
    const { mainBranches } = this.#config;
    const runs = await knex('runs')
      .where({ project_id: projectId, status: 'completed', is_fork: false })
      .whereIn('branch', mainBranches)
      .whereNotIn('event', ['pull_request', 'pull_request_target'])
      .orderBy('completed_at')
      .orderBy('run_id')
      .orderBy('attempt')
      .select(
        'run_id',
        'attempt',
        'pipeline_id',
        'pipeline_name',
        'branch',
        'conclusion',
        'completed_at',
        'updated_at',
        'created_at',
      );
    const failedJobs = await this.#failedJobs(knex, projectId);
    const sequences = new Map<string, Sequence>();
    const add = (key: string, sequence: Omit<Sequence, 'outcomes'>) => {
      const found = sequences.get(key) ?? { ...sequence, outcomes: [] };
      sequences.set(key, found);
      return found.outcomes;
    };
    for (const row of runs) {
      const isDeploying = isDeployment(this.#config, row.pipeline_name);
      const kind = isDeploying ? 'deployment' : 'main';
      const branch = readText(row.branch);
      add(`${kind}|${row.pipeline_id}|${branch}`, {
        ...{ kind, branch },
        pipeline: row.pipeline_name,
      }).push({
        runId: row.run_id,
        at: readNumber(row.completed_at ?? row.updated_at ?? row.created_at)!,
        conclusion: readText(row.conclusion),
        jobId: failedJobs.get(`${row.run_id}|${row.attempt}`),
      });
    }
    await this.#addDeployJobs(knex, projectId, add);
    return sequences;
  }

  /** The failed job of each attempt that belongs to an incident, else any. */
  async #failedJobs(knex: Knex, projectId: string) {
    const rows: { job_id: string; run_id: string; attempt: number }[] =
      await knex('incident_occurrences')
        .where({ project_id: projectId })
        .orderBy('at', 'desc')
        .select('job_id', 'run_id', 'attempt');
    return new Map(
      rows.map(row => [`${row.run_id}|${row.attempt}`, row.job_id]),
    );
  }

  /** Pipelines that are not deployments by their name may have jobs that are. */
  async #addDeployJobs(
    knex: Knex,
    projectId: string,
    add: (key: string, sequence: Omit<Sequence, 'outcomes'>) => Outcome[],
  ) {
    const { mainBranches } = this.#config;
    const names: string[] = await knex('job_tracks')
      .where({ project_id: projectId })
      .whereIn('branch', mainBranches)
      .distinct()
      .pluck('job_name');
    const deploying = names.filter(name => isDeployment(this.#config, name));
    if (deploying.length === 0) {
      return;
    }
    const jobs = await knex('jobs')
      .join('runs', join =>
        join
          .on('runs.run_id', 'jobs.run_id')
          .andOn('runs.attempt', 'jobs.attempt'),
      )
      .where({ 'jobs.project_id': projectId, 'jobs.status': 'completed' })
      .whereIn('jobs.name', deploying)
      .whereIn('runs.branch', mainBranches)
      .whereNotNull('jobs.completed_at')
      .orderBy('jobs.completed_at')
      .orderBy('jobs.job_id')
      .select(
        'jobs.job_id',
        'jobs.run_id',
        'jobs.name',
        'jobs.conclusion',
        'jobs.completed_at',
        'runs.branch',
        'runs.pipeline_id',
        'runs.pipeline_name',
      );
    for (const row of jobs) {
      if (!isDeployment(this.#config, row.pipeline_name)) {
        const branch = readText(row.branch);
        add(`job|${row.pipeline_id}|${row.name}|${branch}`, {
          ...{ kind: 'deployment', branch },
          pipeline: `${row.pipeline_name} / ${row.name}`,
        }).push({
          runId: row.run_id,
          at: readNumber(row.completed_at)!,
          conclusion: readText(row.conclusion),
          jobId: row.job_id,
        });
      }
    }
  }
}
