import { createLogAnalyzer, LogAnalysis, LogLine } from '@ci-medic/build-log';
import { CiProvider } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import { Readable } from 'stream';
import {
  CiMedicDatabase,
  insertInBatches,
  writeJson,
  writeText,
} from '../database';
import {
  incidentsObserve,
  logsRead,
  seriesTake,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { ComparableJob, LogSketches } from './LogSketches';
import { failing, findLoggedJob, isFailing, LoggedJob } from './LoggedJob';
import { LogQuota, LogWriter } from './LogWriter';
import { LogRules } from './readLogRules';
import { WarningCounts } from './WarningCounts';

type Payload = { jobId: string; again?: boolean };

type Options = {
  database: CiMedicDatabase;
  /** Finds the CI system of a project. */
  provider(id: string): CiProvider;
  sketches: LogSketches;
  /** Whether the logs of passing jobs are read too. */
  collect: 'all' | 'failed';
  /** What adopters know of their own logs. */
  rules?: LogRules;
  maxBytes?: number;
  quota?: LogQuota;
};

type Unread = { state: 'expired' | 'rejected' | 'skipped'; reason: string };

/** The other jobs of the run are read at about the same time. */
const MEASURE_AFTER_MS = 3_000;
const MAX_BYTES = 4 * 1024 ** 3;
/** How many failed logs are read again once there is a passing one. */
const MOST_COMPARED = 5;

/**
 * Reads the log of a job that completed, line by line: cleaned and redacted lines go to the log store while it is read,
 * and at the end stands what explains the failure.
 */
export class LogReadHandler implements WorkHandler<Payload> {
  readonly kind = logsRead.kind;
  readonly schema = logsRead.schema;
  readonly concurrency = 2;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 6;

  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async run(item: WorkItem<Payload>): Promise<WorkResult> {
    const { database, collect } = this.#options;
    const job = await findLoggedJob(database.knex, item.payload.jobId);
    const { again } = item.payload;
    if (!job?.isCompleted || (job.logState === 'stored' && !again)) {
      return {};
    }
    if (collect === 'failed' && !isFailing(job.conclusion)) {
      if (job.logState === 'skipped') {
        return {};
      }
      const reason = 'The configuration says to read logs of failed jobs only';
      return this.#unread(job, { state: 'skipped', reason });
    }
    const log = await this.#open(job, item.signal);
    if (log.kind === 'expired' && job.logState === 'stored') {
      return {};
    }
    if (log.kind === 'expired') {
      return this.#unread(job, { state: 'expired', reason: log.reason });
    }
    return this.#read(job, log.stream, item);
  }

  async onDead(
    item: Omit<WorkItem<Payload>, 'signal'>,
    reason: string,
    transaction: WorkTransaction,
  ): Promise<void> {
    const job = await findLoggedJob(transaction.knex, item.payload.jobId);
    if (job && job.logState !== 'stored') {
      const unread = this.#unread(job, { state: 'rejected', reason });
      await unread.write!(transaction);
    }
  }

  async #open(job: LoggedJob, signal: AbortSignal) {
    const { ref } = job.project;
    try {
      return await this.#options
        .provider(ref.provider)
        .openLog({ project: ref, jobId: job.externalId, signal });
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') {
        const reason = 'The CI system has no log of this job';
        return { kind: 'expired', reason } as const;
      }
      throw error;
    }
  }

  async #read(
    job: LoggedJob,
    stream: Readable,
    { id, fence, signal }: WorkItem<Payload>,
  ): Promise<WorkResult> {
    const {
      database,
      sketches,
      quota,
      rules,
      maxBytes = MAX_BYTES,
    } = this.#options;
    const { jobId } = job;
    const generation = `${id}:${fence}`;
    const failed = isFailing(job.conclusion);
    const comparable = comparableOf(job);
    const passing = failed ? await sketches.near(comparable) : [];
    const analyzer = createLogAnalyzer({
      passing,
      failed,
      failedStep: job.failedStep,
      ...rules,
    });
    const writer = new LogWriter({ database, jobId, generation, quota });
    const warnings = new WarningCounts();
    const take = async (lines: LogLine[]) => {
      if (job.conclusion === 'success') {
        warnings.add(lines);
      }
      await writer.add(lines);
    };
    let bytes = 0;
    const abort = () => stream.destroy(new Error('Stopped'));
    signal.addEventListener('abort', abort, { once: true });
    try {
      for await (const chunk of stream) {
        bytes += chunk.length;
        if (bytes > maxBytes) {
          stream.destroy();
          const reason = `The log is larger than ${maxBytes} bytes`;
          return this.#unread(job, { state: 'rejected', reason });
        }
        await take(analyzer.write(chunk));
      }
    } finally {
      signal.removeEventListener('abort', abort);
      stream.destroy();
    }
    const { lines, analysis } = analyzer.end();
    await take(lines);
    const omitted = await writer.finish();
    const sketch =
      job.conclusion === 'success'
        ? await sketches.pack(comparable, analysis.sketch)
        : undefined;
    return {
      write: async transaction => {
        const { knex } = transaction;
        await this.#save(knex, jobId, {
          state: 'stored',
          reason: null,
          generation,
          ...rowOf(analysis),
          bytes,
          omitted_from: omitted.omittedFrom ?? null,
          omitted_to: omitted.omittedTo ?? null,
          compared_with: passing.length,
        });
        if (sketch) {
          await sketches.save(knex, comparable, sketch);
          await knex('job_templates').where({ job_id: jobId }).delete();
          await insertInBatches({
            ...{ knex, table: 'job_templates' },
            rows: warnings.rows(jobId),
          });
          await this.#compareFailed(comparable, transaction);
        }
        await this.#observe(job, transaction);
        await transaction.enqueue(
          workFor(
            seriesTake,
            { runId: job.runId },
            { delayMs: MEASURE_AFTER_MS },
          ),
        );
      },
    };
  }

  /** History is read backwards: failed jobs may have been read before any passing one. */
  async #compareFailed(
    { projectId, pipelineId, name }: ComparableJob,
    { knex, enqueue }: WorkTransaction,
  ) {
    const failed: string[] = await knex('jobs')
      .join('job_logs', 'job_logs.job_id', 'jobs.job_id')
      .where({
        'jobs.project_id': projectId,
        'jobs.pipeline_id': pipelineId,
        'jobs.name': name,
        'job_logs.state': 'stored',
        'job_logs.compared_with': 0,
      })
      .whereIn('jobs.conclusion', failing)
      .orderBy('jobs.completed_at', 'desc')
      .limit(MOST_COMPARED)
      .pluck('jobs.job_id');
    for (const jobId of failed) {
      await enqueue(workFor(logsRead, { jobId, again: true }));
    }
  }

  #unread(job: LoggedJob, { state, reason }: Unread): WorkResult {
    return {
      write: async transaction => {
        const { knex } = transaction;
        await this.#save(
          knex,
          job.jobId,
          { state, reason: writeText(reason, 2_000) },
          // Nobody has begun to read what was never to be read.
          { mayHaveLines: state !== 'skipped' || Boolean(job.logState) },
        );
        await this.#observe(job, transaction);
      },
    };
  }

  async #save(
    knex: Knex.Transaction,
    jobId: string,
    row: { generation?: string } & Record<string, unknown>,
    { mayHaveLines = true } = {},
  ) {
    const read_at = this.#options.database.nowExpression();
    await knex('job_logs')
      .insert({ job_id: jobId, ...row, read_at })
      .onConflict('job_id')
      .merge();
    if (mayHaveLines) {
      await knex('log_chunks')
        .where({ job_id: jobId })
        .whereNot('generation', row.generation ?? '')
        .delete();
    }
  }

  /** A passing job matters to incidents only where its job failed before, or later, if history is read backwards. */
  async #observe(job: LoggedJob, { knex, enqueue }: WorkTransaction) {
    const { jobId, conclusion, trackId, project, completedAt } = job;
    const track = () =>
      knex('job_tracks')
        .where({ id: trackId })
        .orWhere(later =>
          later
            .where({ project_id: project.id, pipeline_id: job.pipelineId })
            .where({ job_name: job.name })
            .where('last_seen_at', '>', completedAt),
        )
        .first('id');
    const isOfInterest =
      isFailing(conclusion) || (conclusion === 'success' && (await track()));
    if (isOfInterest) {
      await enqueue(workFor(incidentsObserve, { jobId }));
    }
  }
}

function comparableOf(job: LoggedJob): ComparableJob {
  const { jobId, pipelineId, name, completedAt } = job;
  return { jobId, projectId: job.project.id, pipelineId, name, completedAt };
}

function rowOf(analysis: LogAnalysis) {
  return {
    lines: analysis.lines,
    dialect: writeText(analysis.dialect, 50),
    redactions: writeJson(analysis.redactions),
    headline: writeText(analysis.headline, 500),
    fingerprint: writeText(analysis.fingerprint, 255),
    ranges: writeJson(analysis.explanation.slice(0, 50)),
    findings: writeJson(analysis.findings.slice(0, 200)),
    packages: writeJson(analysis.packages.slice(0, 10)),
  };
}
