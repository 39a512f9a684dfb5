import { Knex } from 'knex';
import { createHash } from 'crypto';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const BATCH = 500;

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
 * Rows as the collector leaves them: runs on main and on branches, jobs, and incidents of those that failed.
 */
export class YearOfHistory {
  readonly #knex: Knex;
  readonly #random: () => number;
  readonly #rows = new Map<string, object[]>();
  readonly #incidents = new Map<string, { project: string; at: number }>();
  readonly #count = { runs: 0, jobs: 0 };

  constructor(knex: Knex, seed: number) {
    this.#knex = knex;
    this.#random = randomOf(seed);
  }

  /** Fills the history of some entities, by the id of their repository. */
  async fill(options: {
    projects: Map<string, string>;
    days: number;
    runsPerDay: number;
  }): Promise<{ runs: number; jobs: number; incidents: number }> {
    const { projects, days, runsPerDay } = options;
    const end = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    for (const [projectId, entityRef] of projects) {
      for (let day = days; day > 0; day--) {
        for (let number = 0; number < runsPerDay; number++) {
          const at = end - day * DAY_MS + number * (DAY_MS / runsPerDay);
          await this.#run(projectId, entityRef, at, number % 3 !== 0);
        }
      }
    }
    for (const [id, { project, at }] of this.#incidents) {
      await this.#add('incidents', {
        ...{ id, project_id: project, fingerprint: id, state: 'resolved' },
        ...{ version: 1, occurrences: 1, first_seen_at: at, last_seen_at: at },
        reopened: 0,
      });
    }
    for (const table of this.#rows.keys()) {
      await this.#flush(table);
    }
    return { ...this.#count, incidents: this.#incidents.size };
  }

  async #run(project: string, entityRef: string, at: number, isMain: boolean) {
    const random = this.#random;
    const runId = idOf(project, at);
    const branch = isMain ? 'main' : `change-${Math.floor(at / DAY_MS)}`;
    const isFailed = random() < 0.12;
    const attempts = isFailed && random() < 0.4 ? 2 : 1;
    await this.#add('run_entities', {
      ...{ entity_ref: entityRef, run_id: runId, created_at: at, branch },
      pipeline_id: '1',
    });
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const startedAt = at + (attempt - 1) * 30 * MINUTE_MS;
      const fails = isFailed && attempt === 1;
      const conclusion = fails ? 'failure' : 'success';
      this.#count.runs++;
      await this.#add('runs', {
        ...{ run_id: runId, attempt, project_id: project, external_id: runId },
        ...{ pipeline_id: '1', pipeline_name: 'CI', event: 'push', branch },
        ...{ commit_sha: runId, actor: 'somebody', pull_requests: '[]' },
        ...{ is_fork: false, status: 'completed', rank: 2, conclusion },
        ...{ created_at: at, started_at: startedAt },
        completed_at: startedAt + 10 * MINUTE_MS,
        duration_ms: 10 * MINUTE_MS,
        queue_ms: Math.round(5_000 + random() ** 4 * 600_000),
        stored_at: at,
      });
      for (const name of ['build', 'unit', 'integration', 'deploy']) {
        const isCulprit = fails && name === 'unit';
        const jobId = idOf(runId, attempt, name);
        this.#count.jobs++;
        await this.#add('jobs', {
          ...{ job_id: jobId, run_id: runId, attempt, project_id: project },
          ...{ pipeline_id: '1', branch, external_id: jobId, name },
          ...{ status: 'completed', rank: 2 },
          conclusion: isCulprit ? 'failure' : 'success',
          ...{ started_at: startedAt, runner_labels: '["ubuntu-latest"]' },
          completed_at: startedAt + 3 * MINUTE_MS,
          duration_ms: Math.round((1 + random() * 4) * MINUTE_MS),
          stored_at: at,
        });
        if (isCulprit) {
          await this.#occurrence(project, runId, attempt, jobId, at);
        }
      }
    }
  }

  async #occurrence(
    project: string,
    runId: string,
    attempt: number,
    jobId: string,
    at: number,
  ) {
    const incidentId = idOf(project, Math.floor(this.#random() * 300));
    this.#incidents.set(incidentId, { project, at });
    await this.#add('incident_occurrences', {
      ...{ job_id: jobId, incident_id: incidentId, project_id: project },
      ...{ run_id: runId, attempt, track_id: 'track', run_order: String(at) },
      ...{ at, title: 'A test failed', title_search: 'a test failed' },
    });
  }

  async #add(table: string, row: object) {
    const rows = this.#rows.get(table) ?? [];
    this.#rows.set(table, rows);
    rows.push(row);
    if (rows.length >= BATCH) {
      await this.#flush(table);
    }
  }

  async #flush(table: string) {
    const rows = this.#rows.get(table)!;
    if (rows.length > 0) {
      await this.#knex(table).insert(rows.splice(0));
    }
  }
}
