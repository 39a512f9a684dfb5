import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import {
  Alert,
  AlertActionInput,
  AlertActionResult,
  AlertRoutes,
  Anomalies,
  Anomaly,
  AnomalyPreview,
  AnomalySetting,
  AnomalySettings,
  Backfill,
  DeadLetter,
  DiagnosisAccuracy,
  Explanation,
  Feedback,
  Health,
  Incident,
  IncidentCause,
  IncidentDetail,
  IncidentDiagnosis,
  IncidentFeedback,
  Insights,
  LogPage,
  ModeRule,
  OfferedPlan,
  Page,
  Playbook,
  PlaybookDifference,
  Remediation,
  RemediationDecision,
  RemediationMode,
  RemediationOverview,
  RemediationPlan,
  Remediations,
  RemediationStop,
  RemediationStops,
  RunDetail,
  RunSummary,
  Series,
  SeriesBuild,
  SeriesSummary,
  Status,
  StopInput,
  TestCase,
  TestHistory,
  TestReliability,
} from '../schemas';
import {
  CiMedicApi,
  CiMedicRequestOptions,
  DecisionQuery,
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

  async getDiagnosis(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<IncidentDiagnosis> {
    const path = `/incidents/${encodeURIComponent(query.incidentId)}/diagnosis`;
    return this.#get(path, {}, options);
  }

  async getCause(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<IncidentCause> {
    const path = `/incidents/${encodeURIComponent(query.incidentId)}/cause`;
    return this.#get(path, {}, options);
  }

  async listFeedback(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<IncidentFeedback> {
    const path = `/incidents/${encodeURIComponent(query.incidentId)}/feedback`;
    return this.#get(path, {}, options);
  }

  async giveFeedback(
    query: Parameters<CiMedicApi['giveFeedback']>[0],
    options?: CiMedicRequestOptions,
  ): Promise<Feedback> {
    const { incidentId, ...body } = query;
    const path = `/incidents/${encodeURIComponent(incidentId)}/feedback`;
    return (await this.#send('POST', path, body, options)).json();
  }

  async undoFeedback(
    query: { feedbackId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Feedback> {
    const path = `/feedback/${encodeURIComponent(query.feedbackId)}/undo`;
    return (await this.#send('POST', path, {}, options)).json();
  }

  async getDiagnosisAccuracy(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<DiagnosisAccuracy> {
    const path = `${entityPath(query.entityRef)}/diagnosis-accuracy`;
    return this.#get(path, {}, options);
  }

  async listRemediations(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Remediations> {
    const path = `/incidents/${encodeURIComponent(
      query.incidentId,
    )}/remediations`;
    return this.#get(path, {}, options);
  }

  async requestRemediation(
    query: Parameters<CiMedicApi['requestRemediation']>[0],
    options?: CiMedicRequestOptions,
  ): Promise<Remediation> {
    const { incidentId, ...body } = query;
    const path = `/incidents/${encodeURIComponent(incidentId)}/remediations`;
    return (await this.#send('POST', path, body, options)).json();
  }

  async getRemediation(
    query: { remediationId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Remediation> {
    const path = `/remediations/${encodeURIComponent(query.remediationId)}`;
    return this.#get(path, {}, options);
  }

  async cancelRemediation(
    query: { remediationId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Remediation> {
    const path = `/remediations/${encodeURIComponent(
      query.remediationId,
    )}/cancel`;
    return (await this.#send('POST', path, {}, options)).json();
  }

  async undoRemediation(
    query: { remediationId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Remediation> {
    const path = `/remediations/${encodeURIComponent(
      query.remediationId,
    )}/undo`;
    return (await this.#send('POST', path, {}, options)).json();
  }

  async listPlans(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ items: OfferedPlan[] }> {
    const path = `/incidents/${encodeURIComponent(query.incidentId)}/plans`;
    return this.#get(path, {}, options);
  }

  async getPlan(
    query: { planId: string },
    options?: CiMedicRequestOptions,
  ): Promise<OfferedPlan> {
    return this.#get(`/plans/${encodeURIComponent(query.planId)}`, {}, options);
  }

  async requestPlan(
    query: Parameters<CiMedicApi['requestPlan']>[0],
    options?: CiMedicRequestOptions,
  ): Promise<RemediationPlan> {
    const { incidentId, ...body } = query;
    const path = `/incidents/${encodeURIComponent(incidentId)}/plans`;
    return (await this.#send('POST', path, body, options)).json();
  }

  async approvePlan(
    query: { planId: string; hash: string },
    options?: CiMedicRequestOptions,
  ): Promise<RemediationPlan> {
    const { planId, hash } = query;
    const path = `/plans/${encodeURIComponent(planId)}/approve`;
    return (await this.#send('POST', path, { hash }, options)).json();
  }

  async rejectPlan(
    query: { planId: string; hash: string },
    options?: CiMedicRequestOptions,
  ): Promise<RemediationPlan> {
    const { planId, hash } = query;
    const path = `/plans/${encodeURIComponent(planId)}/reject`;
    return (await this.#send('POST', path, { hash }, options)).json();
  }

  async listStops(options?: CiMedicRequestOptions): Promise<RemediationStops> {
    return this.#get('/remediation/stops', {}, options);
  }

  async stopRemediations(
    query: StopInput,
    options?: CiMedicRequestOptions,
  ): Promise<RemediationStop> {
    const path = '/remediation/stops';
    return (await this.#send('POST', path, query, options)).json();
  }

  async liftStop(
    query: { stopId: string },
    options?: CiMedicRequestOptions,
  ): Promise<void> {
    const path = `/remediation/stops/${encodeURIComponent(query.stopId)}`;
    await this.#send('DELETE', path, undefined, options);
  }

  async getRemediationOverview(
    options?: CiMedicRequestOptions,
  ): Promise<RemediationOverview> {
    return this.#get('/remediation/overview', {}, options);
  }

  async setRemediationMode(
    query: Omit<ModeRule, 'mode'> & { mode?: RemediationMode },
    options?: CiMedicRequestOptions,
  ): Promise<void> {
    await this.#send('PUT', '/remediation/modes', query, options);
  }

  async listDecisions(
    query: DecisionQuery,
    options?: CiMedicRequestOptions,
  ): Promise<Page<RemediationDecision>> {
    return this.#get('/remediation/decisions', query, options);
  }

  async listAlerts(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ items: Alert[] }> {
    const path = `/incidents/${encodeURIComponent(query.incidentId)}/alerts`;
    return this.#get(path, {}, options);
  }

  async pressAlertAction(
    query: { actionId: string; input?: AlertActionInput },
    options?: CiMedicRequestOptions,
  ): Promise<AlertActionResult> {
    const path = `/alert-actions/${encodeURIComponent(query.actionId)}`;
    return (await this.#send('POST', path, query.input ?? {}, options)).json();
  }

  async getAlertRoutes(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<AlertRoutes> {
    return this.#get(
      `${entityPath(query.entityRef)}/alert-routes`,
      {},
      options,
    );
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

  async listPlaybooks(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ items: Playbook[] }> {
    return this.#get(`${entityPath(query.entityRef)}/playbooks`, {}, options);
  }

  async getPlaybook(
    query: { playbookId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Playbook> {
    return this.#get(playbookPath(query), {}, options);
  }

  async getIncidentPlaybook(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ playbookId?: string; title?: string }> {
    const path = `/incidents/${encodeURIComponent(query.incidentId)}/playbook`;
    return this.#get(path, {}, options);
  }

  async getPlaybookDifference(
    query: { playbookId: string; version: number },
    options?: CiMedicRequestOptions,
  ): Promise<PlaybookDifference> {
    const path = `${playbookPath(query)}/versions/${query.version}`;
    return this.#get(path, {}, options);
  }

  async savePlaybookNotes(
    query: { playbookId: string; version: number; text: string },
    options?: CiMedicRequestOptions,
  ): Promise<Playbook> {
    const { version, text } = query;
    const path = `${playbookPath(query)}/notes`;
    return (await this.#send('PUT', path, { version, text }, options)).json();
  }

  async getInsights(
    query: Parameters<CiMedicApi['getInsights']>[0],
    options?: CiMedicRequestOptions,
  ): Promise<Insights> {
    return this.#get('/insights', query, options);
  }

  async listSeries(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ items: SeriesSummary[] }> {
    return this.#get(`${entityPath(query.entityRef)}/series`, {}, options);
  }

  async getSeries(
    query: Parameters<CiMedicApi['getSeries']>[0],
    options?: CiMedicRequestOptions,
  ): Promise<Series> {
    const { entityRef, subjectId, metric, ...rest } = query;
    const path = `${entityPath(entityRef)}/series/${encodeURIComponent(
      subjectId,
    )}/${metric}`;
    return this.#get(path, rest, options);
  }

  async getSeriesBuild(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ build?: SeriesBuild }> {
    const path = `${entityPath(query.entityRef)}/series-build`;
    return this.#get(path, {}, options);
  }

  async startSeriesBuild(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<SeriesBuild> {
    const path = `${entityPath(query.entityRef)}/series-build`;
    return (await this.#send('POST', path, {}, options)).json();
  }

  async listAnomalies(
    query: Parameters<CiMedicApi['listAnomalies']>[0],
    options?: CiMedicRequestOptions,
  ): Promise<Anomalies> {
    const { entityRef, ...rest } = query;
    return this.#get(`${entityPath(entityRef)}/anomalies`, rest, options);
  }

  async listIncidentAnomalies(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ items: Anomaly[] }> {
    const path = `/incidents/${encodeURIComponent(query.incidentId)}/anomalies`;
    return this.#get(path, {}, options);
  }

  async getAnomalySettings(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<AnomalySettings> {
    const path = `${entityPath(query.entityRef)}/anomaly-settings`;
    return this.#get(path, {}, options);
  }

  async saveAnomalySetting(
    query: { entityRef: string; setting: AnomalySetting },
    options?: CiMedicRequestOptions,
  ): Promise<AnomalySettings> {
    const path = `${entityPath(query.entityRef)}/anomaly-settings`;
    return (await this.#send('PUT', path, query.setting, options)).json();
  }

  async previewAnomalySetting(
    query: { entityRef: string; setting: AnomalySetting },
    options?: CiMedicRequestOptions,
  ): Promise<AnomalyPreview> {
    const path = `${entityPath(query.entityRef)}/anomaly-preview`;
    return (await this.#send('POST', path, query.setting, options)).json();
  }

  async listTestReliability(
    query: Parameters<CiMedicApi['listTestReliability']>[0],
    options?: CiMedicRequestOptions,
  ): Promise<Page<TestReliability>> {
    const { entityRef, ...rest } = query;
    return this.#get(`${entityPath(entityRef)}/tests`, rest, options);
  }

  async getTestHistory(
    query: { entityRef: string; testId: string },
    options?: CiMedicRequestOptions,
  ): Promise<TestHistory> {
    const { entityRef, testId } = query;
    const path = `${entityPath(entityRef)}/tests/${encodeURIComponent(testId)}`;
    return this.#get(path, {}, options);
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

function playbookPath(query: { playbookId: string }): string {
  return `/playbooks/${encodeURIComponent(query.playbookId)}`;
}

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const parts = [kind.toLocaleLowerCase('en-US'), namespace, name];
  return `/entities/${parts.map(encodeURIComponent).join('/')}`;
}
