import { InputError } from '@backstage/errors';
import { Page, TestCase } from '@ci-medic/plugin-ci-medic-common';
import {
  CiMedicDatabase,
  readBoolean,
  readNumber,
  readText,
} from '../database';

/**
 * Reads the test cases of an attempt: failed ones first, then flaky ones, then in the order of the reports.
 */
export class TestCaseReader {
  static create(options: { database: CiMedicDatabase }): TestCaseReader {
    return new TestCaseReader(options.database);
  }

  readonly #database: CiMedicDatabase;

  private constructor(database: CiMedicDatabase) {
    this.#database = database;
  }

  async list(query: {
    runId: string;
    attempt: number;
    outcome?: TestCase['outcome'];
    cursor?: string;
    limit?: number;
  }): Promise<Page<TestCase>> {
    const { runId, attempt, outcome, cursor, limit = 20 } = query;
    const matching = () => {
      const select = this.#database
        .knex('test_cases')
        .where({ run_id: runId, attempt });
      return outcome ? select.where({ outcome }) : select;
    };
    const select = matching()
      .orderBy(['outcome_rank', 'position'])
      .limit(limit + 1);
    if (cursor) {
      const match = /^(\d)_(\d{1,9})$/.exec(cursor);
      if (!match) {
        throw new InputError('The cursor is not one that this API gave out');
      }
      select.whereRaw('(outcome_rank, position) > (?, ?)', [
        Number(match[1]),
        Number(match[2]),
      ]);
    }
    const rows = await select;
    const count = await matching()
      .count<{ count: unknown }[]>({ count: '*' })
      .first();
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page[page.length - 1] : undefined;
    return {
      items: page.map(row => ({
        id: row.id,
        runId: row.run_id,
        attempt: row.attempt,
        jobId: readText(row.job_id),
        suite: readText(row.suite),
        className: readText(row.class_name),
        name: row.name,
        file: readText(row.file),
        line: readNumber(row.line),
        outcome: row.outcome,
        flaky: readBoolean(row.flaky),
        durationMs: readNumber(row.duration_ms),
        message: readText(row.message),
        details: readText(row.details),
        report: row.report,
      })),
      nextCursor: last && `${last.outcome_rank}_${last.position}`,
      totalItems: readNumber(count?.count),
    };
  }
}
