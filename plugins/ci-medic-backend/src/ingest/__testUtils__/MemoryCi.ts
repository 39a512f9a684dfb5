import { Entity } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  ANNOTATION_PATHS,
  ANNOTATION_WORKFLOWS,
  ProjectRef,
} from '@ci-medic/plugin-ci-medic-common';
import {
  CiChanges,
  CiEffects,
  CiProject,
  CiProvider,
  CiRequest,
  ProviderArtifact,
  ProviderJob,
  ProviderLog,
  ProviderRun,
  ProviderRunPage,
} from '@ci-medic/plugin-ci-medic-node';
import { Readable } from 'stream';
import { MemoryWebhook } from './MemoryWebhook';

/** One attempt with everything that belongs to it. */
export type MemoryAttempt = {
  run: ProviderRun;
  jobs: ProviderJob[];
  /** Zip files by their name. */
  artifacts: Record<string, Buffer>;
  paths?: string[];
};

export const MEMORY_ANNOTATION = 'memory.example/project';

/**
 * A CI system in memory: it keeps runs and answers as a real one does, with pages, validators, lists that end early,
 * and failures on request.
 */
export class MemoryCi implements CiProvider {
  readonly id = 'memory';
  readonly title = 'Memory CI';
  readonly annotations = [MEMORY_ANNOTATION];
  readonly webhook: MemoryWebhook;
  effects?: CiEffects;
  changes?: CiChanges;
  /** Names of the calls that were made, in order. */
  readonly calls: string[] = [];
  /** By id of the job; a job without one is unknown to the system, `expired` was dropped. */
  readonly logs = new Map<string, string | 'expired'>();
  readonly attempts: MemoryAttempt[] = [];
  pageSize = 100;
  /** How many runs a list has at most, over all of its pages. */
  longestList = 1_000;
  /** Called before every answer; what it throws is what the caller gets. */
  before: (call: string, request: any) => void | Promise<void> = () => {};

  constructor(secret = 'correct horse') {
    this.webhook = new MemoryWebhook(secret);
  }

  projectFor(entity: Entity): CiProject | undefined {
    const annotations = entity.metadata.annotations ?? {};
    const slug = annotations[MEMORY_ANNOTATION];
    if (slug === undefined) {
      return undefined;
    }
    if (!slug.includes('/')) {
      throw new InputError(`${MEMORY_ANNOTATION} must be owner/name`);
    }
    return {
      ref: { provider: this.id, host: 'ci.example', slug },
      workflows: annotations[ANNOTATION_WORKFLOWS]?.split(','),
      paths: annotations[ANNOTATION_PATHS]?.split(','),
    };
  }

  projectUrl({ slug }: ProjectRef): string {
    return `https://ci.example/${slug}`;
  }

  async listRuns(
    request: CiRequest & {
      createdAfter?: Date;
      createdBefore?: Date;
      cursor?: string;
      validator?: string;
    },
  ): Promise<ProviderRunPage> {
    await this.#answer('listRuns', request);
    const validator = JSON.stringify(this.attempts.map(({ run }) => run));
    if (request.validator === validator) {
      return { runs: [], validator, notModified: true };
    }
    const { createdAfter, createdBefore, cursor } = request;
    const latest = new Map(this.attempts.map(({ run }) => [run.runId, run]));
    const listed = [...latest.values()]
      .filter(({ createdAt }) => {
        const at = Date.parse(createdAt);
        return (
          at >= (createdAfter?.getTime() ?? 0) &&
          at <= (createdBefore?.getTime() ?? Infinity)
        );
      })
      .sort((left, right) => (left.createdAt < right.createdAt ? 1 : -1))
      .slice(0, this.longestList);
    const start = Number(cursor ?? 0);
    const end = start + this.pageSize;
    return {
      runs: listed.slice(start, end),
      nextCursor: end < listed.length ? String(end) : undefined,
      validator,
      notModified: false,
    };
  }

  async getRun(
    request: CiRequest & { runId: string; attempt?: number },
  ): Promise<ProviderRun> {
    await this.#answer('getRun', request);
    return this.#find(request).run;
  }

  async listJobs(
    request: CiRequest & { runId: string; attempt: number },
  ): Promise<ProviderJob[]> {
    await this.#answer('listJobs', request);
    return this.#find(request).jobs;
  }

  async openLog(request: CiRequest & { jobId: string }): Promise<ProviderLog> {
    await this.#answer('openLog', request);
    const log = this.logs.get(request.jobId);
    if (log === undefined) {
      throw new NotFoundError('There is no such log');
    }
    if (log === 'expired') {
      return { kind: 'expired', reason: 'It was dropped after 90 days' };
    }
    // In pieces that do not end where lines do.
    const pieces = log.match(/[\s\S]{1,37}/g) ?? [];
    return {
      kind: 'stream',
      stream: Readable.from(pieces.map(piece => Buffer.from(piece))),
    };
  }

  async listArtifacts(
    request: CiRequest & { runId: string; attempt: number },
  ): Promise<ProviderArtifact[]> {
    await this.#answer('listArtifacts', request);
    const { run, artifacts } = this.#find(request);
    return Object.entries(artifacts).map(([name, body]) => ({
      artifactId: `${run.runId}|${run.attempt}|${name}`,
      name,
      size: body.length,
      expired: false,
    }));
  }

  async openArtifact(
    request: CiRequest & { artifactId: string },
  ): Promise<Readable> {
    await this.#answer('openArtifact', request);
    const [runId, attempt, name] = request.artifactId.split('|');
    const found = this.#find({ runId, attempt: Number(attempt) });
    return Readable.from([found.artifacts[name]]);
  }

  async changedPaths(
    request: CiRequest & { run: ProviderRun },
  ): Promise<string[] | undefined> {
    await this.#answer('changedPaths', request);
    return this.#find(request.run).paths;
  }

  sourceUrl(options: { project: ProjectRef; file: string }): string {
    return `${this.projectUrl(options.project)}/${options.file}`;
  }

  #find({ runId, attempt }: { runId: string; attempt?: number }) {
    const own = this.attempts.filter(({ run }) => run.runId === runId);
    const found = attempt
      ? own.find(({ run }) => run.attempt === attempt)
      : own[own.length - 1];
    if (!found) {
      throw new NotFoundError(`There is no run ${runId}`);
    }
    return found;
  }

  async #answer(call: string, request: object) {
    this.calls.push(call);
    await this.before(call, request);
  }
}
