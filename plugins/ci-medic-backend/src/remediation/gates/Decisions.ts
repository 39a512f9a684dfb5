import { AuditorService } from '@backstage/backend-plugin-api';
import {
  Page,
  RemediationDecision,
  RemediationGate,
  RemediationMode,
} from '@ci-medic/plugin-ci-medic-common';
import { randomUUID } from 'crypto';
import {
  CiMedicDatabase,
  readJson,
  readText,
  readTime,
  writeText,
} from '../../database';
import { maskInput } from './maskInput';

/** What is written down of a decision. */
export type NewDecision = Omit<RemediationDecision, 'id' | 'at' | 'input'> & {
  input: object;
};

/** What narrows a list of decisions. */
export type DecisionQuery = {
  result?: string;
  action?: string;
  incidentId?: string;
  actor?: string;
  cursor?: string;
  limit?: number;
};

/**
 * Every decision, also each no. Rows are only ever added, and the auditor of Backstage gets them too.
 */
export class Decisions {
  readonly #database: CiMedicDatabase;
  readonly #auditor?: Pick<AuditorService, 'createEvent'>;

  constructor(options: {
    database: CiMedicDatabase;
    auditor?: Pick<AuditorService, 'createEvent'>;
  }) {
    this.#database = options.database;
    this.#auditor = options.auditor;
  }

  async add(decision: NewDecision): Promise<string> {
    const id = randomUUID();
    const { moment, result, action, actor, reasons } = decision;
    const input = maskInput(decision.input);
    await this.#database.knex('remediation_decisions').insert({
      ...{ id, at: this.#database.nowExpression(), moment, result },
      action: action ?? null,
      incident_id: decision.incidentId ?? null,
      plan_id: decision.planId ?? null,
      entity_refs: JSON.stringify(decision.entityRefs),
      actor: writeText(actor, 255),
      mode: decision.mode ?? null,
      gates: JSON.stringify(decision.gates),
      reasons: JSON.stringify(reasons),
      policy_revision: decision.policyRevision ?? null,
      input: JSON.stringify(input),
    });
    const event = await this.#auditor?.createEvent({
      eventId: 'remediation-decision',
      severityLevel:
        moment === 'act' || moment === 'control' ? 'high' : 'medium',
      meta: {
        ...{ decisionId: id, moment, result, action, actor, reasons },
        incidentId: decision.incidentId,
        planId: decision.planId,
        entityRefs: decision.entityRefs,
        policyRevision: decision.policyRevision,
      } as any,
    });
    await event?.success();
    return id;
  }

  /** Newest first. */
  async list(query: DecisionQuery): Promise<Page<RemediationDecision>> {
    const { cursor, limit = 50, result, action, incidentId, actor } = query;
    const rows: any[] = await this.#database
      .knex('remediation_decisions')
      .where(builder => {
        for (const [column, value] of Object.entries({
          ...{ result, action, actor, incident_id: incidentId },
        })) {
          if (value !== undefined) {
            builder.where(column, value);
          }
        }
        if (cursor) {
          const [at, id] = cursor.split('_');
          builder.where(older =>
            older
              .where('at', '<', Number(at))
              .orWhere(same =>
                same.where('at', Number(at)).where('id', '<', id),
              ),
          );
        }
      })
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const last = page[page.length - 1];
    return {
      items: page.map(present),
      ...(rows.length > limit && { nextCursor: `${last.at}_${last.id}` }),
    };
  }
}

function present(row: any): RemediationDecision {
  return {
    id: row.id,
    at: readTime(row.at)!,
    moment: row.moment,
    result: row.result,
    action: readText(row.action),
    incidentId: readText(row.incident_id),
    planId: readText(row.plan_id),
    entityRefs: readJson<string[]>(row.entity_refs)!,
    actor: row.actor,
    mode: readText(row.mode) as RemediationMode | undefined,
    gates: readJson<RemediationGate[]>(row.gates)!,
    reasons: readJson<string[]>(row.reasons)!,
    policyRevision: readText(row.policy_revision),
    input: readJson<Record<string, unknown>>(row.input)!,
  };
}
