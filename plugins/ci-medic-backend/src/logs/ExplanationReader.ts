import {
  Explanation,
  LogRange,
  ToolFinding,
} from '@ci-medic/plugin-ci-medic-common';
import { CiProvider } from '@ci-medic/plugin-ci-medic-node';
import {
  CiMedicDatabase,
  readJson,
  readNumber,
  readProject,
  readText,
  readTime,
} from '../database';
import { LogReader } from './LogReader';

const CONTEXT_LINES = 5;
const MOST_LINES = 200;
const MOST_RANGES = 20;

/**
 * Puts together why a job failed: the ranges that were found when its log was read, with their lines.
 */
export class ExplanationReader {
  static create(options: {
    database: CiMedicDatabase;
    logs: LogReader;
    /** Finds the CI system of a project; without it, findings lead to no source. */
    provider?(id: string): CiProvider;
  }): ExplanationReader {
    return new ExplanationReader(options);
  }

  readonly #database: CiMedicDatabase;
  readonly #logs: LogReader;
  readonly #provider?: (id: string) => CiProvider;

  private constructor(options: {
    database: CiMedicDatabase;
    logs: LogReader;
    provider?(id: string): CiProvider;
  }) {
    this.#database = options.database;
    this.#logs = options.logs;
    this.#provider = options.provider;
  }

  /** Without ranges when the log was not stored. */
  async read(jobId: string): Promise<Explanation> {
    const row = await this.#database
      .knex('job_logs')
      .where({ job_id: jobId })
      .first();
    const isStored = row?.state === 'stored';
    const ranges: Explanation['ranges'] = [];
    const found = isStored ? readJson<LogRange[]>(row.ranges) ?? [] : [];
    for (const range of found.slice(0, MOST_RANGES)) {
      ranges.push(await this.#withLines(jobId, row.generation, range));
    }
    return {
      jobId,
      headline: readText(row?.headline),
      fingerprint: readText(row?.fingerprint),
      comparedWith: row?.compared_with ?? 0,
      lastPass: await this.#lastPass(jobId),
      ranges,
      findings: isStored
        ? await this.#linked(jobId, readJson<ToolFinding[]>(row.findings) ?? [])
        : [],
    };
  }

  async #withLines(jobId: string, generation: string, range: LogRange) {
    const { start } = range;
    const end = Math.min(range.end, start + MOST_LINES - 1);
    const lines = await this.#logs.lines(
      jobId,
      generation,
      Math.max(1, start - CONTEXT_LINES),
      end + CONTEXT_LINES,
    );
    return {
      ...range,
      end,
      before: lines.filter(line => line.number < start),
      lines: lines.filter(line => line.number >= start && line.number <= end),
      after: lines.filter(line => line.number > end),
    };
  }

  /** Findings with links to their files as they were at the job's commit. */
  async #linked(
    jobId: string,
    findings: ToolFinding[],
  ): Promise<ToolFinding[]> {
    if (!this.#provider || findings.every(({ file }) => !file)) {
      return findings;
    }
    const row = await this.#database
      .knex('jobs')
      .join('runs', 'runs.run_id', 'jobs.run_id')
      .join('projects', 'projects.id', 'jobs.project_id')
      .where('jobs.job_id', jobId)
      .first('projects.*', 'runs.commit_sha');
    if (!row?.commit_sha) {
      return findings;
    }
    const { ref } = readProject(row);
    const provider = this.#provider(ref.provider);
    const source = { project: ref, sha: row.commit_sha };
    // Where a file is not in the repository, the link leads to all of it.
    const nowhere = provider.sourceUrl({ ...source, file: '/' });
    return findings.map(finding => {
      const { file, sourceLine: line } = finding;
      const url = file && provider.sourceUrl({ ...source, file, line });
      return url && url !== nowhere ? { ...finding, url } : finding;
    });
  }

  /** The latest passing job of the same name before this one, on its branch rather than on another. */
  async #lastPass(jobId: string): Promise<Explanation['lastPass']> {
    const { knex } = this.#database;
    const job = await knex('jobs').where({ job_id: jobId }).first();
    if (!job) {
      return undefined;
    }
    const completedAt = readNumber(job.completed_at ?? job.stored_at)!;
    const passes = () =>
      knex('jobs')
        .where({
          project_id: job.project_id,
          pipeline_id: job.pipeline_id,
          name: job.name,
          conclusion: 'success',
        })
        .where('completed_at', '<', completedAt)
        .orderBy('completed_at', 'desc');
    const row =
      (await passes().where({ branch: job.branch }).first()) ??
      (await passes().first());
    return (
      row && {
        runId: row.run_id,
        attempt: row.attempt,
        at: readTime(row.completed_at)!,
      }
    );
  }
}
