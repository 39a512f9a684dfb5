import { ChangeFeed } from '../changes';
import {
  CiMedicDatabase,
  insertInBatches,
  readJson,
  stableId,
} from '../database';
import { playbooksConsider, WorkHandler, WorkItem, WorkResult } from '../work';
import { gatherRecords } from './gatherRecords';
import { PlaybookBody, reasonOf, substanceOf } from './PlaybookBody';
import { PlaybookConfig } from './PlaybookConfig';

type Payload = { incidentId: string };

type Options = {
  database: CiMedicDatabase;
  changes: ChangeFeed;
  config: PlaybookConfig;
  /** Redacted lines that explain why a job failed, the most important first. */
  evidenceOf(jobId: string): Promise<string[]>;
};

/**
 * Writes the playbook of a failure that recurs, anew from what is on record. Only another substance makes a version.
 */
export class PlaybookHandler implements WorkHandler<Payload> {
  readonly kind = playbooksConsider.kind;
  readonly schema = playbooksConsider.schema;
  readonly concurrency = 1;
  readonly leaseMs = 60_000;
  readonly maxAttempts = 5;

  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async run({ payload }: WorkItem<Payload>): Promise<WorkResult> {
    const { database, changes, config, evidenceOf } = this.#options;
    const { knex } = database;
    const incident = await knex('incidents')
      .where({ id: payload.incidentId })
      .first('fingerprint');
    if (!incident) {
      return {};
    }
    const { fingerprint } = incident;
    const body = await gatherRecords({
      ...{ knex, fingerprint, evidenceOf },
      days: config.days,
      now: await database.now(),
    });
    const id = stableId('playbook', fingerprint);
    const isKnown = await knex('playbooks').where({ id }).first('id');
    const recurs =
      body &&
      (body.occurrences >= config.occurrences ||
        body.incidentCount >= config.incidents);
    // What is written stays, also when it has been quiet for long.
    if (!body || (!recurs && !isKnown)) {
      return {};
    }
    return {
      write: async ({ knex: transaction }) => {
        await this.#write(transaction, { id, fingerprint, body });
        changes.announceAfter(transaction, 'ci-medic:playbooks', id);
      },
    };
  }

  async #write(
    knex: Parameters<NonNullable<WorkResult['write']>>[0]['knex'],
    playbook: { id: string; fingerprint: string; body: PlaybookBody },
  ) {
    const { id, fingerprint, body } = playbook;
    const now = this.#options.database.nowExpression();
    const before = await knex('playbooks').where({ id }).first();
    const substance = substanceOf(body);
    const isNew = before?.substance !== substance;
    const version = (before?.version ?? 0) + (isNew ? 1 : 0);
    const row = {
      ...{ substance, version, body: JSON.stringify(body) },
      last_at: body.lastAt,
      ...(isNew && { updated_at: now }),
    };
    if (before) {
      await knex('playbooks').where({ id }).update(row);
    } else {
      await knex('playbooks').insert({ id, fingerprint, ...row });
    }
    if (isNew) {
      await knex('playbook_versions').insert({
        ...{ playbook_id: id, version, body: row.body, at: now },
        reason: before
          ? reasonOf(readJson<PlaybookBody>(before.body)!, body)
          : 'It came again often enough',
      });
    }
    await knex('playbook_entities').where({ playbook_id: id }).delete();
    await insertInBatches({
      knex,
      table: 'playbook_entities',
      rows: body.struck.map(({ entityRef, occurrences, lastAt }) => ({
        ...{ entity_ref: entityRef, playbook_id: id, occurrences },
        last_at: lastAt,
      })),
    });
  }
}
