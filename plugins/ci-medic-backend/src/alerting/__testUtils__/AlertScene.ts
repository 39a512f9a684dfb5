import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { AlertActionKind } from '@ci-medic/plugin-ci-medic-common';
import { once } from 'events';
import { createServer, Server } from 'http';
import { Knex } from 'knex';
import { AddressInfo } from 'net';
import { CiMedicDatabase } from '../../database';
import {
  memoryAttempt,
  MemoryIntake,
} from '../../ingest/__testUtils__/MemoryIntake';
import { MemoryEffects } from '../../remediation/__testUtils__/MemoryEffects';
import { alertsPlan, workFor, WorkQueue } from '../../work';
import { MemoryChat } from './MemoryChat';

export const MINUTE_MS = 60_000;

type SceneOptions = {
  entities?: Entity[];
  /** Below `ciMedic`. */
  config?: object;
  chat?: MemoryChat;
  services?: Parameters<typeof MemoryIntake.create>[0]['services'];
};

/** A group of the catalog. */
export const group = (name: string, parent?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [] },
  relations: parent
    ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
    : [],
});

/** An entity with owners. */
export const owned = (entity: Entity, ...owners: string[]): Entity => ({
  ...entity,
  relations: owners.map(name => ({
    type: 'ownedBy',
    targetRef: `group:default/${name}`,
  })),
});

/**
 * The whole way from a failed run to a chat and back, with people whom the auth backend vouches for.
 */
export class AlertScene {
  static async create(
    knex: Knex,
    options: SceneOptions = {},
  ): Promise<AlertScene> {
    await CiMedicDatabase.migrate(knex);
    const scene = new AlertScene(knex, options);
    await scene.shop.start();
    return scene;
  }

  readonly knex: Knex;
  readonly chat: MemoryChat;
  readonly shop: MemoryIntake;
  readonly effects: MemoryEffects;
  /** What each user owns. */
  readonly ownership = new Map<string, string[]>();
  /** Who is let in; 404 where the auth backend has no module for it. */
  vouch: (userRef: string) => number = () => 200;
  readonly #server: Server;
  #runs = 0;
  #clicks = 0;

  private constructor(knex: Knex, options: SceneOptions) {
    this.knex = knex;
    this.chat = options.chat ?? new MemoryChat();
    this.#server = createServer((request, response) => {
      request.once('data', body => {
        const { userRef } = JSON.parse(String(body));
        response.statusCode = this.vouch(userRef);
        const claims = JSON.stringify({ sub: userRef });
        response.end(JSON.stringify({ token: `mock-user-token:${claims}` }));
      });
    });
    const { services } = options;
    this.shop = MemoryIntake.create({
      ...{ knex, channels: [this.chat], config: options.config },
      entities: options.entities ?? [
        owned(MemoryIntake.entity('shop'), 'team'),
        ...[group('team', 'division'), group('division', 'team')],
      ],
      services: {
        discovery: { ...mockServices.discovery(), getBaseUrl: this.#baseUrl },
        userInfo: {
          getUserInfo: async credentials => {
            const { userEntityRef } = credentials.principal as any;
            const own = this.ownership.get(userEntityRef) ?? [];
            return { userEntityRef, ownershipEntityRefs: own };
          },
        },
        ...services,
      },
    });
    const { ci, clock } = this.shop;
    this.effects = new MemoryEffects({ ci, clock, callMs: 10_000 });
    ci.effects = this.effects;
  }

  /** A run of the pipeline ends. */
  async run(
    conclusion: 'success' | 'failure',
    change: { branch?: string; minutesAgo?: number; log?: string } = {},
  ) {
    const { branch = 'main', log = 'error: no space left on device\n' } =
      change;
    const number = ++this.#runs;
    const attempt = memoryAttempt({
      id: String(number),
      minutesAgo: change.minutesAgo ?? 100 - number * 10,
      now: this.shop.clock.time,
      jobs: { build: conclusion },
      run: { branch },
    });
    this.shop.ci.attempts.push(attempt);
    const text = conclusion === 'failure' ? log : 'Done\n';
    this.shop.ci.logs.set(`${number}.1.build`, text);
    await this.shop.deliverRun(attempt);
    return attempt;
  }

  /** Time passes, and what waited is done. */
  async pass(milliseconds: number) {
    this.shop.clock.time += milliseconds;
    await this.shop.intake.runner.idle();
  }

  /** Something about an incident changed that other steps left behind. */
  async plan(incidentId: string) {
    const { database, intake } = this.shop;
    const queue = WorkQueue.create({ database });
    await database.transaction(knex =>
      queue.enqueue(knex, workFor(alertsPlan, { incidentId })),
    );
    await intake.runner.idle();
  }

  async alerts() {
    const [incident] = await this.shop.incidents();
    return this.shop.intake.api.alerts.list(incident.id, incident.entityRefs);
  }

  /** Id of a button that the chat shows now. */
  button(kind: AlertActionKind): string {
    const { actions } = this.chat.message;
    return actions.find(action => action.kind === kind)!.id;
  }

  /** Lets a user of the chat be one of the catalog. */
  know(person: string, userRef: string, ...owns: string[]) {
    this.chat.people.set(person, { userRef, because: 'The catalog says so' });
    this.ownership.set(userRef, [userRef, ...owns]);
  }

  /** Somebody presses a button, and everything that follows is done. Returns the private answer. */
  async press(
    person: string,
    actionId: string,
    input?: Parameters<MemoryChat['press']>[0]['input'],
  ): Promise<string | undefined> {
    const clickId = `click-id-${++this.#clicks}`;
    await this.chat.press({ clickId, actionId, person, input });
    await this.shop.intake.runner.idle();
    return this.chat.answers.slice(-1)[0]?.text;
  }

  async stop() {
    await this.shop.intake.runner.stop({ graceMs: 0 });
    this.#server.closeAllConnections();
    this.#server.close();
  }

  readonly #baseUrl = async (pluginId: string) => {
    if (!this.#server.listening) {
      this.#server.listen(0, '127.0.0.1');
      await once(this.#server, 'listening');
    }
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/${pluginId}`;
  };
}
