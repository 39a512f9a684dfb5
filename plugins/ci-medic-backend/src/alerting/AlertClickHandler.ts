import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { AlertActionResult } from '@ci-medic/plugin-ci-medic-common';
import { AlertChannel } from '@ci-medic/plugin-ci-medic-node';
import {
  alertsClick,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { AlertAudit } from './AlertAudit';
import { AlertClickStore, StoredClick } from './AlertClickStore';
import { AlertPorts } from './AlertPorts';
import { AlertPresses } from './AlertPresses';
import { ChannelRegistry } from './ChannelRegistry';

type Payload = { clickId: string };

type Options = {
  audit: AlertAudit;
  channels: ChannelRegistry;
  clicks: AlertClickStore;
  logger: LoggerService;
  ports: Pick<AlertPorts, 'credentialsOf'>;
  presses: AlertPresses;
};

/** An answer that cannot be given for good. */
const unanswerable = ['InputError', 'NotFoundError'];

/**
 * Acts on a click: finds out who it was, carries it out with their permissions as of now, and tells them in private what
 * became of it.
 */
export class AlertClickHandler implements WorkHandler<Payload> {
  readonly kind = alertsClick.kind;
  readonly schema = alertsClick.schema;
  readonly concurrency = 4;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 8;

  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async run({ payload, signal }: WorkItem<Payload>): Promise<WorkResult> {
    const { channels, clicks } = this.#options;
    const click = await clicks.find(payload.clickId);
    if (!click || click.isSettled) {
      return {};
    }
    const channel = channels.get(click.channel);
    const { outcome, message } = await this.#act(channel, click);
    await this.#answer(channel, click, message, signal);
    return {
      write: ({ knex }) =>
        clicks.settle(click.id, { state: outcome, outcome: message }, knex),
    };
  }

  async onDead(
    { payload }: Omit<WorkItem<Payload>, 'signal'>,
    reason: string,
    { knex }: WorkTransaction,
  ): Promise<void> {
    const settled = { state: 'dead', outcome: reason } as const;
    await this.#options.clicks.settle(payload.clickId, settled, knex);
  }

  async #act(
    channel: AlertChannel,
    click: StoredClick,
  ): Promise<AlertActionResult> {
    const { audit, ports, presses } = this.#options;
    const { id: pressId, person, actionId, input } = click;
    const settled = await audit.find(pressId);
    if (settled) {
      return settled;
    }
    const via = channel.id;
    const refuse = (message: string, actor?: string) =>
      audit.add({
        ...{ pressId, via, person, actor, message },
        outcome: 'refused',
      });
    const found = await channel.identify?.(person);
    if (!found || 'refusal' in found) {
      return refuse(found?.refusal ?? 'This channel does not know who you are');
    }
    const { userRef } = found;
    let credentials;
    try {
      credentials = await ports.credentialsOf(userRef);
    } catch (e) {
      const error = toError(e);
      if (error.name !== 'NotAllowedError') {
        throw error;
      }
      return refuse(error.message, userRef);
    }
    return presses.press({
      ...{ pressId, actionId, via, person, credentials, input },
    });
  }

  async #answer(
    channel: AlertChannel,
    { person, context, id }: StoredClick,
    text: string,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await channel.answer?.({ person, context, text, signal });
    } catch (e) {
      const error = toError(e);
      if (!unanswerable.includes(error.name)) {
        throw error;
      }
      this.#options.logger.info(
        `Nobody could be told what became of click ${id}: ${error.message}`,
      );
    }
  }
}
