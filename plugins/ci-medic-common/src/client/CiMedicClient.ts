import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import {
  Backfill,
  DeadLetter,
  Explanation,
  Health,
  Incident,
  IncidentDetail,
  LogPage,
  Page,
  RunDetail,
  RunSummary,
  Status,
  TestCase,
} from '../schemas';
import {
  CiMedicApi,
  CiMedicRequestOptions,
  IncidentQuery,
  RunQuery,
} from './CiMedicApi';

type QueryValue = string | number | undefined;

/**
 * Calls the HTTP API of CI Medic with any `fetch`, in the browser and in backends.
 *
 * @public
 */
export class CiMedicClient implements CiMedicApi {
  readonly #fetch: typeof fetch;
  readonly #baseUrl: () => Promise<string>;

  constructor(options: {
    fetchApi: { fetch: typeof fetch };
    /** Without it, URLs of the form `plugin://ci-medic` are left to `fetchApi`. */
    discoveryApi?: { getBaseUrl(pluginId: string): Promise<string> };
  }) {
    this.#fetch = options.fetchApi.fetch;
    this.#baseUrl = async () =>
      options.discoveryApi?.getBaseUrl('ci-medic') ?? 'plugin://ci-medic';
  }

  async getHealth(
    query: Parameters<CiMedicApi['getHealth']>[0],
    options?: CiMedicRequestOptions,
  ): Promise<Health> {
    const { entityRef, ...rest } = query;
    return this.#get(`${entityPath(entityRef)}/health`, rest, options);
  }

  async listRuns(
    query: RunQuery,
    options?: CiMedicRequestOptions,
  ): Promise<Page<RunSummary>> {
    const { entityRef, ...rest } = query;
    return this.#get(`${entityPath(entityRef)}/runs`, rest, options);
  }

  async getRun(
    query: { runId: string; attempt?: number },
    options?: CiMedicRequestOptions,
  ): Promise<RunDetail> {
    const { runId, ...rest } = query;
    return this.#get(`/runs/${encodeURIComponent(runId)}`, rest, options);
  }

  async listTestCases(
    query: Parameters<CiMedicApi['listTestCases']>[0],
    options?: CiMedicRequestOptions,
  ): Promise<Page<TestCase>> {
    const { runId, attempt, ...rest } = query;
    const path = `/runs/${encodeURIComponent(
      runId,
    )}/attempts/${attempt}/test-cases`;
    return this.#get(path, rest, options);
  }

  async getLog(
    query: { jobId: string; from?: number; limit?: number },
    options?: CiMedicRequestOptions,
  ): Promise<LogPage> {
    const { jobId, ...rest } = query;
    return this.#get(`/jobs/${encodeURIComponent(jobId)}/log`, rest, options);
  }

  async getExplanation(
    query: { jobId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Explanation> {
    const path = `/jobs/${encodeURIComponent(query.jobId)}/explanation`;
    return this.#get(path, {}, options);
  }

  async listIncidents(
    query: IncidentQuery,
    options?: CiMedicRequestOptions,
  ): Promise<Page<Incident>> {
    const { entityRef, ...rest } = query;
    return this.#get(`${entityPath(entityRef)}/incidents`, rest, options);
  }

  async getIncident(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<IncidentDetail> {
    const path = `/incidents/${encodeURIComponent(query.incidentId)}`;
    return this.#get(path, {}, options);
  }

  async startBackfill(
    query: { entityRef: string; days?: number },
    options?: CiMedicRequestOptions,
  ): Promise<Backfill> {
    const { entityRef, ...body } = query;
    const path = `${entityPath(entityRef)}/backfill`;
    return (await this.#send('POST', path, body, options)).json();
  }

  async cancelBackfill(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<Backfill> {
    const path = `${entityPath(query.entityRef)}/backfill`;
    return (await this.#send('DELETE', path, undefined, options)).json();
  }

  async getStatus(options?: CiMedicRequestOptions): Promise<Status> {
    return this.#get('/status', {}, options);
  }

  async listDeadLetters(
    query: { cursor?: string; limit?: number },
    options?: CiMedicRequestOptions,
  ): Promise<Page<DeadLetter>> {
    return this.#get('/dead-letters', query, options);
  }

  async redriveDeadLetter(
    query: { id: string },
    options?: CiMedicRequestOptions,
  ): Promise<void> {
    const path = `/dead-letters/${encodeURIComponent(query.id)}/redrive`;
    await this.#send('POST', path, {}, options);
  }

  async #get<T>(
    path: string,
    query: Record<string, QueryValue>,
    options?: CiMedicRequestOptions,
  ): Promise<T> {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) {
        search.set(key, String(value));
      }
    }
    const suffix = search.size > 0 ? `?${search}` : '';
    return (
      await this.#send('GET', `${path}${suffix}`, undefined, options)
    ).json();
  }

  async #send(
    method: string,
    path: string,
    body: unknown,
    options?: CiMedicRequestOptions,
  ): Promise<Response> {
    const response = await this.#fetch(`${await this.#baseUrl()}${path}`, {
      method,
      signal: options?.signal,
      headers: {
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(options?.token && { Authorization: `Bearer ${options.token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const parts = [kind.toLocaleLowerCase('en-US'), namespace, name];
  return `/entities/${parts.map(encodeURIComponent).join('/')}`;
}
