import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  AlertActionResult,
  AnomalySetting,
  Backfill,
  CiMedicApi,
  Page,
  Playbook,
  RunQuery,
  RunSummary,
  SeriesBuild,
} from '@ci-medic/plugin-ci-medic-common';
import { demoAlertRoutes, demoAlerts } from './demoAlerts';
import { demoCause, demoDiagnosis, DemoFeedback } from './demoDiagnosis';
import { demoHealth } from './demoHealth';
import { demoIncidentDetail, demoIncidents } from './demoIncidents';
import { demoInsights } from './demoInsights';
import { demoPlaybook } from './demoPlaybooks';
import { demoExplanation, demoLog } from './demoLog';
import { DemoControl } from './DemoControl';
import { demoPlans } from './demoPlans';
import { DemoRemediations } from './DemoRemediations';
import { demoRunDetail, demoTestCases } from './demoRunDetail';
import { demoRuns } from './demoRuns';
import {
  demoAnomalies,
  demoPreview,
  demoSeries,
  demoSeriesList,
  demoSettings,
  demoTestHistory,
  demoTests,
} from './demoSeries';

function pageOf<T>(items: T[], cursor = '0', limit = 20): Page<T> {
  const start = Number(cursor);
  const end = start + limit;
  return {
    items: items.slice(start, end),
    nextCursor: end < items.length ? String(end) : undefined,
    totalItems: items.length,
  };
}

/**
 * An API without a backend. What an entity shows depends on its name, so that every state can be looked at; a backfill
 * gets on a little with each question.
 */
export class DemoCiMedicApi implements CiMedicApi {
  static create(): DemoCiMedicApi {
    return new DemoCiMedicApi();
  }

  readonly #backfills = new Map<string, Backfill>();
  readonly #control = new DemoControl();
  readonly #remediations = new DemoRemediations();
  readonly #feedback = new DemoFeedback();

  private constructor() {}

  async listPlans(query: { incidentId: string }) {
    return { items: demoPlans(query.incidentId) };
  }

  async getPlan(query: { planId: string }) {
    const found = demoPlans('').find(({ id }) => id === query.planId);
    if (!found) {
      throw new NotFoundError('No such plan');
    }
    return found;
  }

  async requestPlan(): Promise<never> {
    throw new NotAllowedError('The demo plans nothing');
  }

  async approvePlan(): Promise<never> {
    throw new NotAllowedError('The demo carries nothing out');
  }

  async rejectPlan(): Promise<never> {
    throw new NotAllowedError('The demo carries nothing out');
  }

  async undoRemediation(): Promise<never> {
    throw new NotAllowedError('The demo takes nothing back');
  }

  async listStops() {
    return this.#control.stops();
  }

  async stopRemediations(query: Parameters<CiMedicApi['stopRemediations']>[0]) {
    return this.#control.stop(query);
  }

  async liftStop(query: { stopId: string }) {
    this.#control.lift(query.stopId);
  }

  async getRemediationOverview() {
    return this.#control.overview();
  }

  async setRemediationMode(
    query: Parameters<CiMedicApi['setRemediationMode']>[0],
  ) {
    this.#control.setMode(query);
  }

