import { once } from 'events';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { ArchiveReport } from './archives/loadArchives';
import { Cause, CauseKind } from './organisation/causes';
import { EngineChoice } from './organisation/EngineChoice';
import { Organisation } from './organisation/Organisation';
import { Truth } from './organisation/Truth';
import { Ledger, LedgerEntry } from './engine/Ledger';
import { Outcomes, RerunOptions } from './engine/Outcomes';
import { RecordedSource } from './engine/RecordedSource';
import { RunActions } from './engine/RunActions';
import { RunEngine } from './engine/RunEngine';
import { Pace, Timeline } from './engine/Timeline';
import { FaultPlan } from './faults/FaultPlan';
import { found, ServerContext } from './server/ApiRoute';
import { createApp } from './server/createApp';
import { describeRuns, RunSummary } from './server/describeRuns';
import { BlobTickets } from './server/BlobTickets';
import { RateLimit, RateLimitOptions } from './server/RateLimit';
import { Links } from './shapes/Links';
import { Delivery, DeliverRequest } from './webhooks/Delivery';
import { tellOfDeployments } from './webhooks/tellOfDeployments';
import { tellOfRuns } from './webhooks/tellOfRuns';
import {
  SignedWebhook,
  WebhookSender,
  WebhookTarget,
} from './webhooks/WebhookSender';
import { World } from './world/World';

type StartOptions = {
  world: World;
  archives: ArchiveReport[];
  host: string;
  port: number;
  publicUrl?: string;
  webhook?: WebhookTarget;
  rateLimit?: RateLimitOptions;
  reruns?: RerunOptions;
  organisation?: Organisation;
  pace?: Pace;
};

/** Starts a simulator; only `createSimulator` does. */
export let startSimulator: (options: StartOptions) => Promise<Simulator>;

/**
 * A running server. Made by `createSimulator`.
 *
 * @public
 */
export class Simulator {
  /** Where it listens, e.g. `http://127.0.0.1:7008`. */
  readonly url: string;
  /** As it stands in answers and deliveries. */
  readonly publicUrl: string;
  readonly world: World;
  /** What can be made to go wrong. */
  readonly faults: FaultPlan;
  /** Which run each archive became. */
  readonly archives: ArchiveReport[];
  /** Every change that clients made. */
  readonly ledger: Ledger;
  /** How jobs of new attempts of recorded builds end. */
  readonly outcomes: Outcomes;
  /** Simulated time. */
  readonly timeline: Timeline;
  /** Why builds of the organisation fail; for benchmarks only. */
  readonly truth?: Truth;
  readonly #organisation?: Organisation;
  readonly #server: Server;
  readonly #sender: WebhookSender;

  private constructor(options: {
    server: Server;
    sender: WebhookSender;
    url: string;
    publicUrl: string;
    context: ServerContext;
    archives: ArchiveReport[];
    outcomes: Outcomes;
    timeline: Timeline;
  }) {
    const { context } = options;
    this.#server = options.server;
    this.#sender = options.sender;
    this.url = options.url;
    this.publicUrl = options.publicUrl;
    this.world = context.world;
    this.faults = context.faults;
    this.ledger = context.ledger;
    this.archives = options.archives;
    this.outcomes = options.outcomes;
    this.timeline = options.timeline;
    this.truth = context.organisation?.truth;
    this.#organisation = context.organisation;
  }

  static {
    startSimulator = options => Simulator.#start(options);
  }

