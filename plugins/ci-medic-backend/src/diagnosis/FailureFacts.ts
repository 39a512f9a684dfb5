import { DiagnosisInput, FailureFeedback } from '@ci-medic/diagnosis';
import { Explanation } from '@ci-medic/plugin-ci-medic-common';
import {
  CiMedicDatabase,
  readJson,
  readNumber,
  readText,
  readTime,
  readUnusual,
} from '../database';
import { FailureHistoryReader, HistoricJob } from './FailureHistoryReader';

type Options = {
  database: CiMedicDatabase;
  /** Why a job failed, as far as its log says. */
  explain(jobId: string): Promise<Explanation>;
  /** The last lines of its log. */
  tailOf(jobId: string): Promise<{ number: number; text: string }[]>;
};

type DiagnosedJob = HistoricJob & { incidentKind: 'failure' | 'anomaly' };

const MOST_FEEDBACK = 50;
const failing = ['failure', 'timed_out', 'startup_failure'];

/**
 * Gathers everything that a diagnosis rests on, apart from what a model says.
 */
export class FailureFacts {
  readonly #options: Options;
  readonly #history: FailureHistoryReader;

  constructor(options: Options) {
    this.#options = options;
    this.#history = new FailureHistoryReader({ knex: options.database.knex });
  }

  /** `undefined` when there is no such incident any more. */
  async read(
    incidentId: string,
  ): Promise<{ jobId: string; input: DiagnosisInput } | undefined> {
    const { knex } = this.#options.database;
    const job = await this.#job(incidentId);
    if (!job) {
      return undefined;
    }
    const { jobId } = job;
    const { name: jobName } = job;
    const unusual = await readUnusual(knex, { ...job, jobName });
    if (job.incidentKind === 'anomaly') {
      // Its log is that of a passing job, and says nothing of what is unusual.
      const changes = await this.#history.changes(job);
      return {
        jobId,
        input: {
          ...{ subject: 'figure', unusual },
          job: { name: jobName },
          history: changes && { changes },
          feedback: await this.#feedback(job),
        },
      };
    }
    const explanation = await this.#options.explain(jobId);
    const tail = await this.#options.tailOf(jobId);
    const lines = new Map(
      [...explanation.ranges.flatMap(range => range.lines), ...tail].map(
        ({ number, text }) => [number, { number, text }],
      ),
    );
    const log = await knex('job_logs')
      .where({ job_id: jobId })
      .first('packages');
    const step = await knex('steps')
      .where({ job_id: jobId })
      .whereIn('conclusion', failing)
      .orderBy('number')
      .first('name');
    const row = await knex('jobs').where({ job_id: jobId }).first('conclusion');
    const findings = explanation.findings as NonNullable<
      DiagnosisInput['analysis']
    >['findings'];
    return {
      jobId,
      input: {
        unusual,
        analysis: {
          explanation: explanation.ranges.map(
            ({ start, end, reason, message, score }) => ({
              ...{ start, end, message, score },
              // It was stored as build-log gave it.
              reason: reason as NonNullable<
                DiagnosisInput['analysis']
              >['explanation'][number]['reason'],
            }),
          ),
          findings,
          headline: explanation.headline,
          packages: readJson(log?.packages) ?? [],
        },
        lines: [...lines.values()].sort((a, b) => a.number - b.number),
        job: {
          name: job.name,
          step: readText(step?.name),
          conclusion: readText(row?.conclusion),
          exitCodes: explanation.findings.flatMap(
            ({ exitCode }) => exitCode ?? [],
          ),
        },
        history: await this.#history.read(job),
        feedback: await this.#feedback(job),
      },
    };
  }

  /** The latest failed job of which the log was read; the latest at all where none was. */
  async #job(incidentId: string): Promise<DiagnosedJob | undefined> {
    const { knex } = this.#options.database;
    const occurrences = () =>
      knex('incident_occurrences')
        .join('incidents', 'incidents.id', 'incident_occurrences.incident_id')
        .join('jobs', 'jobs.job_id', 'incident_occurrences.job_id')
        .join('runs', join =>
          join
            .on('runs.run_id', 'jobs.run_id')
            .andOn('runs.attempt', 'jobs.attempt'),
        )
        .where('incident_occurrences.incident_id', incidentId)
        .orderBy('incident_occurrences.at', 'desc')
        .select('jobs.*', 'runs.commit_sha', 'incidents.fingerprint')
        .select(knex.ref('incidents.kind').as('incident_kind'))
        .select(knex.ref('incident_occurrences.at').as('seen_at'));
    const row =
      (await occurrences()
        .join('job_logs', 'job_logs.job_id', 'jobs.job_id')
        .where('job_logs.state', 'stored')
        .first()) ?? (await occurrences().first());
    return (
      row && {
        incidentId,
        incidentKind: row.incident_kind,
        jobId: row.job_id,
        projectId: row.project_id,
        pipelineId: row.pipeline_id ?? '',
        name: row.name,
        branch: row.branch,
        sha: row.commit_sha,
        runId: row.run_id,
        attempt: row.attempt,
        at: readNumber(row.seen_at)!,
        fingerprint: row.fingerprint,
      }
    );
  }

  /** What people said of the same failure in this repository, and did not take back. */
  async #feedback(job: HistoricJob): Promise<FailureFeedback[]> {
    const rows = await this.#options.database
      .knex('feedback')
      .where({ project_id: job.projectId, fingerprint: job.fingerprint })
      .whereNull('undone_at')
      .orderBy('at', 'desc')
      .limit(MOST_FEEDBACK);
    return rows.map(row => {
      const isRight = row.verdict === 'right';
      return {
        verdict: row.verdict,
        category: isRight ? row.diagnosed_category : row.category ?? undefined,
        subCategory: isRight
          ? row.diagnosed_sub_category ?? undefined
          : row.sub_category ?? undefined,
        shown: row.diagnosed_category ?? undefined,
        at: readTime(row.at)!,
      };
    });
  }
}
