import { createTestState, judgeTest, TestState } from '@ci-medic/detection';
import { Knex } from 'knex';
import { CiMedicDatabase, readJson, readNumber } from '../database';
import {
  isReadingHistory,
  testsJudge,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { readTestRuns } from './readTestRuns';
import { takeTestRun } from './takeTestRun';
import { TestBody, TestMemory } from './TestBody';

type Payload = { projectId: string; pipelineId: string };

/** Attempts at a time, so that others have their turn. */
const BATCH = 200;
/** Runs that are this much older than what was judged already are history that was read later. */
const LATE_MS = 3_600_000;
const HISTORY_WAIT_MS = 10_000;

/**
 * Judges how reliable the tests of a pipeline are, from the attempts that were not taken in yet, oldest first. When history
 * becomes known that is older than what was judged, everything is judged anew.
 */
export class TestsJudgeHandler implements WorkHandler<Payload> {
  readonly kind = testsJudge.kind;
  readonly schema = testsJudge.schema;
  readonly concurrency = 1;
  readonly leaseMs = 60_000;
  readonly maxAttempts = 5;

  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  async run({ payload }: WorkItem<Payload>): Promise<WorkResult> {
    return { write: trx => this.#judge(payload, trx) };
  }

  async #judge(payload: Payload, { knex, enqueue }: WorkTransaction) {
    const { projectId, pipelineId } = payload;
    if (await this.#isLate(knex, payload)) {
      if (await isReadingHistory(knex, projectId)) {
        const options = { delayMs: HISTORY_WAIT_MS };
        await enqueue(workFor(testsJudge, payload, options));
        return;
      }
      await knex('runs')
        .where({ project_id: projectId, pipeline_id: pipelineId })
        .update({ tests_judged_at: null });
      await knex('series_tests')
        .where({ project_id: projectId, pipeline_id: pipelineId })
        .update({ state: null, body: null });
    }
    const runs = await readTestRuns(knex, payload, BATCH);
    const testIds = runs.flatMap(({ cases }) => cases.map(one => one.testId));
    const tests = await this.#tests(knex, [...new Set(testIds)]);
    for (const run of runs) {
      takeTestRun(run, tests);
    }
    const now = await this.#database.now(knex);
    for (const [id, test] of tests) {
      const { name, state, body } = test;
      const verdict = judgeTest(state, { name });
      await knex('series_tests')
        .where({ id })
        .update({
          state: JSON.stringify(state),
          verdict: verdict.verdict,
          rank: body.costMinutes + state.recent.flips,
          body: JSON.stringify({ ...body, verdict }),
        });
    }
    for (const { runId, attempt } of runs) {
      await knex('runs')
        .where({ run_id: runId, attempt })
        .update({ tests_judged_at: now });
    }
    if (runs.length === BATCH) {
      await enqueue(workFor(testsJudge, payload));
    }
  }

  async #isLate(knex: Knex, { projectId, pipelineId }: Payload) {
    const runs = () =>
      knex('runs').where({
        project_id: projectId,
        pipeline_id: pipelineId,
      });
    const judged = await runs()
      .whereNotNull('tests_judged_at')
      .max<{ at: unknown }[]>({ at: 'completed_at' })
      .first();
    const waiting = await runs()
      .whereNull('tests_judged_at')
      .whereNotNull('collected_at')
      .whereExists(
        knex('test_cases')
          .whereRaw(
            'test_cases.run_id = runs.run_id and test_cases.attempt = runs.attempt',
          )
          .select('id'),
      )
      .min<{ at: unknown }[]>({ at: 'completed_at' })
      .first();
    const newest = readNumber(judged?.at);
    const oldest = readNumber(waiting?.at);
    return (
      newest !== undefined && oldest !== undefined && oldest < newest - LATE_MS
    );
  }

  async #tests(knex: Knex, ids: string[]): Promise<Map<string, TestMemory>> {
    const tests = new Map<string, TestMemory>();
    for (let start = 0; start < ids.length; start += 500) {
      const rows = await knex('series_tests').whereIn(
        'id',
        ids.slice(start, start + 500),
      );
      for (const row of rows) {
        tests.set(row.id, {
          name: row.name,
          state: readJson<TestState>(row.state) ?? createTestState(),
          body: readJson<TestBody>(row.body) ?? { costMinutes: 0 },
        });
      }
    }
    return tests;
  }
}
