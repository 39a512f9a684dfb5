import {
  AlertChannel,
  AlertClick,
  AlertClicks,
  AlertMessage,
  AlertOwner,
  AlertPerson,
} from '@ci-medic/plugin-ci-medic-node';

type Sent = Parameters<AlertChannel['send']>[0];
type Replied = Parameters<NonNullable<AlertChannel['reply']>>[0];

/**
 * A chat that keeps messages and threads, and can be down. Whether it has threads and is connected, the test says.
 */
export class MemoryChat implements AlertChannel {
  readonly id = 'chat';
  readonly title = 'Chat';
  notConnected?: string;
  /** What each message said, by its id. */
  readonly messages = new Map<string, AlertMessage[]>();
  /** What is in each thread, by the id of its message. */
  readonly threads = new Map<string, string[]>();
  readonly answers: { person: string; text: string }[] = [];
  readonly routed: AlertOwner[][] = [];
  /** Whom the catalog knows, by who they are here. */
  readonly people = new Map<string, AlertPerson>();
  /** What goes wrong with the next call; asked before each. */
  fail: () => Error | undefined = () => undefined;
  /** What goes wrong after it got through. */
  lose: () => Error | undefined = () => undefined;
  calls = 0;
  reply?: AlertChannel['reply'];
  #clicks?: AlertClicks;
  readonly #known = new Map<string, string>();

  constructor(options: { hasThreads?: boolean } = {}) {
    if (options.hasThreads ?? true) {
      this.reply = request => this.#reply(request);
    }
  }

  set failure(error: Error | undefined) {
    this.fail = () => error;
  }

  route({ owners }: { owners: AlertOwner[] }) {
    this.routed.push(owners);
    return owners.length > 0
      ? owners.map(({ ref }) => ({ destination: ref, because: 'It owns it' }))
      : [{ because: 'Nobody owns it' }];
  }

  async send(request: Sent) {
    this.#call();
    const found = request.wasTried
      ? this.#known.get(request.alertId)
      : undefined;
    const externalId =
      request.externalId ??
      found ??
      `${request.destination}#${this.messages.size + 1}`;
    this.#known.set(request.alertId, externalId);
    const told = this.messages.get(externalId) ?? [];
    this.messages.set(externalId, [...told, request.message]);
    this.#lose();
    return { externalId };
  }

  connect(clicks: AlertClicks) {
    this.#clicks = clicks;
  }

  async identify(person: string): Promise<AlertPerson> {
    return this.people.get(person) ?? { refusal: 'Nobody knows you' };
  }

  async answer({ person, text }: { person: string; text: string }) {
    this.answers.push({ person, text });
  }

  /** Somebody presses a button. */
  press(click: Omit<AlertClick, 'channel'>) {
    return this.#clicks!.take({ ...click, channel: this.id });
  }

  /** What the only message says now. */
  get message(): AlertMessage {
    return [...this.messages.values()][0].slice(-1)[0];
  }

  async #reply({ externalId, replyId, wasTried, notes, more }: Replied) {
    this.#call();
    if (wasTried && this.#known.has(replyId)) {
      return;
    }
    this.#known.set(replyId, externalId);
    this.threads.set(externalId, [
      ...(this.threads.get(externalId) ?? []),
      ...notes.map(({ text }) => text),
      ...(more > 0 ? [`and ${more} more`] : []),
    ]);
    this.#lose();
  }

  #call() {
    this.calls++;
    const error = this.fail();
    if (error) {
      throw error;
    }
  }

  #lose() {
    const error = this.lose();
    if (error) {
      throw error;
    }
  }
}
