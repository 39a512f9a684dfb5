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
  FeedbackInput,
  Health,
  Incident,
  IncidentCause,
  IncidentDetail,
  IncidentDiagnosis,
  IncidentFeedback,
  IncidentState,
  Insights,
  LogPage,
  ModeRule,
  OfferedPlan,
  Page,
  Playbook,
  PlaybookDifference,
  Remediation,
  RemediationAction,
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
  SeriesMetric,
  SeriesSummary,
  Status,
  StopInput,
  TestCase,
  TestHistory,
  TestReliability,
  TestVerdict,
} from '../schemas';

/**
 * Options of every call.
 *
 * @public
 */
export type CiMedicRequestOptions = {
  /** Backstage token to use; a frontend client leaves it to `fetchApi`. */
  token?: string;
  signal?: AbortSignal;
};

/**
 * What narrows a list of runs.
 *
 * @public
 */
export type RunQuery = {
  entityRef: string;
  branch?: string;
  /** Name of the pipeline. */
  pipeline?: string;
  /** `failed` means any conclusion that needs attention. */
  outcome?: 'failed' | 'succeeded' | 'running';
  cursor?: string;
  /** 1 to 100, default 20. */
  limit?: number;
};

/**
 * What narrows a list of incidents.
 *
 * @public
 */
export type IncidentQuery = {
  entityRef: string;
  state?: IncidentState;
  branch?: string;
  pipeline?: string;
  /** Part of the title, case-insensitive. */
  text?: string;
  cursor?: string;
  /** 1 to 100, default 20. */
  limit?: number;
};

/**
 * What narrows a list of decisions.
 *
 * @public
 */
export type DecisionQuery = {
  result?: RemediationDecision['result'];
  action?: RemediationAction;
  incidentId?: string;
  actor?: string;
  cursor?: string;
  /** 1 to 100, default 20. */
  limit?: number;
};

/**
 * The HTTP API of CI Medic.
 *
 * @public
 */
