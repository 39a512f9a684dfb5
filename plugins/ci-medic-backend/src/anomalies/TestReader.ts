import { InputError, NotFoundError } from '@backstage/errors';
import { FlakyCorrelation, judgeTest, TestState } from '@ci-medic/detection';
import {
  TestExecution,
  TestHistory,
  TestReliability,
  TestVerdict,
} from '@ci-medic/plugin-ci-medic-common';
import {
  CiMedicDatabase,
  nameOfTest,
  readBoolean,
  readJson,
  readNumber,
  readText,
  readTime,
} from '../database';
import { TestBody } from './TestBody';

const unreliable: TestVerdict[] = ['flaky', 'broken', 'suspect', 'unstable'];
const MOST_EXECUTIONS = 300;
const MOST_FLIPS = 5;

/**
 * Reads how reliable tests are, those that cost most first, and the history of one.
 */
export class TestReader {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  async list(query: {
    entityRef: string;
    verdict?: TestVerdict;
    cursor?: string;
    limit?: number;
  }): Promise<{
    items: TestReliability[];
    nextCursor?: string;
    totalItems: number;
  }> {
    const { entityRef, verdict, cursor, limit = 20 } = query;
    const offset = cursor === undefined ? 0 : Number(cursor);
    if (!Number.isSafeInteger(offset) || offset < 0) {
      throw new InputError('The cursor is not one that this API gave out');
    }
    const verdicts = verdict ? [verdict] : unreliable;
    const matching = () =>
      this.#tests(entityRef).whereIn('series_tests.verdict', verdicts);
    const rows = await matching()
      .orderBy([
        { column: 'rank', order: 'desc' },
        { column: 'name' },
        { column: 'id' },
      ])
      .offset(offset)
      .limit(limit + 1);
    const count = await matching()
      .count<{ count: unknown }[]>({ count: '*' })
      .first();
    const pipelines = await this.#pipelines(rows);
    const now = await this.#database.now();
    return {
      items: rows
        .slice(0, limit)
        .map(row =>
          presentTest(row, { pipeline: pipelines.get(row.pipeline_id), now }),
        ),
      nextCursor: rows.length > limit ? String(offset + limit) : undefined,
      totalItems: readNumber(count?.count) ?? 0,
    };
  }

  /**
   * @throws NotFoundError when the entity has no such test
   */
  async history(entityRef: string, testId: string): Promise<TestHistory> {
    const { knex } = this.#database;
    const row = await this.#tests(entityRef).where({ id: testId }).first();
    if (!row) {
      throw new NotFoundError(`${entityRef} has no test ${testId}`);
    }
    const matching = () =>
      knex('test_cases')
        .join('runs', join =>
          join
            .on('runs.run_id', 'test_cases.run_id')
            .andOn('runs.attempt', 'test_cases.attempt'),
        )
        .join('run_entities', 'run_entities.run_id', 'test_cases.run_id')
        .where({
          'test_cases.test_id': testId,
          'run_entities.entity_ref': entityRef,
        });
    const executions = await matching()
      .leftJoin('jobs', 'jobs.job_id', 'test_cases.job_id')
      .orderBy([
        { column: 'runs.created_at', order: 'desc' },
        { column: 'runs.run_id' },
        { column: 'runs.attempt', order: 'desc' },
      ])
      .limit(MOST_EXECUTIONS)
      .select(
        'test_cases.*',
        'runs.number',
        'runs.branch',
        'runs.commit_sha',
        'runs.created_at',
        'runs.completed_at',
        'jobs.runner_name',
      );
    const count = await matching()
      .count<{ count: unknown }[]>({ count: '*' })
      .first();
    const pipelines = await this.#pipelines([row]);
    const now = await this.#database.now();
    return {
      test: presentTest(row, { pipeline: pipelines.get(row.pipeline_id), now }),
      executions: executions.map(presentExecution),
      subjectIds: await this.#subjectsOf(row),
      total: readNumber(count?.count) ?? 0,
    };
  }

  /** Main branches first. */
  async #subjectsOf(row: any): Promise<string[]> {
    return this.#database
      .knex('series_subjects')
      .where({
        kind: 'test',
        project_id: row.project_id,
        pipeline_id: row.pipeline_id,
        job_name: row.job_name,
        name: nameOfTest(row),
      })
      .orderBy(['branch_class', 'runner_class'])
      .pluck('id');
  }

  /** Tests of pipelines that the entity has runs of. */
  #tests(entityRef: string) {
    const { knex } = this.#database;
    return knex('series_tests').whereExists(
      knex('run_entities')
        .join('runs', 'runs.run_id', 'run_entities.run_id')
        .where('run_entities.entity_ref', entityRef)
        .whereRaw(
          'run_entities.pipeline_id = series_tests.pipeline_id and runs.project_id = series_tests.project_id',
        )
        .select('run_entities.run_id'),
    );
  }

  async #pipelines(rows: any[]): Promise<Map<string, string>> {
    const found = await this.#database
      .knex('series_subjects')
      .where({ kind: 'pipeline' })
      .whereIn(
        'project_id',
        rows.map(row => row.project_id),
      )
      .select('pipeline_id', 'pipeline_name');
    return new Map(found.map(row => [row.pipeline_id, row.pipeline_name]));
  }
}

function presentTest(
  row: any,
  { pipeline, now }: { pipeline?: string; now: number },
): TestReliability {
  const state = readJson<TestState>(row.state);
  const verdict = state && judgeTest(state, { name: row.name, now });
  return {
    id: row.id,
    pipeline: pipeline ?? row.pipeline_id,
    job: readText(row.job_name),
    suite: readText(row.suite),
    className: readText(row.class_name),
    name: row.name,
    file: readText(row.file),
    verdict: verdict?.verdict ?? 'unknown',
    flips:
      verdict && verdict.commits > 0
        ? {
            value: verdict.rate,
            low: verdict.range[0],
            high: verdict.range[1],
            n: verdict.commits,
          }
        : undefined,
    lastFlips: [...(state?.lastFlips ?? [])]
      .sort((left, right) => right.at - left.at)
      .slice(0, MOST_FLIPS)
      .map(({ at, sha }) => ({ at: readTime(at)!, commitSha: sha })),
    correlations: verdict?.correlations.map(describeCorrelation) ?? [],
    costMinutes: readJson<TestBody>(row.body)?.costMinutes ?? 0,
    sentence: verdict?.sentence ?? 'Not judged yet',
    lastAt: readTime(row.last_at)!,
  };
}

function describeCorrelation(correlation: FlakyCorrelation): string {
  const { kind, value, flips, of } = correlation;
  return {
    runner: `${flips} on ${value}, of ${of} commits there`,
    hour: `${flips} between ${value}:00 and ${value}:59 UTC, of ${of} commits then`,
    neighbour: `${flips} of ${of} together with ${value}`,
    message: `${flips} of ${of} say “${value}”`,
  }[kind];
}

function presentExecution(row: any): TestExecution {
  return {
    runId: row.run_id,
    attempt: row.attempt,
    jobId: readText(row.job_id),
    runNumber: readNumber(row.number),
    branch: readText(row.branch),
    commitSha: row.commit_sha,
    runner: readText(row.runner_name),
    at: readTime(row.completed_at ?? row.created_at)!,
    outcome: row.outcome,
    flaky: readBoolean(row.flaky),
    durationMs: readNumber(row.duration_ms),
    message: readText(row.message),
  };
}
