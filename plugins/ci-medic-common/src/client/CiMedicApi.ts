import {
  Backfill,
  DeadLetter,
  Explanation,
  Health,
  Incident,
  IncidentDetail,
  IncidentState,
  LogPage,
  Page,
  RunDetail,
  RunSummary,
  Status,
  TestCase,
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
  /** Asks for the history of an entity's repository, `days` back (1 to 400). */
  startBackfill(
    query: { entityRef: string; days?: number },
    options?: CiMedicRequestOptions,
  ): Promise<Backfill>;
  cancelBackfill(
    query: { entityRef: string },
    options?: CiMedicRequestOptions,
  ): Promise<Backfill>;
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
