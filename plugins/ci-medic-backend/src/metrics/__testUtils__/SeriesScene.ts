import { mockServices } from '@backstage/backend-test-utils';
import { Conclusion } from '@ci-medic/plugin-ci-medic-common';
import { ConfigReader } from '@backstage/config';
import {
  CiMedicDatabase,
  jobIdOf,
  Project,
  projectIdOf,
  runIdOf,
  stableId,
} from '../../database';
import { JobStore } from '../../ingest/JobStore';
import { RunStore } from '../../ingest/RunStore';
import { WorkHandler, WorkQueue, WorkRequest } from '../../work';
import { RunCounters } from '../RunCounters';
import { RunnerPrices } from '../../RunnerPrices';
import { SeriesBuildHandler } from '../SeriesBuildHandler';
import { SeriesBuilds } from '../SeriesBuilds';
import { SeriesTakeHandler } from '../SeriesTakeHandler';

/** A job by what matters to series. */
export type SceneJob = {
  conclusion?: Conclusion;
  seconds?: number;
  queueSeconds?: number;
  labels?: string[];
  /** Outcomes of its tests, by name. */
  tests?: Record<string, 'passed' | 'failed'>;
  /** How long each of them took, in seconds. */
  testSeconds?: Record<string, number>;
  /** Lines of its log that are of each warning. */
  warnings?: Record<string, number>;
};

/** An attempt of a run by what matters to series. */
export type SceneRun = {
  number: number;
  attempt?: number;
  /** Minutes since the start; the number by default. */
  minute?: number;
  branch?: string;
  pipeline?: string;
  jobs?: Record<string, SceneJob>;
  sha?: string;
};

const MINUTE_MS = 60_000;

/**
 * A repository whose runs are stored and measured one after the other, in whatever order a test likes.
 */
export class SeriesScene {
  static readonly start = Date.parse('2026-11-02T00:00:00Z');

  readonly project: Project;
  readonly clock: { time: number };
  readonly database: CiMedicDatabase;
  readonly queue: WorkQueue;
  readonly builds: SeriesBuilds;
  readonly counters: RunCounters;
  readonly handlers = new Map<string, WorkHandler>();
  readonly #stores: { runs: RunStore; jobs: JobStore };

  /** Over a database that is migrated. */
  static async create(
    knex: CiMedicDatabase['knex'],
    options: { slug?: string; prices?: object[] } = {},
  ): Promise<SeriesScene> {
    const { slug = 'acme/shop', prices = [] } = options;
    const ref = { provider: 'test', host: 'ci.example', slug };
    const project = { id: projectIdOf(ref), ref };
    await knex('projects')
      .insert({ id: project.id, ...ref, first_seen_at: 0 })
      .onConflict('id')
      .ignore();
    return new SeriesScene(knex, project, prices);
  }

