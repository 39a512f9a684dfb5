import { Knex } from 'knex';
import { insertInBatches, readNumber, stableId } from '../database';

const BATCH = 500;

/**
 * Recognizes a test in all of its runs: the same name in the same suite of the same job.
 */
export class TestIdentities {
  /** Gives the test cases of some runs the id of their test, and keeps the tests. */
  async assign(knex: Knex.Transaction, runIds: string[]): Promise<void> {
    const rows = await knex('test_cases')
      .join('runs', join =>
        join
          .on('runs.run_id', 'test_cases.run_id')
          .andOn('runs.attempt', 'test_cases.attempt'),
      )
      .leftJoin('jobs', 'jobs.job_id', 'test_cases.job_id')
      .whereIn('test_cases.run_id', runIds)
      .whereNull('test_cases.test_id')
      .select(
        'test_cases.id',
        'test_cases.suite',
        'test_cases.class_name',
        'test_cases.file',
        'runs.project_id',
        'runs.pipeline_id',
        'runs.created_at',
        knex.ref('test_cases.name').as('name'),
        knex.ref('jobs.name').as('job_name'),
      );
    const tests = new Map<string, any>();
    const cases: [caseId: string, testId: string][] = [];
    for (const row of rows) {
      const id = testIdOf(row);
      const at = readNumber(row.created_at)!;
      const known = tests.get(id);
      tests.set(id, {
        id,
        project_id: row.project_id,
        pipeline_id: row.pipeline_id,
        job_name: row.job_name,
        suite: row.suite,
        class_name: row.class_name,
        name: row.name,
        file: row.file,
        first_at: Math.min(at, known?.first_at ?? at),
        last_at: Math.max(at, known?.last_at ?? at),
      });
      cases.push([row.id, id]);
    }
    await insertInBatches({
      knex,
      table: 'series_tests',
      rows: [...tests.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      refine: insert =>
        insert.onConflict('id').merge({
          file: knex.raw('coalesce(excluded.file, series_tests.file)'),
          first_at: knex.raw(
            'case when excluded.first_at < series_tests.first_at then excluded.first_at else series_tests.first_at end',
          ),
          last_at: knex.raw(
            'case when excluded.last_at > series_tests.last_at then excluded.last_at else series_tests.last_at end',
          ),
        }),
    });
    for (let start = 0; start < cases.length; start += BATCH) {
      const batch = cases.slice(start, start + BATCH);
      const values = batch.map(() => '(?, ?)').join(', ');
      await knex.raw(
        `update test_cases set test_id = known.column2 from (values ${values}) as known where test_cases.id = known.column1`,
        batch.flat(),
      );
    }
  }
}

function testIdOf(row: {
  project_id: string;
  pipeline_id: string;
  job_name: string | null;
  suite: string | null;
  class_name: string | null;
  name: string;
}): string {
  const { job_name, suite, class_name } = row;
  return stableId(
    row.project_id,
    'test',
    row.pipeline_id,
    job_name ?? '',
    suite ?? '',
    class_name ?? '',
    row.name,
  );
}
