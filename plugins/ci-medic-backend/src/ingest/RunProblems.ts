import { Knex } from 'knex';
import {
  CiMedicDatabase,
  insertInBatches,
  stableId,
  writeText,
} from '../database';

/** What of a run was refused or not understood. */
export type RunProblem = { subject: string; reason: string };

const MOST_PROBLEMS = 100;

/**
 * Writes down, for people, what of a run could not be read and why. Each source of problems replaces its own.
 */
export class RunProblems {
  static create(options: { database: CiMedicDatabase }): RunProblems {
    return new RunProblems(options.database);
  }

  readonly #database: CiMedicDatabase;

  private constructor(database: CiMedicDatabase) {
    this.#database = database;
  }

  async replace(options: {
    knex: Knex.Transaction;
    runId: string;
    attempt: number;
    source: string;
    problems: RunProblem[];
  }): Promise<void> {
    const { knex, runId, attempt, source, problems } = options;
    await knex('run_problems')
      .where({ run_id: runId, attempt, source })
      .delete();
    await insertInBatches({
      knex,
      table: 'run_problems',
      rows: problems.slice(0, MOST_PROBLEMS).map((problem, index) => ({
        id: stableId(runId, attempt, source, index),
        run_id: runId,
        attempt,
        source,
        subject: writeText(problem.subject, 500),
        reason: writeText(problem.reason, 2_000),
        created_at: this.#database.nowExpression(),
      })),
    });
  }
}
