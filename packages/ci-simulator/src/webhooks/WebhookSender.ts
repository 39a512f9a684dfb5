import { randomUUID } from 'crypto';
import { deflateRawSync, inflateRawSync } from 'zlib';
import { chanceOf } from '../engine/random';
import { FaultPlan } from '../faults/FaultPlan';
import { FaultOf, WebhookFault } from '../faults/faultSchema';
import { Links } from '../shapes/Links';
import { Repository } from '../world/model';
import { World } from '../world/World';
import { Delivery, DeliverRequest, WebhookEventName } from './Delivery';
import { eventsOfRun, WebhookEvent } from './eventsOfRun';
import { signBody } from './signBody';

/**
 * Where deliveries go.
 *
 * @public
 */
export type WebhookTarget = {
  url: string;
  secret: string;
  /** `X-GitHub-Hook-ID`; 1 when missing. */
  hookId?: number;
  /** The events that it wants; all when missing. */
  events?: WebhookEventName[];
};

/**
 * A delivery that was not sent: its bytes, and the headers that go with them.
 *
 * @public
 */
export type SignedWebhook = {
  delivery: Delivery;
  body: Buffer;
  headers: Record<string, string>;
};

/** GitHub waits this long for an answer. */
const PATIENCE_MS = 10_000;
/** So many can be redelivered. */
const MOST_KEPT = 10_000;

/**
 * Sends signed webhooks, as GitHub does: each once, one after the other for a
 * run, and again only when that is asked for.
 */
export class WebhookSender {
  readonly #world: World;
  readonly #links: Links;
  readonly #faults: FaultPlan;
  #target?: WebhookTarget;
  readonly #kept = new Map<string, { delivery: Delivery; body: Buffer }>();
  readonly #held = new Set<() => void>();
  /** The end of what was sent last for a run. */
  readonly #lanes = new Map<number, Promise<void>>();

  private constructor(options: {
    world: World;
    links: Links;
    faults: FaultPlan;
    target?: WebhookTarget;
  }) {
    this.#world = options.world;
    this.#links = options.links;
    this.#faults = options.faults;
    this.#target = options.target;
  }

  static create(options: {
    world: World;
    links: Links;
    faults: FaultPlan;
    target?: WebhookTarget;
  }): WebhookSender {
    return new WebhookSender(options);
  }

  setTarget(target: WebhookTarget): void {
    this.#target = target;
  }

  url(): string | undefined {
    return this.#target?.url;
  }

  hasTarget(): boolean {
    return this.#target !== undefined;
  }

