import { CiRequest, ProviderArtifact } from '@ci-medic/plugin-ci-medic-node';
import { convertArtifact } from './convertPayloads';
import { GithubApi } from './GithubApi';
import { artifactPayload, runPayload } from './payloads';

type AttemptRequest = CiRequest & { runId: string; attempt: number };

/**
 * The artifacts of an attempt. GitHub knows those of a run only; which attempt made one, its time tells.
 */
export class ArtifactLists {
  readonly #api: GithubApi;

  constructor(api: GithubApi) {
    this.#api = api;
  }

  async list(request: AttemptRequest): Promise<ProviderArtifact[]> {
    const { runId, attempt } = request;
    const found = await this.#api.all(
      request,
      'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
      { parameters: { run_id: runId }, itemsOf: data => data?.artifacts },
    );
    const artifacts = found.map(artifact =>
      convertArtifact(artifactPayload.parse(artifact)),
    );
    if (artifacts.length === 0) {
      return artifacts;
    }
    const latest = (await this.#run(request)).run_attempt ?? 1;
    if (latest === 1) {
      return artifacts;
    }
    const start = attempt === 1 ? 0 : await this.#startOf(request, attempt);
    const end =
      attempt < latest ? await this.#startOf(request, attempt + 1) : Infinity;
    return artifacts.filter(({ createdAt }) => {
      const at = Date.parse(createdAt ?? '');
      return Number.isNaN(at) ? attempt === 1 : at >= start && at < end;
    });
  }

  async #startOf(request: AttemptRequest, attempt: number): Promise<number> {
    const run = await this.#run(request, attempt);
    return Date.parse(run.run_started_at ?? run.created_at!);
  }

  async #run(request: AttemptRequest, attempt?: number) {
    const path = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}';
    const { data } = await this.#api.get(
      request,
      attempt ? `${path}/attempts/{attempt}` : path,
      { run_id: request.runId, attempt },
    );
    return runPayload.parse(data);
  }
}