  private constructor(
    knex: CiMedicDatabase['knex'],
    project: Project,
    prices: object[],
  ) {
    this.project = project;
    this.clock = { time: SeriesScene.start };
    this.database = CiMedicDatabase.fromKnex(knex, {
      clock: { now: on => on.raw('cast(? as bigint)', [this.clock.time]) },
    });
    const { database } = this;
    this.queue = WorkQueue.create({ database });
    this.builds = new SeriesBuilds({ database, queue: this.queue });
    const measuring = {
      database,
      mainBranches: ['main'],
      prices: RunnerPrices.fromConfig(
        new ConfigReader({ ciMedic: { runnerPrices: prices } } as any),
      ),
    };
    this.counters = new RunCounters(measuring);
    const { counters } = this;
    this.#stores = {
      runs: RunStore.create({ database }),
      jobs: JobStore.create({ database }),
    };
    this.add(new SeriesTakeHandler({ ...measuring, counters }));
    this.add(new SeriesBuildHandler(measuring));
  }

  readonly logger = mockServices.logger.mock();

  add(handler: WorkHandler): void {
    this.handlers.set(handler.kind, handler);
  }

  runId(number: number): string {
    return runIdOf(this.project.ref, String(number));
  }

  /** Stores an attempt with its jobs, links it to an entity, and moves the clock to its end. */
  async store(run: SceneRun): Promise<void> {
    const { number, attempt = 1, minute = number, branch = 'main' } = run;
    const {
      pipeline = 'CI',
      jobs = { build: {} },
      sha = `c0ffee${number}`,
    } = run;
    const from = SeriesScene.start + minute * MINUTE_MS;
    const list = Object.entries(jobs);
    const ends = list.map(
      ([, { seconds = 60, queueSeconds = 5 }]) =>
        from + (seconds + queueSeconds) * 1_000,
    );
    const end = Math.max(...ends);
    this.clock.time = Math.max(this.clock.time, end);
    const failed = list.find(
      ([, one]) => (one.conclusion ?? 'success') !== 'success',
    );
    await this.database.transaction(async knex => {
      await this.#stores.runs.save(knex, this.project, {
        runId: String(number),
        number,
        attempt,
        pipeline: { id: pipeline, name: pipeline },
        event: 'push',
        branch,
        commit: { sha },
        pullRequests: [],
        isFork: false,
        status: 'completed',
        conclusion: failed?.[1].conclusion ?? 'success',
        createdAt: new Date(from).toISOString(),
        startedAt: new Date(from).toISOString(),
        updatedAt: new Date(end).toISOString(),
      });
      await this.#stores.jobs.save({
        ...{ knex, project: this.project, attempt },
        runId: this.runId(number),
        jobs: list.map(([name, job], index) => ({
          jobId: `${number}.${attempt} ${name}`,
          name,
          status: 'completed',
          conclusion: job.conclusion ?? 'success',
          createdAt: new Date(from).toISOString(),
          startedAt: new Date(
            from + (job.queueSeconds ?? 5) * 1_000,
          ).toISOString(),
          completedAt: new Date(ends[index]).toISOString(),
          runner: { labels: job.labels ?? ['linux'] },
          steps: [],
        })),
      });
      await this.#stores.runs.markCollected(knex, this.runId(number), attempt);
      await knex('run_entities')
        .insert({
          entity_ref: 'component:default/shop',
          run_id: this.runId(number),
          created_at: from,
          branch,
          pipeline_id: pipeline,
        })
        .onConflict(['entity_ref', 'run_id'])
        .ignore();
      await this.#storeTests(knex, number, attempt, list);
      await this.#storeLogs(knex, number, attempt, list);
    });
  }

  async #storeTests(
    knex: any,
    number: number,
    attempt: number,
    jobs: [string, SceneJob][],
  ) {
    const rows = jobs.flatMap(([job, { tests = {}, testSeconds = {} }]) =>
      Object.entries(tests).map(([name, outcome], position) => ({
        id: stableId(number, attempt, job, name),
        run_id: this.runId(number),
        attempt,
        job_id: jobIdOf(this.project.ref, `${number}.${attempt} ${job}`),
        position,
        name,
        outcome,
        outcome_rank: outcome === 'failed' ? 0 : 3,
        flaky: false,
        duration_ms: testSeconds[name] ? 1_000 * testSeconds[name] : null,
        message: outcome === 'failed' ? 'socket hang up' : null,
        report: 'junit.xml',
      })),
    );
    for (const row of rows) {
      await knex('test_cases').insert(row).onConflict('id').merge();
    }
  }

  async #storeLogs(
    knex: any,
    number: number,
    attempt: number,
    jobs: [string, SceneJob][],
  ) {
    for (const [job, { warnings }] of jobs) {
      if (warnings) {
        const id = jobIdOf(this.project.ref, `${number}.${attempt} ${job}`);
        await knex('job_logs').insert({
          ...{ job_id: id, state: 'stored', bytes: 5_000, read_at: 0 },
        });
        const rows = Object.entries(warnings).map(([template, lines]) => ({
          ...{ job_id: id, template_id: stableId(template), template, lines },
        }));
        if (rows.length > 0) {
          await knex('job_templates').insert(rows);
        }
      }
    }
  }

  /** Stores an attempt and measures its run. Returns what work followed. */
  async take(run: SceneRun): Promise<WorkRequest[]> {
    await this.store(run);
    return this.do('series.take', { runId: this.runId(run.number) });
  }

  /** Does work of a kind and what follows from it, as long as there are handlers for it. */
  async do(kind: string, payload: object): Promise<WorkRequest[]> {
    const followed: WorkRequest[] = [];
    const handler = this.handlers.get(kind)!;
    const result = await handler.run({
      ...{ payload, kind, key: '', lane: '', id: 'work', priority: 1 },
      ...{ attempt: 1, fence: 1, signal: new AbortController().signal },
    });
    await this.database.transaction(async knex => {
      followed.length = 0;
      await result.write?.({
        knex,
        enqueue: async work => {
          followed.push(work);
        },
      });
    });
    return followed;
  }

  /** Does all work of some kinds, and whatever follows from it. */
  async settle(work: WorkRequest[]): Promise<void> {
    const waiting = [...work];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (this.handlers.has(next.kind)) {
        waiting.push(...(await this.do(next.kind, next.payload as object)));
      }
    }
  }
}
