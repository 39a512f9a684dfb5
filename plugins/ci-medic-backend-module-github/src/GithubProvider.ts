import { LoggerService } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  ANNOTATION_GITHUB_PROJECT_SLUG,
  ProjectRef,
} from '@ci-medic/plugin-ci-medic-common';
import {
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
import { ArtifactLists } from './ArtifactLists';
import { ChangedFiles } from './ChangedFiles';
import { convertJob, convertRun } from './convertPayloads';
import { formatSourceUrl } from './formatSourceUrl';
import { GithubApi } from './GithubApi';
import { GithubChanges } from './GithubChanges';
import { GithubEffects } from './GithubEffects';
import { GithubClients } from './GithubClients';
import { GithubWebhook } from './GithubWebhook';
import { jobPayload, runPayload } from './payloads';
import { readProject } from './readProject';
import { RunPages } from './RunPages';

/**
 * GitHub Actions, on github.com and on Enterprise servers.
 */
export class GithubProvider implements CiProvider {
  readonly id = 'github';
  readonly title = 'GitHub Actions';
  readonly annotations = [ANNOTATION_GITHUB_PROJECT_SLUG];
  readonly webhook?: GithubWebhook;
  readonly effects: GithubEffects;
  readonly changes: GithubChanges;
  readonly #clients: GithubClients;
  readonly #integrations: ScmIntegrations;
  readonly #api: GithubApi;
  readonly #runs: RunPages;
  readonly #artifacts: ArtifactLists;
  readonly #files: ChangedFiles;

  constructor(options: {
    clients: GithubClients;
    integrations: ScmIntegrations;
    logger: LoggerService;
    webhook?: GithubWebhook;
  }) {
    this.#clients = options.clients;
    this.#integrations = options.integrations;
    this.webhook = options.webhook;
    this.#api = new GithubApi(options.clients);
    this.effects = new GithubEffects({
      api: this.#api,
      clients: options.clients,
    });
    this.changes = new GithubChanges(this.#api);
    this.#runs = new RunPages(this.#api, options.logger);
    this.#artifacts = new ArtifactLists(this.#api);
    this.#files = new ChangedFiles(this.#api);
  }

  projectFor(entity: Entity): CiProject | undefined {
    return readProject(entity, this.#integrations);
  }

  projectUrl(project: ProjectRef): string {
    return `${this.#clients.webUrl(project.host)}/${project.slug}`;
  }

  listRuns(
    request: CiRequest & {
      createdAfter?: Date;
      createdBefore?: Date;
      cursor?: string;
      validator?: string;
    },
  ): Promise<ProviderRunPage> {
    return this.#runs.list(request);
  }

  async getRun(
    request: CiRequest & { runId: string; attempt?: number },
  ): Promise<ProviderRun> {
    const { runId, attempt } = request;
    const path = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}';
    const { data } = await this.#api.get(
      request,
      attempt ? `${path}/attempts/{attempt}` : path,
      { run_id: runId, attempt },
    );
    return convertRun(runPayload.parse(data));
  }

  async listJobs(
    request: CiRequest & { runId: string; attempt: number },
  ): Promise<ProviderJob[]> {
    const { runId, attempt } = request;
    const jobs = await this.#api.all(
      request,
      'GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt}/jobs',
      { parameters: { run_id: runId, attempt }, itemsOf: data => data?.jobs },
    );
    return (
      jobs
        .map(job => jobPayload.parse(job))
        // Jobs that passed before are listed again where only failed ones ran.
        .filter(job => (job.run_attempt ?? attempt) === attempt)
        .map(convertJob)
    );
  }

  async openLog(request: CiRequest & { jobId: string }): Promise<ProviderLog> {
    try {
      const stream = await this.#api.open(
        request,
        'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs',
        { job_id: request.jobId },
      );
      return { kind: 'stream', stream };
    } catch (error) {
      if (error instanceof NotFoundError) {
        return {
          kind: 'expired',
          reason: 'GitHub has no log of this job: it expired or was deleted',
        };
      }
      throw error;
    }
  }

  listArtifacts(
    request: CiRequest & { runId: string; attempt: number },
  ): Promise<ProviderArtifact[]> {
    return this.#artifacts.list(request);
  }

  openArtifact(request: CiRequest & { artifactId: string }): Promise<Readable> {
    return this.#api.open(
      request,
      'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/zip',
      { artifact_id: request.artifactId },
    );
  }

  changedPaths(
    request: CiRequest & { run: ProviderRun },
  ): Promise<string[] | undefined> {
    return this.#files.list(request);
  }

  sourceUrl(options: {
    project: ProjectRef;
    sha: string;
    file: string;
    line?: number;
  }): string {
    const { project, ...place } = options;
    return formatSourceUrl({
      ...place,
      repositoryUrl: this.projectUrl(project),
    });
  }
}
