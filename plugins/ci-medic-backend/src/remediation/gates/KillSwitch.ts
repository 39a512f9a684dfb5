import { NotFoundError } from '@backstage/errors';
import {
  RemediationStop,
  StopInput,
  StopScope,
} from '@ci-medic/plugin-ci-medic-common';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { ChangeFeed } from '../../changes';
import { CiMedicDatabase, readTime, writeText } from '../../database';

/**
 * Stops everything, what concerns an entity, or an action. It is read in the statements that claim work and that begin a
 * call, so it holds on every replica from its commit on.
 */
export class KillSwitch {
  readonly #database: CiMedicDatabase;
  readonly #changes: ChangeFeed;

  constructor(options: { database: CiMedicDatabase; changes: ChangeFeed }) {
    this.#database = options.database;
    this.#changes = options.changes;
  }

  /** Narrows a statement over `remediations` to those that nothing stops. */
  static letPass(statement: Knex.QueryBuilder): void {
    statement.whereNotExists(function stops() {
      this.select('id')
        .from('remediation_stops')
        .whereNull('lifted_at')
        .andWhere(function scopes() {
          this.where({ scope: 'all' })
            .orWhere(function action() {
              this.where({ scope: 'action' }).whereRaw(
                'subject = remediations.action',
              );
            })
            .orWhere(function entity() {
              this.where({ scope: 'entity' }).whereRaw(
                'subject in (select entity_ref from run_entities where run_entities.run_id = remediations.run_id)',
              );
            });
        });
    });
  }

  async list(): Promise<RemediationStop[]> {
    const rows = await this.#database
      .knex('remediation_stops')
      .whereNull('lifted_at')
      .orderBy('set_at');
    return rows.map(present);
  }

  /** What stops an action that concerns some entities. */
  async reasons(action: string, entityRefs: string[]): Promise<string[]> {
    const stops = await this.list();
    return stops
      .filter(
        ({ scope, subject }) =>
          scope === 'all' ||
          (scope === 'action' && subject === action) ||
          (scope === 'entity' && entityRefs.includes(subject!)),
      )
      .map(stop => describeStop(stop));
  }

  /** Setting what is set already changes nothing. */
  async set(input: StopInput, actor: string): Promise<RemediationStop> {
    const { scope, reason } = input;
    const subject = scope === 'all' ? '' : input.subject ?? '';
    const row = await this.#database.transaction(async knex => {
      await knex('remediation_stops')
        .insert({
          ...{ id: randomUUID(), scope, subject: writeText(subject, 255) },
          ...{ reason: writeText(reason, 500), set_by: actor },
          set_at: await this.#database.now(knex),
        })
        .onConflict(knex.raw('(scope, subject) where lifted_at is null') as any)
        .ignore();
      this.#changes.announceAfter(knex, 'ci-medic:incidents', 'stops');
      return knex('remediation_stops')
        .where({ scope, subject })
        .whereNull('lifted_at')
        .first();
    });
    return present(row);
  }

  /**
   * @throws NotFoundError when it is not set.
   */
  async lift(id: string, actor: string): Promise<RemediationStop> {
    return this.#database.transaction(async knex => {
      const row = await knex('remediation_stops').where({ id }).first();
      const lifted = await knex('remediation_stops')
        .where({ id })
        .whereNull('lifted_at')
        .update({
          lifted_by: actor,
          lifted_at: await this.#database.now(knex),
        });
      if (lifted === 0) {
        throw new NotFoundError('It is not set any more');
      }
      this.#changes.announceAfter(knex, 'ci-medic:incidents', 'stops');
      return present(row);
    });
  }
}

/** A kill switch in words. */
export function describeStop(stop: {
  scope: StopScope;
  subject?: string;
  reason: string;
  setBy: string;
}): string {
  const { scope, subject, reason, setBy } = stop;
  const what =
    scope === 'all'
      ? 'everything'
      : `${scope === 'action' ? 'the action' : 'all of'} ${subject}`;
  return `The kill switch stops ${what}: ${reason} (${setBy})`;
}

function present(row: any): RemediationStop {
  return {
    id: row.id,
    scope: row.scope,
    subject: row.subject || undefined,
    reason: row.reason,
    setBy: row.set_by,
    setAt: readTime(row.set_at)!,
  };
}