  /**
   * Listens, then puts everything together: addresses need the port. For
   * `createSimulator` alone: the parts that it takes are nobody else's.
   */
  static async #start(options: StartOptions): Promise<Simulator> {
    const { world, archives, host, reruns, organisation } = options;
    const server = createServer();
    // Time may stand still for long; who asks again then is still known.
    server.keepAliveTimeout = 0;
    server.listen(options.port, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    const publicUrl = options.publicUrl ?? url;
    const links = Links.create(publicUrl);
    const faults = FaultPlan.create();
    const ledger = Ledger.create();
    const outcomes = Outcomes.create(reruns);
    const timeline = organisation?.timeline ?? Timeline.create(Date.now());
    const { haste } = reruns ?? {};
    const source = RecordedSource.create({ timeline, outcomes, haste });
    const recorded = RunEngine.create({ timeline, world, source });
    const engines = EngineChoice.create({ recorded, organisation });
    const sender = WebhookSender.create({
      ...{ world, links, faults },
      target: options.webhook,
    });
    engines.all.forEach(engine => tellOfRuns({ engine, sender, links }));
    if (organisation) {
      tellOfDeployments({ organisation, sender, links });
    }
    const context: ServerContext = {
      ...{ world, links, faults, ledger },
      tickets: BlobTickets.create(links),
      rateLimit: RateLimit.create(options.rateLimit),
      actions: RunActions.create({ engines, ledger }),
      ...{ timeline, sender, organisation },
    };
    server.on(
      'request',
      createApp({ context, sender, reports: archives, outcomes }),
    );
    if (options.pace?.speed !== 0) {
      timeline.start(options.pace ?? { speed: 1 });
    }
    return new Simulator({
      ...{ server, sender, url, publicUrl, context, archives },
      ...{ outcomes, timeline },
    });
  }

  /** All runs, the newest first. */
  runs(): RunSummary[] {
    return describeRuns(this.world);
  }

  /**
   * Sends what happened in an attempt, one event after the other. Resolves when
   * everything was tried once; whether it was taken stands in the deliveries.
   *
   * @throws when there is no such run or attempt, or no address to send to
   */
  deliver(request: DeliverRequest): Promise<Delivery[]> {
    return this.#sender.deliver(request);
  }

  /**
   * Sends a delivery again: same id, same bytes.
   *
   * @throws when it is not known any more, or there is no address to send to
   */
  redeliver(deliveryId: string): Promise<Delivery> {
    return this.#sender.redeliver(deliveryId);
  }

  /** The newest 10,000 deliveries, the oldest first. */
  deliveries(): Delivery[] {
    return this.#sender.deliveries();
  }

  /**
   * What happened in an attempt as signed deliveries, not sent, for those who
   * send them themselves.
   *
   * @throws when there is no such run or attempt, or no webhook is configured
   */
  signedWebhooks(request: DeliverRequest): SignedWebhook[] {
    return this.#sender.signed(request);
  }

  /**
   * Lets time pass as fast as the receiver takes the webhooks: never by more
   * than a step without waiting for those of the step before.
   *
   * @param milliseconds - simulated ones
   * @param options - `step`: 60,000 when missing; `afterStep` is awaited after
   *   each, for who acts in the world while time passes
   */
  async advance(
    milliseconds: number,
    options: { step?: number; afterStep?: () => Promise<void> | void } = {},
  ): Promise<void> {
    const { step = 60_000, afterStep } = options;
    const end = this.timeline.now() + milliseconds;
    while (this.timeline.now() < end) {
      this.timeline.advance(Math.min(step, end - this.timeline.now()));
      await this.settled();
      await afterStep?.();
    }
  }

  /** Resolves when no delivery of something that happened is under way. */
  settled(): Promise<void> {
    return this.#sender.settled();
  }

  /** Changes that clients made, the oldest first. */
  ledgerEntries(): LedgerEntry[] {
    return this.ledger.entries();
  }

  /**
   * Lets something go wrong in the organisation now, and builds what shows it.
   *
   * @param what - `service`: of a change or a flaky test, the first one that
   *   fits when missing; `milliseconds`: how long it stays, where it does not
   *   stay until it is repaired, two hours when missing
   * @throws when there is no organisation, or no such service
   */
  bring(what: {
    kind: CauseKind;
    service?: string;
    milliseconds?: number;
  }): Cause {
    return found(this.#organisation).bring(what);
  }

  /** Where deliveries go from now on. */
  setWebhook(target: WebhookTarget): void {
    this.#sender.setTarget(target);
  }

  /** Ends all connections and stops listening. */
  async close(): Promise<void> {
    this.timeline.stop();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
