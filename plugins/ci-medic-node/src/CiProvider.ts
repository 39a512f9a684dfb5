import { Entity } from '@backstage/catalog-model';
import { ProjectRef } from '@ci-medic/plugin-ci-medic-common';
import { Readable } from 'stream';
import { CiChanges } from './CiChanges';
import { CiEffects } from './CiEffects';
import { CiRequest } from './CiRequest';
import { CiWebhook } from './CiWebhook';
import { CiProject, ProviderArtifact, ProviderJob, ProviderRun } from './types';

/**
 * A page of runs, newest first.
 *
 * @public
 */
export type ProviderRunPage = {
  runs: ProviderRun[];
  /** Passed back for the next page; absent on the last. */
  nextCursor?: string;
  /** Passed back to learn cheaply whether anything changed. */
  validator?: string;
  /** True when nothing changed since `validator`; `runs` is empty then. */
  notModified: boolean;
};

/**
 * A log, or why there is none.
 *
 * @public
 */
export type ProviderLog =
  | { kind: 'stream'; stream: Readable }
  | { kind: 'expired'; reason: string };

/**
 * A CI system such as GitHub Actions. All but `effects` only reads.
 *
 * @remarks
 *
 * Errors say what to do about them: a `RateLimitedError` pauses without counting as a failure, a `NotFoundError` means
 * that the subject is gone for good, anything else is tried again with growing pauses.
 *
 * @public
 */
export interface CiProvider {
  /** Short and stable, such as `github`. It is part of stored ids and of the webhook route. */
  readonly id: string;
  readonly title: string;
  /** Keys of the annotations by which its entities are found in the catalog. */
  readonly annotations: string[];
  /** Present when webhooks are switched on. */
  readonly webhook?: CiWebhook;
  /** What changes something in the system; absent where nothing can. */
  readonly effects?: CiEffects;
  /** What tells commits apart; absent where the system does not know. */
  readonly changes?: CiChanges;

  /**
   * Where the pipelines of an entity are, `undefined` when this provider has nothing to do with the entity.
   *
   * @throws InputError when an annotation of the entity is malformed.
   */
  projectFor(entity: Entity): CiProject | undefined;

  /** Web page of a repository. */
  projectUrl(project: ProjectRef): string;

  listRuns(
    request: CiRequest & {
      createdAfter?: Date;
      createdBefore?: Date;
      cursor?: string;
      validator?: string;
    },
  ): Promise<ProviderRunPage>;

  /** One attempt of a run; the latest without `attempt`. */
  getRun(
    request: CiRequest & { runId: string; attempt?: number },
  ): Promise<ProviderRun>;

  listJobs(
    request: CiRequest & { runId: string; attempt: number },
  ): Promise<ProviderJob[]>;

  /** The log of a job as the system wrote it, never whole in memory. */
  openLog(request: CiRequest & { jobId: string }): Promise<ProviderLog>;

  listArtifacts(
    request: CiRequest & { runId: string; attempt: number },
  ): Promise<ProviderArtifact[]>;

  /** A zip file. */
  openArtifact(request: CiRequest & { artifactId: string }): Promise<Readable>;

  /** Paths that a run's commits changed, `undefined` when the system cannot tell. */
  changedPaths(
    request: CiRequest & { run: ProviderRun },
  ): Promise<string[] | undefined>;

  /** Link to a line of a source file at a commit. */
  sourceUrl(options: {
    project: ProjectRef;
    sha: string;
    file: string;
    line?: number;
  }): string;
}
