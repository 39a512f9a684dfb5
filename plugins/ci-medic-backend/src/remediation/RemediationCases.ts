import { NotFoundError } from '@backstage/errors';
import { RootCause } from '@ci-medic/plugin-ci-medic-common';
import { TreatmentCase } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import {
  CiMedicDatabase,
  readBoolean,
  readJson,
  readNumber,
  readProject,
  readText,
} from '../database';
import {
  lasting,
  readCategory,
  RemediationCase,
  undiagnosed,
} from './RemediationCase';

const MINUTE_MS = 60_000;
const MOST_EVIDENCE = 20;
const MOST_HELPED = 5;
const SURE = 0.5;

type Options = {
  database: CiMedicDatabase;
  /** Lines of the log that explain a failed job. */
  evidenceOf(jobId: string): Promise<string[]>;
};

/**
 * Reads what matters to the treatment of a failed run from what the steps before left behind.
 */
export class RemediationCases {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * The incident that a failed run belongs to now: what its log says may have moved it to another one since somebody
   * asked.
   */
  async incidentOf(key: {
    incidentId: string;
    runId: string;
    attempt: number;
  }): Promise<string> {
    const { incidentId, runId, attempt } = key;
    const now: string[] = await this.#options.database
      .knex('incident_occurrences')
      .where({ run_id: runId, attempt })
      .orderBy('incident_id')
      .pluck('incident_id');
    return now.includes(incidentId) ? incidentId : now[0] ?? incidentId;
  }

  /**
   * @throws NotFoundError when the incident has no such run.
   */
  async read(key: {
    incidentId: string;
    runId: string;
    attempt: number;
    /** Only a plan needs the lines of the log. */
    withEvidence?: boolean;
  }): Promise<RemediationCase> {
    const { incidentId, runId, attempt } = key;
    const { knex } = this.#options.database;
    const row = await knex('runs')
      .join('projects', 'projects.id', 'runs.project_id')
      .join('incidents', 'incidents.id', knex.raw('?', [incidentId]))
      .where({ run_id: runId, attempt })
      .whereExists(
        knex('incident_occurrences')
          .where({ incident_id: incidentId, run_id: runId })
          .select('job_id'),
      )
      .first(
        ...['runs.*', 'provider', 'host', 'slug'],
        'incidents.state as incident_state',
      );
    if (!row) {
      throw new NotFoundError('The incident has no such run');
    }
    const newest = await knex('runs')
      .where({ run_id: runId })
      .max<{ attempt: unknown }[]>({ attempt: 'attempt' })
      .first();
    const rootCause = await this.#rootCause(incidentId);
    const diagnosis = await this.#diagnosis(incidentId);
    const { category, subCategory } = diagnosis;
    const branch = readText(row.branch);
    return {
      ...{ incidentId, runId, attempt, diagnosis },
      isOpen: row.incident_state === 'open',
      causeId: await this.#leaderOf(incidentId),
      projectId: row.project_id,
      run: {
        attempt,
        latestAttempt: readNumber(newest?.attempt) ?? attempt,
        event: row.event,
        isFork: readBoolean(row.is_fork),
        status: row.status,
        conclusion: readText(row.conclusion),
        createdAt: readNumber(row.created_at)!,
        pipelineName: row.pipeline_name,
      },
      target: {
        ...{ project: readProject(row).ref, externalId: row.external_id },
        ...{ attempt, branch, commitSha: row.commit_sha },
        workflow: readText(row.pipeline_path),
      },
      entityRefs: await knex('run_entities')
        .where({ run_id: runId })
        .orderBy('entity_ref')
        .pluck('entity_ref'),
      verdict: rootCause?.verdict,
      failure: {
        ...{ incidentId, category, subCategory },
        ...(await this.#jobs(key)),
        suspectSha: rootCause?.suspects.find(
          ({ commitSha, verdict }) => commitSha && verdict !== 'cleared',
        )?.commitSha,
        helped: key.withEvidence ? await this.#helped(incidentId) : [],
      },
    };
  }

  /** The newest run of an incident that failed, `undefined` when there is none that is kept. */
  async newestRun(
    incidentId: string,
  ): Promise<
    { runId: string; attempt: number; hasFailed: boolean } | undefined
  > {
    const row = await this.#options.database
      .knex('incident_occurrences')
      .join('incidents', 'incidents.id', 'incident_occurrences.incident_id')
      .join('runs', join =>
        join
          .on('runs.run_id', 'incident_occurrences.run_id')
          .andOn('runs.attempt', 'incident_occurrences.attempt'),
      )
      .where({ incident_id: incidentId })
      .orderBy('incident_occurrences.run_order', 'desc')
      .orderBy('incident_occurrences.attempt', 'desc')
      .first(
        'incident_occurrences.run_id',
        'incident_occurrences.attempt',
        'incidents.kind',
      );
    return (
      row && {
        runId: row.run_id,
        attempt: row.attempt,
        hasFailed: row.kind === 'failure',
      }
    );
  }

  /** Whether another job of the run failed of something that does not pass by itself, so that the run stays red. */
  async staysRed({
    incidentId,
    runId,
    attempt,
  }: RemediationCase): Promise<boolean> {
    const others: string[] = await this.#options.database
      .knex('incident_occurrences')
      .where({ run_id: runId, attempt })
      .whereNot({ incident_id: incidentId })
      .distinct()
      .pluck('incident_id');
    const diagnoses = await Promise.all(
      others.map(other => this.#diagnosis(other)),
    );
    return diagnoses.some(
      ({ category, confidence }) =>
        lasting.includes(category) && confidence >= SURE,
    );
  }

  async #leaderOf(incidentId: string): Promise<string> {
    const row = await this.#options.database
      .knex('incident_members')
      .where({ incident_id: incidentId })
      .first('leader_id');
    return row?.leader_id ?? incidentId;
  }

  async #diagnosis(incidentId: string) {
    const row = await this.#options.database
      .knex('diagnoses')
      .where({ incident_id: incidentId })
      .orderBy('version', 'desc')
      .first('category', 'sub_category', 'confidence', 'transient');
    return row
      ? {
          category: readCategory(row.category),
          subCategory: readText(row.sub_category),
          confidence: Number(row.confidence),
          transient: Number(row.transient),
        }
      : undiagnosed;
  }

