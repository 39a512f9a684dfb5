import { mockServices } from '@backstage/backend-test-utils';
import { Conclusion } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { ChangeFeed } from '../../changes';
import {
  CiMedicDatabase,
  jobIdOf,
  Project,
  projectIdOf,
  runIdOf,
} from '../../database';
import { JobStore } from '../../ingest/JobStore';
import { RunStore } from '../../ingest/RunStore';
import { IncidentStore } from '../IncidentStore';
import { ObserveHandler } from '../ObserveHandler';

/** A job that completed, told by what matters to incidents. */
export type SceneJob = {
  /** Hours since the start. Runs are ordered by it, and a run is named by it. */
  run: number;
  attempt?: number;
  /** Hours since the start at which the job ended; that of the run by default. */
  at?: number;
  name?: string;
  branch?: string;
  conclusion: Conclusion;
  fingerprint?: string;
};

const HOUR_MS = 3_600_000;

/**
 * A repository whose jobs complete one after the other, in whatever order a test likes.
 */
export class IncidentScene {
  static readonly start = Date.parse('2026-11-02T00:00:00Z');

  static async create(
    database: CiMedicDatabase,
    slug: string,
  ): Promise<IncidentScene> {
    const ref = { provider: 'test', host: 'ci.example', slug };
    const project = { id: projectIdOf(ref), ref };
    await database
      .knex('projects')
      .insert({ id: project.id, ...ref, first_seen_at: 0 });
    return new IncidentScene(database, project);
  }

  readonly project: Project;
  readonly incidents: IncidentStore;
  readonly #database: CiMedicDatabase;
  readonly #handler: ObserveHandler;

  private constructor(database: CiMedicDatabase, project: Project) {
    this.#database = database;
    this.project = project;
    this.incidents = IncidentStore.create({ database });
    this.#handler = new ObserveHandler({
      incidents: this.incidents,
      mainBranches: ['main'],
      changes: ChangeFeed.create({
        signals: { publish: async () => {} },
        logger: mockServices.logger.mock(),
      }),
    });
  }

  jobId(job: SceneJob): string {
    return jobIdOf(this.project.ref, externalIdOf(job));
  }

  runId(job: SceneJob): string {
    return runIdOf(this.project.ref, String(job.run));
  }

  /** Stores a job and what its log was found to say. */
  async store(job: SceneJob): Promise<void> {
    const database = this.#database;
    const { run, attempt = 1, at = run, name = 'build' } = job;
    const time = (hour: number) =>
      new Date(IncidentScene.start + hour * HOUR_MS).toISOString();
    await database.transaction(async knex => {
      await RunStore.create({ database }).save(knex, this.project, {
        runId: String(run),
        attempt,
        pipeline: { id: '7', name: 'CI' },
        event: 'push',
        branch: job.branch ?? 'main',
        commit: { sha: 'c0ffee' },
        pullRequests: [],
        isFork: false,
        status: 'completed',
        conclusion: job.conclusion,
        createdAt: time(run),
        updatedAt: time(at),
      });
      await JobStore.create({ database }).save({
        knex,
        project: this.project,
        runId: this.runId(job),
        attempt,
        jobs: [
          {
            jobId: externalIdOf(job),
            name,
            status: 'completed',
            conclusion: job.conclusion,
            startedAt: time(run),
            completedAt: time(at),
            runner: { labels: [] },
            steps: [],
          },
        ],
      });
      await this.#storeLog(knex, job);
    });
  }

  /** Lets incidents follow from a job that is stored. */
  async observe(job: SceneJob): Promise<void> {
    const payload = { jobId: this.jobId(job) };
    const { write } = await this.#handler.run({ payload } as any);
    await this.#database.transaction(knex =>
      write!({ knex, enqueue: async () => {} }),
    );
  }

  async arrive(job: SceneJob): Promise<void> {
    await this.store(job);
    await this.observe(job);
  }

  /** Everything that incidents say, without ids, by fingerprint. */
  async tell(): Promise<object> {
    const { knex } = this.#database;
    const rows = await knex('incidents')
      .where({ project_id: this.project.id })
      .orderBy('fingerprint');
    const hour = (time: unknown) =>
      time === null ? null : (Number(time) - IncidentScene.start) / HOUR_MS;
    const told: Record<string, object> = {};
    for (const row of rows) {
      const timeline = await knex('incident_timeline')
        .leftJoin('jobs', 'jobs.job_id', 'incident_timeline.job_id')
        .where({ incident_id: row.id })
        .orderBy('position')
        .select('kind', 'at', 'external_id');
      told[row.fingerprint] = {
        state: row.state,
        occurrences: row.occurrences,
        seen: [hour(row.first_seen_at), hour(row.last_seen_at)],
        resolvedAt: hour(row.resolved_at),
        reopened: row.reopened,
        timeline: timeline.map(
          ({ kind, at, external_id }) =>
            `${kind}@${hour(at)} by ${external_id ?? 'time'}`,
        ),
      };
    }
    return told;
  }

  async #storeLog(knex: Knex, job: SceneJob) {
    if (job.fingerprint) {
      await knex('job_logs')
        .insert({
          job_id: this.jobId(job),
          state: 'stored',
          fingerprint: job.fingerprint,
          headline: `It says ${job.fingerprint}`,
          read_at: 0,
        })
        .onConflict('job_id')
        .merge();
    }
  }
}

function externalIdOf({ run, attempt = 1, name = 'build' }: SceneJob): string {
  return `${run}.${attempt} ${name}`;
}
