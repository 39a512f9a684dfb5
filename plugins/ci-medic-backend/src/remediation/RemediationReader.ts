import { NotFoundError } from '@backstage/errors';
import { Remediation, TimelineEvent } from '@ci-medic/plugin-ci-medic-common';
import {
  CiMedicDatabase,
  readJson,
  readNumber,
  readText,
  readTime,
} from '../database';
import { KnownTreatments } from './KnownTreatments';

/** States that an incident's timeline tells of. */
const turning = [
  'succeeded',
  'failed',
  'superseded',
  'expired',
  'denied',
  'needs_human',
];

/**
 * Reads remediations for people.
 */
export class RemediationReader {
  readonly #database: CiMedicDatabase;
  readonly #treatments: KnownTreatments;

  constructor(options: {
    database: CiMedicDatabase;
    treatments: KnownTreatments;
  }) {
    this.#database = options.database;
    this.#treatments = options.treatments;
  }

  /** Those of an incident in some runs, newest first. */
  async list(incidentId: string, runIds: string[]): Promise<Remediation[]> {
    const rows = await this.#database
      .knex('remediations')
      .where({ incident_id: incidentId })
      .whereIn('run_id', runIds)
      .orderBy('requested_at', 'desc');
    return this.#present(rows);
  }

  /**
   * @throws NotFoundError when there is no such remediation.
   */
  async get(id: string): Promise<Remediation> {
    const rows = await this.#database.knex('remediations').where({ id });
    if (rows.length === 0) {
      throw new NotFoundError(`There is no remediation ${id}`);
    }
    return (await this.#present(rows))[0];
  }

  /** What the timeline of the incident tells of remediations. */
  timelineOf(remediations: Remediation[]): TimelineEvent[] {
    return remediations.flatMap(
      ({ action, runId, attempt, newAttempt, events }) =>
        events
          .filter(({ state, actor }) => actor || turning.includes(state))
          .map(({ id, at, message, actor, state }) => ({
            ...{ id, at, actor, runId },
            kind: 'acted' as const,
            message: `${this.#titleOf(action)}: ${message}`,
            attempt: state === 'succeeded' ? newAttempt : attempt,
          })),
    );
  }

  async #present(rows: any[]): Promise<Remediation[]> {
    const events = await this.#database
      .knex('remediation_events')
      .whereIn(
        'remediation_id',
        rows.map(row => row.id),
      )
      .orderBy('version');
    const tasks = await this.#database
      .knex('remediation_tasks')
      .whereIn(
        'remediation_id',
        rows.map(row => row.id),
      )
      .whereNotNull('task_id')
      .select('remediation_id', 'task_id');
    const taskOf = new Map(
      tasks.map(task => [task.remediation_id, task.task_id]),
    );
    return rows.map(row => ({
      id: row.id,
      incidentId: row.incident_id,
      action: row.action,
      title: this.#titleOf(row.action),
      runId: row.run_id,
      attempt: row.attempt,
      state: row.state,
      reason: row.reason,
      requestedBy: row.requested_by,
      requestedAt: readTime(row.requested_at)!,
      updatedAt: readTime(row.updated_at)!,
      newAttempt: readNumber(row.new_attempt),
      planId: readText(row.plan_id),
      taskId: taskOf.get(row.id),
      stages: readJson<string[]>(row.stages)!,
      stagesDone: row.stage,
      undo: row.stage > 0 ? this.#treatmentOf(row.action)?.undoneBy : undefined,
      events: events
        .filter(event => event.remediation_id === row.id)
        .map(event => ({
          id: event.id,
          at: readTime(event.at)!,
          state: event.state,
          message: event.message,
          actor: readText(event.actor),
        })),
    }));
  }

  #treatmentOf(action: string) {
    return this.#treatments.actions.includes(action)
      ? this.#treatments.get(action)
      : undefined;
  }

  #titleOf(action: string): string {
    return this.#treatmentOf(action)?.title ?? action;
  }
}
