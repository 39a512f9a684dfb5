import { createHash } from 'crypto';
import { Knex } from 'knex';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const jobNames = ['lint', 'build', 'unit', 'integration', 'package'];
const TESTS = 12;
/** Rows of so many days are written together. */
const DAYS_A_BATCH = 30;

/** mulberry32: the same seed gives the same history. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const idOf = (...parts: (string | number)[]) =>
  createHash('sha256').update(parts.join('|')).digest('hex').slice(0, 24);

/**
 * Runs as the collector leaves them, with five jobs and a dozen tests each, written straight into the database.
 */
export class YearOfRuns {
  readonly #knex: Knex;
  readonly #random = randomOf(1);
  readonly #rows = new Map<string, object[]>();
  readonly counts = { runs: 0, jobs: 0, tests: 0 };

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async fill(
    projects: { project_id: string; entity_ref: string }[],
    options: { days: number; runsPerDay: number },
  ): Promise<void> {
    const { days, runsPerDay } = options;
    const end = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    for (const { project_id, entity_ref } of projects) {
      let number = 0;
      for (let day = days; day > 0; day--) {
        for (let ofDay = 0; ofDay < runsPerDay; ofDay++) {
          const at = end - day * DAY_MS + ofDay * (DAY_MS / runsPerDay);
          this.#run(project_id, entity_ref, at, ++number);
        }
        if (day % DAYS_A_BATCH === 1) {
          await this.#flush();
        }
      }
    }
  }

  #run(project: string, entityRef: string, at: number, number: number) {
    const random = this.#random;
    const runId = idOf(project, number);
    const branch = random() < 0.5 ? 'main' : 'topic';
    const isFailed = random() < 0.08;
    const attempts = isFailed && random() < 0.5 ? 2 : 1;
    this.#add('run_entities', {
      ...{ entity_ref: entityRef, run_id: runId, created_at: at, branch },
      pipeline_id: '1',
    });
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const from = at + (attempt - 1) * 30 * MINUTE_MS;
      const fails = isFailed && attempt === 1;
      this.counts.runs++;
      this.#add('runs', {
        ...{ run_id: runId, attempt, project_id: project, external_id: runId },
        ...{ number, pipeline_id: '1', pipeline_name: 'CI', event: 'push' },
        ...{ branch, commit_sha: runId, pull_requests: '[]', is_fork: false },
        ...{ status: 'completed', rank: 2, created_at: at, started_at: from },
        conclusion: fails ? 'failure' : 'success',
        completed_at: from + 12 * MINUTE_MS,
        duration_ms: Math.round((8 + random() * 4) * MINUTE_MS),
        queue_ms: Math.round(random() ** 3 * 60_000),
        ...{ stored_at: at, collected_at: at },
      });
      for (const name of jobNames) {
        this.#job({ project, runId, attempt, from, branch, name, fails });
      }
    }
  }

  #job(job: {
    project: string;
    runId: string;
    attempt: number;
    from: number;
    branch: string;
    name: string;
    fails: boolean;
  }) {
    const random = this.#random;
    const { runId, attempt, from, name, fails } = job;
    const jobId = idOf(runId, attempt, name);
    const isCulprit = fails && name === 'unit';
    const duration = Math.round((1 + random() * 2) * MINUTE_MS);
    this.counts.jobs++;
    this.#add('jobs', {
      ...{ job_id: jobId, run_id: runId, attempt, project_id: job.project },
      ...{ pipeline_id: '1', branch: job.branch, external_id: jobId, name },
      ...{ status: 'completed', rank: 2, runner_labels: '["ubuntu-24.04"]' },
      conclusion: isCulprit ? 'failure' : 'success',
      ...{ created_at: from, started_at: from + 5_000 },
      completed_at: from + 5_000 + duration,
      ...{ duration_ms: duration, queue_ms: 5_000, stored_at: from },
    });
    const tests = name === 'unit' ? TESTS : 0;
    const culprit = Math.floor(random() * TESTS);
    for (let index = 0; index < tests; index++) {
      const hasFailed = isCulprit && index === culprit;
      this.counts.tests++;
      this.#add('test_cases', {
        ...{ id: idOf(jobId, index), run_id: runId, attempt, job_id: jobId },
        ...{ position: index, name: `test ${index}`, flaky: false },
        outcome: hasFailed ? 'failed' : 'passed',
        outcome_rank: hasFailed ? 0 : 3,
        duration_ms: Math.round(400 * (index + 1) * (0.8 + 0.4 * random())),
        report: 'junit.xml',
      });
    }
  }

  #add(table: string, row: object) {
    const rows = this.#rows.get(table) ?? [];
    this.#rows.set(table, rows);
    rows.push(row);
  }

  async #flush() {
    await this.#knex.transaction(async knex => {
      for (const [table, rows] of this.#rows) {
        await knex.batchInsert(table, rows.splice(0), 500);
      }
    });
  }
}