export interface CiMedicApi {
  /** Figures of an entity over `days` (1 to 90, default 14). */
  getHealth(
    query: {
      entityRef: string;
      days?: number;
      branch?: string;
      pipeline?: string;
      /** IANA name of the zone in which days begin, such as `Europe/Berlin`; UTC by default. */
      timeZone?: string;
    },
    options?: CiMedicRequestOptions,
  ): Promise<Health>;
  listRuns(
    query: RunQuery,
    options?: CiMedicRequestOptions,
  ): Promise<Page<RunSummary>>;
  /** One attempt of a run; the latest by default. */
  getRun(
    query: { runId: string; attempt?: number },
    options?: CiMedicRequestOptions,
  ): Promise<RunDetail>;
  /** Test cases of an attempt, failed ones first. */
  listTestCases(
    query: {
      runId: string;
      attempt: number;
      outcome?: TestCase['outcome'];
      cursor?: string;
      limit?: number;
    },
    options?: CiMedicRequestOptions,
  ): Promise<Page<TestCase>>;
  /** `limit` lines (at most 2,000) of a job's log from line `from`. */
  getLog(
    query: { jobId: string; from?: number; limit?: number },
    options?: CiMedicRequestOptions,
  ): Promise<LogPage>;
  getExplanation(
    query: { jobId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Explanation>;
  listIncidents(
    query: IncidentQuery,
    options?: CiMedicRequestOptions,
  ): Promise<Page<Incident>>;
  getIncident(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<IncidentDetail>;
  /** What kind of failure an incident is, how sure that is, and why. */
  getDiagnosis(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<IncidentDiagnosis>;
  /** What most likely caused an incident, and how far that reaches. */
  getCause(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<IncidentCause>;
  /** What people said of the diagnosis, and whether the caller may say something. */
  listFeedback(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<IncidentFeedback>;
  /** Says whether the diagnosis is right, in place of what the caller said before. */
  giveFeedback(
    query: { incidentId: string } & FeedbackInput,
    options?: CiMedicRequestOptions,
  ): Promise<Feedback>;
  /** Takes back what was said; it stays in the history. */
  undoFeedback(
    query: { feedbackId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Feedback>;
  /** How right the diagnoses of an entity have been so far. */
  getDiagnosisAccuracy(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<DiagnosisAccuracy>;
  /** What was done about an incident, and what the caller may do. */
  listRemediations(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Remediations>;
  /** Asks for something to be done. Asking again for the same gives what was asked for before. */
  requestRemediation(
    query: {
      incidentId: string;
      action: RemediationAction;
      runId: string;
      attempt: number;
    },
    options?: CiMedicRequestOptions,
  ): Promise<Remediation>;
  getRemediation(
    query: { remediationId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Remediation>;
  /** Stops what has not been done yet. */
  cancelRemediation(
    query: { remediationId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Remediation>;
  /** Asks for what takes it back. */
  undoRemediation(
    query: { remediationId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Remediation>;
  /** What could be done about an incident, newest first. */
  listPlans(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ items: OfferedPlan[] }>;
  getPlan(
    query: { planId: string },
    options?: CiMedicRequestOptions,
  ): Promise<OfferedPlan>;
  /** Plans an action, and agrees to it. Others may have to agree, too. */
  requestPlan(
    query: {
      incidentId: string;
      action: RemediationAction;
      runId: string;
      attempt: number;
    },
    options?: CiMedicRequestOptions,
  ): Promise<RemediationPlan>;
  /** Agrees to a plan as it was seen: `hash` is the one of the plan. */
  approvePlan(
    query: { planId: string; hash: string },
    options?: CiMedicRequestOptions,
  ): Promise<RemediationPlan>;
  rejectPlan(
    query: { planId: string; hash: string },
    options?: CiMedicRequestOptions,
  ): Promise<RemediationPlan>;
  /** Kill switches that are on. */
  listStops(options?: CiMedicRequestOptions): Promise<RemediationStops>;
  /** Sets a kill switch. */
  stopRemediations(
    query: StopInput,
    options?: CiMedicRequestOptions,
  ): Promise<RemediationStop>;
  liftStop(
    query: { stopId: string },
    options?: CiMedicRequestOptions,
  ): Promise<void>;
  /** Modes, budgets, policy and outcomes; for operators. */
  getRemediationOverview(
    options?: CiMedicRequestOptions,
  ): Promise<RemediationOverview>;
  /** Sets a mode. Without `mode`, what is configured counts again. */
  setRemediationMode(
    query: Omit<ModeRule, 'mode'> & { mode?: RemediationMode },
    options?: CiMedicRequestOptions,
  ): Promise<void>;
  /** Decisions on remediations, newest first; for operators. */
  listDecisions(
    query: DecisionQuery,
    options?: CiMedicRequestOptions,
  ): Promise<Page<RemediationDecision>>;
  /** Messages that told people of an incident. */
  listAlerts(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ items: Alert[] }>;
  /** Presses a button of a message, with the same checks as in its channel. */
  pressAlertAction(
    query: { actionId: string; input?: AlertActionInput },
    options?: CiMedicRequestOptions,
  ): Promise<AlertActionResult>;
  /** Who is told of incidents of an entity, and why. */
  getAlertRoutes(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<AlertRoutes>;
  /** Asks for the history of an entity's repository, `days` back (1 to 400). */
  startBackfill(
    query: { entityRef: string; days?: number },
    options?: CiMedicRequestOptions,
  ): Promise<Backfill>;
  cancelBackfill(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<Backfill>;
  /** Playbooks of an entity: those needed often and lately first. */
  listPlaybooks(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ items: Playbook[] }>;
  getPlaybook(
    query: { playbookId: string },
    options?: CiMedicRequestOptions,
  ): Promise<Playbook>;
  /** The playbook of what an incident is about, if there is one. */
  getIncidentPlaybook(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ playbookId?: string; title?: string }>;
  /** How a version differs from the one before. */
  getPlaybookDifference(
    query: { playbookId: string; version: number },
    options?: CiMedicRequestOptions,
  ): Promise<PlaybookDifference>;
  /** Writes notes; refused when somebody else wrote since `version`. */
  savePlaybookNotes(
    query: { playbookId: string; version: number; text: string },
    options?: CiMedicRequestOptions,
  ): Promise<Playbook>;
  /** Trends of all entities that the caller may read, or of some of them. */
  getInsights(
    query: {
      days?: number;
      owner?: string;
      system?: string;
      entity?: string;
    },
    options?: CiMedicRequestOptions,
  ): Promise<Insights>;
  /** What is measured of an entity. */
  listSeries(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ items: SeriesSummary[] }>;
  /** A series over `days` (1 to 400, default 90) with what is usual and unusual in it. */
  getSeries(
    query: {
      entityRef: string;
      subjectId: string;
      metric: SeriesMetric;
      days?: number;
    },
    options?: CiMedicRequestOptions,
  ): Promise<Series>;
  /** How far the series of an entity's repository have been built anew. */
  getSeriesBuild(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ build?: SeriesBuild }>;
  /** Builds all series of an entity's repository anew. */
  startSeriesBuild(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<SeriesBuild>;
  /** What is or was unusual in the series of an entity, newest first. */
  listAnomalies(
    query: { entityRef: string; days?: number; stage?: Anomaly['stage'] },
    options?: CiMedicRequestOptions,
  ): Promise<Anomalies>;
  /** What was unusual when an incident happened. */
  listIncidentAnomalies(
    query: { incidentId: string },
    options?: CiMedicRequestOptions,
  ): Promise<{ items: Anomaly[] }>;
  getAnomalySettings(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<AnomalySettings>;
  saveAnomalySetting(
    query: { entityRef: string; setting: AnomalySetting },
    options?: CiMedicRequestOptions,
  ): Promise<AnomalySettings>;
  /** What a setting would have shown in the last 90 days. */
  previewAnomalySetting(
    query: { entityRef: string; setting: AnomalySetting },
    options?: CiMedicRequestOptions,
  ): Promise<AnomalyPreview>;
  /** Tests that cannot be relied on, those that cost most first. */
  listTestReliability(
    query: {
      entityRef: string;
      verdict?: TestVerdict;
      cursor?: string;
      limit?: number;
    },
    options?: CiMedicRequestOptions,
  ): Promise<Page<TestReliability>>;
  getTestHistory(
    query: { entityRef: string; testId: string },
    options?: CiMedicRequestOptions,
  ): Promise<TestHistory>;
  getStatus(options?: CiMedicRequestOptions): Promise<Status>;
  listDeadLetters(
    query: { cursor?: string; limit?: number },
    options?: CiMedicRequestOptions,
  ): Promise<Page<DeadLetter>>;
  /** Puts work that was given up back into the queue. */
  redriveDeadLetter(
    query: { id: string },
    options?: CiMedicRequestOptions,
  ): Promise<void>;
}
