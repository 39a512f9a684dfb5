import { Knex } from 'knex';
import { CiMedicDatabase, readNumber, writeText } from '../database';
import {
  anomaliesJudge,
  seriesBuild,
  testsJudge,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { measureRun } from './measureRun';
import { readRunsToMeasure } from './readRunsToMeasure';
import { RunnerPrices } from '../RunnerPrices';
import { SeriesStore } from './SeriesStore';
import { SERIES_VERSION } from './seriesVersion';
import { TestIdentities } from './TestIdentities';

type Payload = { projectId: string };

/** Runs in one transaction; between two of them the intake has its turn. */
const BATCH = 100;

/**
 * Builds all series of a project anew from the runs that are stored, oldest first. It goes on where it was when it is
 * interrupted, and runs that come in meanwhile are measured as always.
 */
export class SeriesBuildHandler implements WorkHandler<Payload> {
  readonly kind = seriesBuild.kind;
  readonly schema = seriesBuild.schema;
  readonly concurrency = 1;
  readonly leaseMs = 60_000;
  readonly maxAttempts = 10;

  readonly #database: CiMedicDatabase;
  readonly #store = new SeriesStore();
  readonly #tests = new TestIdentities();
  readonly #measuring: { mainBranches: string[]; prices: RunnerPrices };

  constructor(options: {
    database: CiMedicDatabase;
    mainBranches: string[];
    prices: RunnerPrices;
  }) {
    this.#database = options.database;
    this.#measuring = options;
  }

  async run(item: WorkItem<Payload>): Promise<WorkResult> {
    return { write: trx => this.#build(item.payload.projectId, trx) };
  }

  async onDead(
    item: Omit<WorkItem<Payload>, 'signal'>,
    reason: string,
    { knex }: WorkTransaction,
  ): Promise<void> {
    await knex('series_builds')
      .where({ project_id: item.payload.projectId })
      .update({ state: 'failed', reason: writeText(reason, 2_000) });
  }

  async #build(projectId: string, { knex, enqueue }: WorkTransaction) {
    const build = await knex('series_builds')
      .where({ project_id: projectId })
      .first();
    if (!build || build.state === 'done') {
      return;
    }
    const isFirst = build.state === 'queued';
    if (isFirst) {
      await this.#forget(knex, projectId);
    }
    const batch = await this.#next(knex, projectId, build.cursor);
    const runIds = batch.map(({ run_id }) => run_id);
    const runs = await readRunsToMeasure(knex, runIds);
    await this.#store.replace(
      knex,
      runIds,
      runs.flatMap(run => measureRun(run, this.#measuring)),
    );
    await knex('test_cases')
      .whereIn('run_id', runIds)
      .update({ test_id: null });
    await this.#tests.assign(knex, runIds);
    const last = batch[batch.length - 1];
    const isDone = batch.length < BATCH;
    await knex('series_builds')
      .where({ project_id: projectId })
      .update({
        state: isDone ? 'done' : 'running',
        done: knex.raw('done + ?', [batch.length]),
        ...(isFirst && { total: await this.#count(knex, projectId) }),
        ...(last && { cursor: `${last.at} ${last.run_id}` }),
        ...(isDone && {
          built_version: SERIES_VERSION,
          finished_at: this.#database.nowExpression(),
        }),
      });
    if (!isDone) {
      await enqueue(workFor(seriesBuild, { projectId }));
      return;
    }
    for (const pipelineId of await pipelinesOf(knex, projectId)) {
      await enqueue(workFor(anomaliesJudge, { projectId, pipelineId }));
      await enqueue(workFor(testsJudge, { projectId, pipelineId }));
    }
  }

  async #forget(knex: Knex.Transaction, projectId: string) {
    const subjects = () =>
      knex('series_subjects').where({ project_id: projectId });
    await knex('series_judgements')
      .whereIn('subject_id', subjects().select('id'))
      .delete();
    await knex('series_points').where({ project_id: projectId }).delete();
    await subjects().delete();
    await knex('series_tests').where({ project_id: projectId }).delete();
    await knex('runs')
      .where({ project_id: projectId })
      .update({ tests_judged_at: null });
  }

  async #next(
    knex: Knex.Transaction,
    projectId: string,
    cursor: string | null,
  ): Promise<{ run_id: string; at: unknown }[]> {
    const select = knex('runs')
      .where({ project_id: projectId, attempt: 1 })
      .orderBy(['created_at', 'run_id'])
      .limit(BATCH)
      .select('run_id', knex.ref('created_at').as('at'));
    if (cursor) {
      const [at, runId] = cursor.split(' ');
      select.whereRaw('(created_at, run_id) > (?, ?)', [Number(at), runId]);
    }
    return select;
  }

  async #count(knex: Knex.Transaction, projectId: string): Promise<number> {
    const row = await knex('runs')
      .where({ project_id: projectId, attempt: 1 })
      .count<{ count: unknown }[]>({ count: '*' })
      .first();
    return readNumber(row?.count) ?? 0;
  }
}

async function pipelinesOf(
  knex: Knex.Transaction,
  projectId: string,
): Promise<string[]> {
  return knex('series_subjects')
    .where({ project_id: projectId })
    .distinct('pipeline_id')
    .pluck('pipeline_id');
}