  async #rootCause(incidentId: string): Promise<RootCause | undefined> {
    const row = await this.#options.database
      .knex('root_causes')
      .where({ incident_id: incidentId })
      .first('body');
    return readJson<RootCause>(row?.body);
  }

  async #jobs(key: {
    incidentId: string;
    runId: string;
    attempt: number;
    withEvidence?: boolean;
  }): Promise<Pick<TreatmentCase, 'title' | 'jobs' | 'evidence'>> {
    const { incidentId, runId, attempt, withEvidence } = key;
    const { database, evidenceOf } = this.#options;
    const jobs = await database
      .knex('jobs')
      .where({ run_id: runId, attempt })
      .whereIn('conclusion', ['failure', 'timed_out', 'cancelled'])
      .orderBy('name');
    const occurrence = await database
      .knex('incident_occurrences')
      .where({ incident_id: incidentId, run_id: runId })
      .orderBy('attempt', 'desc')
      .first('job_id', 'title');
    const lines =
      withEvidence && occurrence ? await evidenceOf(occurrence.job_id) : [];
    return {
      title: occurrence?.title ?? '',
      evidence: lines.slice(0, MOST_EVIDENCE),
      jobs: jobs.map(job => {
        const duration = readNumber(job.duration_ms);
        return {
          ...{ externalId: job.external_id, name: job.name },
          runner: readText(job.runner_name),
          runnerLabels: readJson<string[]>(job.runner_labels) ?? [],
          minutes: duration === undefined ? undefined : duration / MINUTE_MS,
        };
      }),
    };
  }

  /** What people and remediations say helped against the same failure. */
  async #helped(incidentId: string): Promise<string[]> {
    const { knex } = this.#options.database;
    const alike: Knex.QueryBuilder = knex('incidents')
      .where({
        fingerprint: knex('incidents')
          .where({ id: incidentId })
          .select('fingerprint'),
      } as any)
      .select('id');
    const told = await knex('feedback')
      .whereIn('incident_id', alike.clone())
      .whereNotNull('fixed_by')
      .whereNull('undone_at')
      .orderBy('at', 'desc')
      .limit(MOST_HELPED)
      .pluck('fixed_by');
    const done: any[] = await knex('remediations')
      .whereIn('incident_id', alike.clone())
      .where({ state: 'succeeded' })
      .groupBy('action')
      .orderBy('action')
      .select('action')
      .count({ count: '*' });
    return [
      ...new Set<string>(told),
      ...done.map(
        ({ action, count }) =>
          `${action} helped ${
            count === 1 || count === '1' ? 'once' : `${count} times`
          }`,
      ),
    ];
  }
}
