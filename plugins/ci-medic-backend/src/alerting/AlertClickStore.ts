import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  AlertActionInput,
  alertActionInputSchema,
} from '@ci-medic/plugin-ci-medic-common';
import { AlertClick, AlertClicks } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase, readJson, writeJson, writeText } from '../database';
import { failpoint } from '../failpoints';
import { alertsClick, workFor, WorkQueue } from '../work';

const CLICK_ID = /^[\w-]{8,64}$/;

/** A click as it is stored. */
export type StoredClick = Omit<AlertClick, 'clickId'> & {
  id: string;
  context: JsonObject;
  isSettled: boolean;
};

/**
 * Makes clicks durable before they are answered, together with the work of acting on them.
 */
export class AlertClickStore implements AlertClicks {
  readonly #database: CiMedicDatabase;
  readonly #queue: WorkQueue;

  constructor(options: { database: CiMedicDatabase; queue: WorkQueue }) {
    this.#database = options.database;
    this.#queue = options.queue;
  }

  async take(click: AlertClick): Promise<'stored' | 'duplicate'> {
    const { clickId, channel, actionId, person, input, context } = click;
    if (!CLICK_ID.test(clickId)) {
      throw new InputError('The id of a click is malformed');
    }
    const checked = input && alertActionInputSchema.parse(input);
    return this.#database.transaction(async knex => {
      const inserted = await knex('alert_clicks')
        .insert({
          ...{ id: clickId, channel, state: 'received' },
          action_id: writeText(actionId, 255),
          person: writeText(person, 255),
          input: writeJson(checked),
          context: writeJson(context ?? {}),
          received_at: this.#database.nowExpression(),
        })
        .onConflict('id')
        .ignore()
        .returning('id');
      if (inserted.length === 0) {
        return 'duplicate';
      }
      await this.#queue.enqueue(knex, workFor(alertsClick, { clickId }));
      failpoint('alerts.clicked');
      return 'stored';
    });
  }

  async find(id: string): Promise<StoredClick | undefined> {
    const row = await this.#database.knex('alert_clicks').where({ id }).first();
    return (
      row && {
        id,
        channel: row.channel,
        actionId: row.action_id,
        person: row.person,
        input: readJson<AlertActionInput>(row.input),
        context: readJson<JsonObject>(row.context) ?? {},
        isSettled: row.state !== 'received',
      }
    );
  }

  /** Says what became of a click. */
  async settle(
    id: string,
    settled: { state: 'done' | 'refused' | 'dead'; outcome: string },
    knex = this.#database.knex,
  ): Promise<void> {
    await knex('alert_clicks')
      .where({ id })
      .update({
        state: settled.state,
        outcome: writeText(settled.outcome, 1_000),
        finished_at: this.#database.nowExpression(),
      });
  }
}