  async listDecisions(query: Parameters<CiMedicApi['listDecisions']>[0]) {
    const { cursor, limit } = query;
    return pageOf(this.#control.decisions(query), cursor, limit);
  }

  async getHealth(query: Parameters<CiMedicApi['getHealth']>[0]) {
    const { entityRef, days = 14 } = query;
    const all = this.#runsOf(entityRef);
    return demoHealth({
      entityRef,
      all,
      runs: narrow(all, query),
      days,
      backfill: this.#advance(entityRef),
    });
  }

  #notes: Playbook['notes'];

  async listPlaybooks() {
    return { items: [demoPlaybook] };
  }

  async getPlaybook() {
    return { ...demoPlaybook, notes: this.#notes };
  }

  async getIncidentPlaybook() {
    return { playbookId: demoPlaybook.id, title: demoPlaybook.title };
  }

  async getPlaybookDifference(
    query: Parameters<CiMedicApi['getPlaybookDifference']>[0],
  ) {
    const known = demoPlaybook.versions.find(
      ({ version }) => version === query.version,
    )!;
    return {
      ...known,
      lines: [
        { kind: 'same' as const, text: '## Remedies tried' },
        { kind: 'added' as const, text: '- Waited for the dialog' },
      ],
    };
  }

  async savePlaybookNotes(
    query: Parameters<CiMedicApi['savePlaybookNotes']>[0],
  ) {
    this.#notes = {
      text: query.text,
      version: query.version + 1,
      actor: 'user:default/guest',
      at: new Date().toISOString(),
    };
    return this.getPlaybook();
  }

  async getInsights(query: Parameters<CiMedicApi['getInsights']>[0]) {
    const refs = query.entity ? [query.entity] : ['component:default/shop'];
    return demoInsights(query.days ?? 90, refs);
  }

  async listRuns(query: RunQuery) {
    const runs = narrow(this.#runsOf(query.entityRef), query);
    return pageOf(runs, query.cursor, query.limit);
  }

  async listSeries({ entityRef }: { entityRef: string }) {
    return { items: this.#runsOf(entityRef).length > 0 ? demoSeriesList : [] };
  }

  async getSeries(query: Parameters<CiMedicApi['getSeries']>[0]) {
    return demoSeries(query.subjectId, query.metric);
  }

  async getSeriesBuild() {
    return {};
  }

  async startSeriesBuild(): Promise<SeriesBuild> {
    const requestedAt = new Date().toISOString();
    return { state: 'queued', done: 0, total: 0, requestedAt };
  }

  async listAnomalies({ entityRef }: { entityRef: string }) {
    const items = this.#runsOf(entityRef).length > 0 ? demoAnomalies : [];
    return { items, isReadingHistory: false };
  }

  async listIncidentAnomalies() {
    return { items: demoAnomalies.slice(0, 1) };
  }

  async getAnomalySettings() {
    return demoSettings;
  }

  async saveAnomalySetting() {
    return demoSettings;
  }

  async previewAnomalySetting(query: { setting: AnomalySetting }) {
    return demoPreview(query.setting);
  }

  async listTestReliability() {
    return pageOf(demoTests);
  }

  async getTestHistory(query: { testId: string }) {
    return demoTestHistory(query.testId);
  }

  async getRun(query: { runId: string; attempt?: number }) {
    const run = findRun(query.runId);
    return demoRunDetail(run, query.attempt ?? run.attempt);
  }

  async listTestCases(query: Parameters<CiMedicApi['listTestCases']>[0]) {
    const { runId, attempt, outcome, cursor, limit } = query;
    const testCases = demoTestCases(findRun(runId), attempt).filter(
      one => !outcome || one.outcome === outcome,
    );
    return pageOf(testCases, cursor, limit);
  }

  async getLog(query: { jobId: string; from?: number; limit?: number }) {
    const { from = 1, limit = 500 } = query;
    return {
      lines: demoLog.slice(from - 1, from - 1 + limit),
      totalLines: demoLog.length,
    };
  }

  async getExplanation(query: { jobId: string }) {
    return demoExplanation(query.jobId);
  }

  async listIncidents(query: Parameters<CiMedicApi['listIncidents']>[0]) {
    const { entityRef, state, branch, pipeline, text = '' } = query;
    const incidents = this.#runsOf(entityRef).length > 0 ? demoIncidents : [];
    const sought = text.toLocaleLowerCase('en-US');
    const found = incidents.filter(
      one =>
        (!state || one.state === state) &&
        (!branch || one.branches.includes(branch)) &&
        (!pipeline || one.pipelines.includes(pipeline)) &&
        one.title.toLocaleLowerCase('en-US').includes(sought),
    );
    return pageOf(found, query.cursor, query.limit);
  }

  async getIncident(query: { incidentId: string }) {
    const incident = demoIncidents.find(({ id }) => id === query.incidentId);
    if (!incident) {
      throw new NotFoundError('No such incident');
    }
    return demoIncidentDetail(incident);
  }

  async getDiagnosis() {
    return demoDiagnosis;
  }

  async getCause() {
    return demoCause;
  }

  async listFeedback() {
    return this.#feedback.list();
  }

  async giveFeedback(query: Parameters<CiMedicApi['giveFeedback']>[0]) {
    return this.#feedback.give(query);
  }

  async undoFeedback({ feedbackId }: { feedbackId: string }) {
    return this.#feedback.undo(feedbackId);
  }

  async getDiagnosisAccuracy() {
    return this.#feedback.accuracy();
  }

  async listAlerts({ incidentId }: { incidentId: string }) {
    return { items: demoAlerts(incidentId) };
  }

  async pressAlertAction(): Promise<AlertActionResult> {
    return {
      outcome: 'refused',
      message: 'Only owners may do this: group:default/payments',
    };
  }

  async getAlertRoutes() {
    return demoAlertRoutes;
  }

  async listRemediations({ incidentId }: { incidentId: string }) {
    return this.#remediations.list(incidentId);
  }

  async requestRemediation(
    query: Parameters<CiMedicApi['requestRemediation']>[0],
  ) {
    return this.#remediations.request(query);
  }

  async getRemediation({ remediationId }: { remediationId: string }) {
    return this.#remediations.get(remediationId);
  }

  async cancelRemediation({ remediationId }: { remediationId: string }) {
    return this.#remediations.cancel(remediationId);
  }

  async startBackfill(query: { entityRef: string; days?: number }) {
    const backfill: Backfill = {
      state: 'queued',
      days: query.days ?? 90,
      requestedAt: new Date().toISOString(),
      requestedBy: 'user:default/guest',
      runsFound: 0,
      runsStored: 0,
    };
    this.#backfills.set(query.entityRef, backfill);
    return backfill;
  }

  async cancelBackfill(query: { entityRef: string }) {
    const backfill = this.#backfills.get(query.entityRef);
    if (!backfill) {
      throw new NotFoundError('No history is being read');
    }
    backfill.state = 'cancelled';
    backfill.finishedAt = new Date().toISOString();
    return backfill;
  }

  async getStatus(): Promise<never> {
    throw new ServiceUnavailableError('There is no backend here');
  }

  async listDeadLetters() {
    return { items: [] };
  }

  async redriveDeadLetter() {}

  #runsOf(entityRef: string): RunSummary[] {
    if (entityRef.endsWith('/secret')) {
      throw new NotAllowedError('You may not read this');
    }
    if (entityRef.endsWith('/broken')) {
      throw new ServiceUnavailableError('The database does not answer');
    }
    return entityRef.endsWith('/shop') ? demoRuns : [];
  }

  #advance(entityRef: string): Backfill | undefined {
    const backfill = this.#backfills.get(entityRef);
    if (backfill && ['queued', 'running'].includes(backfill.state)) {
      backfill.state = 'running';
      backfill.runsFound = Math.min(480, backfill.runsFound + 160);
      backfill.runsStored = Math.min(480, backfill.runsStored + 40);
      if (backfill.runsStored >= 120) {
        backfill.state = 'waiting';
        backfill.reason = 'The rate limit of GitHub is used up.';
        backfill.continuesAt = new Date(Date.now() + 1_500_000).toISOString();
      }
    }
    return backfill && { ...backfill };
  }
}

function narrow(
  runs: RunSummary[],
  query: Pick<RunQuery, 'branch' | 'pipeline' | 'outcome'>,
): RunSummary[] {
  const { branch, pipeline, outcome } = query;
  return runs.filter(
    run =>
      (!branch || run.branch === branch) &&
      (!pipeline || run.pipeline.name === pipeline) &&
      (outcome !== 'failed' || run.conclusion === 'failure') &&
      (outcome !== 'succeeded' || run.conclusion === 'success') &&
      (outcome !== 'running' || run.status !== 'completed'),
  );
}

function findRun(runId: string): RunSummary {
  const run = demoRuns.find(({ id }) => id === runId);
  if (!run) {
    throw new NotFoundError('No such run');
  }
  return run;
}