  /** The newest 10,000, the oldest first. */
  deliveries(): Delivery[] {
    return [...this.#kept.values()].map(({ delivery }) => delivery);
  }

  /** One of them and what was sent. */
  delivery(id: string): { delivery: Delivery; body: Buffer } | undefined {
    const kept = this.#kept.get(id);
    return kept && { ...kept, body: inflateRawSync(kept.body) };
  }

  /**
   * Sends what happened in an attempt. Resolves when everything was tried once;
   * whether it was taken stands in the deliveries.
   *
   * @throws when there is no such run or attempt, or no target
   */
  async deliver(request: DeliverRequest): Promise<Delivery[]> {
    const deliveries: Delivery[] = [];
    for (const { repository, attempt, event } of this.#eventsOf(request)) {
      const delivery = this.#prepare(event, {
        ...{ repository, run: request.run, runAttempt: attempt.attempt },
      });
      await this.#sendUnderFaults(delivery);
      deliveries.push(delivery);
    }
    return deliveries;
  }

  /**
   * What would be delivered, signed, for those who send it themselves.
   *
   * @throws when there is no such run or attempt, or no target
   */
  signed(request: DeliverRequest): SignedWebhook[] {
    return this.#eventsOf(request).map(({ event, attempt, repository }) => {
      const body = Buffer.from(JSON.stringify(event.payload));
      const delivery = this.#delivery(event, {
        ...{ repository, run: request.run, runAttempt: attempt.attempt },
      });
      return { delivery, body, headers: this.#headers(delivery, body) };
    });
  }

  /**
   * Sends something as it happens: in order for each run, without waiting. Does
   * nothing while there is no target.
   */
  emit(
    event: WebhookEvent,
    about: { repository: Repository; run: number; runAttempt: number },
  ): void {
    const isWanted = this.#target?.events?.includes(event.event) ?? true;
    if (!this.#target || !isWanted) {
      return;
    }
    const delivery = this.#prepare(event, about);
    const before = this.#lanes.get(about.run) ?? Promise.resolve();
    const lane = before.then(() => this.#sendUnderFaults(delivery));
    this.#lanes.set(about.run, lane);
    lane.finally(() => {
      if (this.#lanes.get(about.run) === lane) {
        this.#lanes.delete(about.run);
      }
    });
  }

  /** Resolves when everything that was emitted has been tried. */
  async settled(): Promise<void> {
    while (this.#lanes.size > 0) {
      await Promise.all(this.#lanes.values());
    }
  }

  /**
   * Sends a delivery again: same id, same bytes.
   *
   * @throws when it is not known any more, or there is no target
   */
  async redeliver(id: string): Promise<Delivery> {
    const kept = this.#kept.get(id);
    if (!kept) {
      throw new Error(`There is no such delivery: ${id}`);
    }
    await this.#send(kept.delivery);
    return kept.delivery;
  }

  #eventsOf(request: DeliverRequest) {
    const located = this.#world.run(request.run);
    const attempt = request.attempt
      ? located?.run.attempts.find(each => each.attempt === request.attempt)
      : located?.run.attempts.at(-1);
    if (!located || !attempt) {
      throw new Error(`There is no such run or attempt: ${request.run}`);
    }
    if (!this.#target) {
      throw new Error('No address for webhooks is configured');
    }
    return eventsOfRun({ ...located, links: this.#links, attempt })
      .filter(
        ({ event, action }) =>
          (request.events ?? [event]).includes(event) &&
          (request.actions ?? [action]).includes(action),
      )
      .map(event => ({ ...located, attempt, event }));
  }

  #delivery(
    { event, action, job }: WebhookEvent,
    about: { repository: Repository; run: number; runAttempt: number },
  ): Delivery {
    const { repository, run, runAttempt } = about;
    return {
      ...{ id: randomUUID(), event, action, run, runAttempt, job },
      at: new Date().toISOString(),
      repository: `${repository.owner}/${repository.name}`,
      attempts: [],
    };
  }

  #prepare(
    event: WebhookEvent,
    about: { repository: Repository; run: number; runAttempt: number },
  ): Delivery {
    const delivery = this.#delivery(event, about);
    this.#keep(delivery, Buffer.from(JSON.stringify(event.payload)));
    return delivery;
  }

  async #sendUnderFaults(delivery: Delivery): Promise<void> {
    const { event, action } = delivery;
    const faults = this.#faults.takeForWebhook(event, action);
    const find = <K extends WebhookFault['kind']>(kind: K) =>
      faults.find(fault => fault.kind === kind) as FaultOf<K> | undefined;
    if (find('webhook-lose')) {
      const at = new Date().toISOString();
      delivery.attempts.push({ at, milliseconds: 0, error: 'lost' });
      return;
    }
    const copies = find('webhook-duplicate')?.copies ?? 1;
    const send = async () => {
      for (let copy = 0; copy < copies; copy++) {
        await this.#send(delivery);
      }
    };
    const later = find('webhook-delay');
    const reordered = find('webhook-reorder');
    if (later) {
      const { milliseconds, atMost = milliseconds, seed = 0 } = later;
      const chance = chanceOf('delay', seed, delivery.id);
      const range = Math.max(0, atMost - milliseconds);
      setTimeout(() => {
        send().catch(() => {});
      }, milliseconds + chance * range).unref();
    } else if (reordered) {
      this.#hold(send, reordered.milliseconds);
    } else {
      await send();
      this.#held.forEach(release => release());
    }
  }

  /** Keeps something until the next one was sent, but not forever. */
  #hold(send: () => Promise<void>, milliseconds: number): void {
    const timers: NodeJS.Timeout[] = [];
    const release = () => {
      timers.forEach(clearTimeout);
      if (this.#held.delete(release)) {
        send().catch(() => {});
      }
    };
    timers.push(setTimeout(release, milliseconds).unref());
    this.#held.add(release);
  }

  async #send(delivery: Delivery): Promise<void> {
    if (!this.#target) {
      throw new Error('No address for webhooks is configured');
    }
    const kept = this.#kept.get(delivery.id);
    if (!kept) {
      return;
    }
    const body = inflateRawSync(kept.body);
    const start = Date.now();
    const headers = this.#headers(delivery, body);
    const outcome = await post(this.#target.url, body, headers);
    delivery.attempts.push({
      at: new Date(start).toISOString(),
      milliseconds: Date.now() - start,
      ...outcome,
    });
  }

  #headers(delivery: Delivery, body: Buffer): Record<string, string> {
    const { secret, hookId = 1 } = this.#target!;
    return {
      'Content-Type': 'application/json',
      'User-Agent': 'GitHub-Hookshot/simulated',
      Accept: '*/*',
      'X-GitHub-Delivery': delivery.id,
      'X-GitHub-Event': delivery.event,
      'X-GitHub-Hook-ID': String(hookId),
      'X-GitHub-Hook-Installation-Target-ID': '1',
      'X-GitHub-Hook-Installation-Target-Type': 'organization',
      ...signBody(secret, body),
    };
  }

  #keep(delivery: Delivery, body: Buffer): void {
    this.#kept.set(delivery.id, { delivery, body: deflateRawSync(body) });
    if (this.#kept.size > MOST_KEPT) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
  }
}

async function post(
  url: string,
  body: Buffer,
  headers: Record<string, string>,
): Promise<{ status?: number; error?: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    // Nobody reads it, but the connection is free again.
    await response.arrayBuffer();
    return { status: response.status };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error };
    return { error: cause?.message || message };
  }
}
