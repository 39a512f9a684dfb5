import {
  CiEffects,
  CiRequest,
  PreparedEffect,
  RunObservation,
} from '@ci-medic/plugin-ci-medic-node';
import { convertRun } from './convertPayloads';
import { GithubApi } from './GithubApi';
import { GithubCaches } from './GithubCaches';
import { GithubCalls } from './GithubCalls';
import { GithubClients } from './GithubClients';
import { GithubDeployments } from './GithubDeployments';
import { GithubRefs } from './GithubRefs';
import { GithubRunners } from './GithubRunners';
import { GithubWorkflows } from './GithubWorkflows';
import { runPayload } from './payloads';

const ACTIONS = '/repos/{owner}/{repo}/actions';
const RUN = `${ACTIONS}/runs/{run_id}`;
const DAY_MS = 24 * 3_600_000;

/**
 * What can be done in GitHub Actions.
 */
export class GithubEffects implements CiEffects {
  readonly latestActionMs = 15_000;
  /** The first one and 50 reruns. */
  readonly mostAttempts = 51;
  readonly oldestRunMs = 30 * DAY_MS;
  readonly runners: GithubRunners;
  readonly caches: GithubCaches;
  readonly workflows: GithubWorkflows;
  readonly deployments: GithubDeployments;
  readonly refs: GithubRefs;

  readonly #api: GithubApi;
  readonly #calls: GithubCalls;

  constructor(options: { api: GithubApi; clients: GithubClients }) {
    const { api } = options;
    const calls = new GithubCalls(options);
    this.#api = api;
    this.#calls = calls;
    this.runners = new GithubRunners({ api, calls });
    this.caches = new GithubCaches({ api, calls });
    this.workflows = new GithubWorkflows({ api, calls });
    this.deployments = new GithubDeployments({ api });
    this.refs = new GithubRefs({ api, calls });
  }

  async observeRun(
    request: CiRequest & { runId: string; branch?: string },
  ): Promise<RunObservation> {
    const { runId, branch } = request;
    const { data } = await this.#api.get(request, `GET ${RUN}`, {
      run_id: runId,
      headers: { 'cache-control': 'no-cache' },
    });
    const run = convertRun(runPayload.parse(data));
    return {
      attempt: run.attempt,
      status: run.status,
      conclusion: run.conclusion,
      headSha: run.commit.sha,
      branchHead: branch && (await this.refs.head({ ...request, branch })),
    };
  }

  prepareRerunFailedJobs(
    request: CiRequest & { runId: string },
  ): Promise<PreparedEffect> {
    return this.#calls.prepare(request, `POST ${RUN}/rerun-failed-jobs`, {
      run_id: Number(request.runId),
    });
  }

  prepareRerunJob(
    request: CiRequest & { jobId: string },
  ): Promise<PreparedEffect> {
    return this.#calls.prepare(request, `POST ${ACTIONS}/jobs/{job_id}/rerun`, {
      job_id: Number(request.jobId),
    });
  }
}
