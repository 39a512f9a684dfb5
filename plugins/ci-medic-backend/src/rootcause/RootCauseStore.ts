import { RootCause } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { CiMedicDatabase, readBoolean, readJson } from '../database';
import { withCanaryVerdicts } from './canaryVerdicts';
import { CollectedChanges } from './ChangeCollector';
import { ChangeSummary } from './summarizeChanges';

type StoredChanges = { collected: CollectedChanges; summary?: ChangeSummary };

/**
 * What changed before incidents, and what came of it.
 */
export class RootCauseStore {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  async get(incidentId: string): Promise<RootCause | undefined> {
    const row = await this.#database
      .knex('root_causes')
      .where({ incident_id: incidentId })
      .first('body');
    return readJson<RootCause>(row?.body);
  }

  async changes(
    incidentId: string,
  ): Promise<
    (StoredChanges & { key: string; isPartial: boolean }) | undefined
  > {
    const row = await this.#database
      .knex('incident_changes')
      .where({ incident_id: incidentId })
      .first();
    return (
      row && {
        ...readJson<StoredChanges>(row.body)!,
        key: row.range_key,
        isPartial: readBoolean(row.is_partial),
      }
    );
  }

  async saveChanges(
    knex: Knex.Transaction,
    incidentId: string,
    changes: StoredChanges & { key: string },
  ): Promise<void> {
    const { key, ...body } = changes;
    await knex('incident_changes')
      .insert({
        incident_id: incidentId,
        range_key: key,
        body: JSON.stringify(body),
        is_partial: body.collected.retryAt !== undefined,
        collected_at: await this.#database.now(knex),
      })
      .onConflict('incident_id')
      .merge();
  }

  /** Whether it says something else than before. */
  async save(
    knex: Knex.Transaction,
    ranked: Omit<RootCause, 'createdAt'>,
  ): Promise<boolean> {
    const { incidentId } = ranked;
    const cause = {
      ...ranked,
      suspects: await withCanaryVerdicts(knex, incidentId, ranked.suspects),
    };
    const before = await knex('root_causes')
      .where({ incident_id: incidentId })
      .first('body');
    const { createdAt, ...said } =
      readJson<RootCause>(before?.body) ?? ({} as Partial<RootCause>);
    if (before && JSON.stringify(said) === JSON.stringify(cause)) {
      return false;
    }
    const now = await this.#database.now(knex);
    const body: RootCause = {
      ...cause,
      createdAt: new Date(now).toISOString(),
    };
    await knex('root_causes')
      .insert({
        incident_id: incidentId,
        verdict: cause.verdict,
        body: JSON.stringify(body),
        created_at: now,
      })
      .onConflict('incident_id')
      .merge();
    return true;
  }
}
