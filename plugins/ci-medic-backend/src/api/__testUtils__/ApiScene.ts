import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ciMedicProvidersExtensionPoint } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import request, { Test } from 'supertest';
import { z } from 'zod';
import { CiMedicDatabase, jobIdOf, runIdOf } from '../../database';
import { MemoryCi } from '../../ingest/__testUtils__/MemoryCi';
import {
  memoryAttempt,
  MemoryIntake,
} from '../../ingest/__testUtils__/MemoryIntake';
import { zipOf } from '../../ingest/__testUtils__/zipOf';
import { ciMedicPlugin } from '../../plugin';
import { MemoryEffects } from '../../remediation/__testUtils__/MemoryEffects';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** Where the routes of an entity begin that everybody sees. */
export const shop = '/api/ci-medic/entities/component/default/shop';

/**
 * The backend with three runs of an entity: 1 passed, 2 failed, and 3 is of an entity that the catalog does not show.
 * What is asked for is done by nobody.
 */
export class ApiScene {
  static async start(knex: Knex): Promise<ApiScene> {
    const scene = new ApiScene(knex);
    await scene.#seed();
    await scene.#start();
    return scene;
  }

  readonly knex: Knex;
  readonly now = Date.now();
  readonly ci = new MemoryCi();
  readonly effects: MemoryEffects;
  readonly actions = actionsRegistryServiceMock();
  /** Permissions that nobody has. */
  readonly denied = new Set<string>();
  /** Operations whose answers were looked at. */
  readonly visited = new Set<string>();
  #backend?: TestBackend;

  private constructor(knex: Knex) {
    this.knex = knex;
    this.effects = new MemoryEffects({
      ...{ ci: this.ci, clock: { time: this.now }, callMs: 1_000 },
    });
    this.effects.prepareRerunFailedJobs = () => new Promise(() => {});
    this.ci.effects = this.effects;
  }

  get server() {
    return this.#backend!.server;
  }

  runId(external: string): string {
    return runIdOf(MemoryIntake.project, external);
  }

  jobId(external: string): string {
    return jobIdOf(MemoryIntake.project, external);
  }

  /** As a person who owns the entity that is seen. */
  readonly call = (
    path: string,
    method: Method = 'get',
    body?: object,
  ): Test => {
    const url = path.startsWith('/') ? path : `/api/ci-medic/${path}`;
    return request(this.server)[method](url).send(body);
  };

  /** The body of an answer, which must be all that its schema promises, and nothing else. */
  readonly answer = async <T>(
    operation: string,
    schema: z.ZodType<T>,
    path: string,
    method: Method = 'get',
    body?: object,
  ): Promise<T> => {
    this.visited.add(operation);
    const response = await this.call(path, method, body);
    expect([response.status, response.body.error]).toEqual([200, undefined]);
    const parsed = schema.parse(response.body);
    expect(parsed).toEqual(response.body);
    return parsed;
  };

  async stop(): Promise<void> {
    await this.#backend?.stop();
  }

  /** Fills the database as the plugin itself would have, without waiting for its schedule. */
  async #seed() {
    const { knex, ci, now } = this;
    await CiMedicDatabase.migrate(knex);
    const intake = MemoryIntake.create({
      knex,
      ci,
      clock: { time: now },
      entities: [MemoryIntake.entity('shop'), MemoryIntake.entity('secret')],
      config: { playbooks: { occurrences: 1 } },
    });
    const artifact = await zipOf({
      'junit.xml':
        '<testsuite name="s"><testcase name="a"/><testcase name="b"><failure message="no"/></testcase></testsuite>',
    });
    ci.attempts.push(
      memoryAttempt({ id: '1', now, minutesAgo: 300 }),
      memoryAttempt({
        id: '2',
        now,
        jobs: { build: 'failure' },
        artifacts: { 'test-results': artifact },
      }),
      memoryAttempt({ id: '3', now, minutesAgo: 30 }),
    );
    ci.logs.set('1.1.build', 'Preparing\nDone\n');
    ci.logs.set('2.1.build', 'Preparing\nerror: the disk is full\n');
    ci.logs.set('3.1.build', 'expired');
    await intake.start();
    for (const attempt of ci.attempts) {
      await intake.deliverRun(attempt);
    }
    await intake.intake.inbox.store({
      provider: 'memory',
      delivery: { deliveryId: 'broken', event: 'ci' },
      body: Buffer.from('{'),
    });
    await intake.intake.runner.idle();
    // What is put off.
    await knex('work')
      .where({ kind: 'playbooks.consider', state: 'queued' })
      .update({ due_at: 0 });
    await intake.intake.runner.idle();
    await intake.intake.runner.stop();
    // An entity that the catalog has no more, or does not show.
    await knex('run_entities')
      .where({ entity_ref: 'component:default/shop', run_id: this.runId('3') })
      .delete();
  }

  async #start() {
    const { knex, ci, actions, denied } = this;
    const permissions = mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result: denied.has(permission.name)
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
    });
    const memoryModule = createBackendModule({
      pluginId: 'ci-medic',
      moduleId: 'memory',
      register: env =>
        env.registerInit({
          deps: { providers: ciMedicProvidersExtensionPoint },
          init: async ({ providers }) => providers.addProvider(ci),
        }),
    });
    this.#backend = await startTestBackend({
      features: [
        ciMedicPlugin,
        memoryModule,
        mockServices.database.factory({ knex }),
        permissions.factory,
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => actions,
        }),
        catalogServiceMock.factory({
          entities: [
            {
              ...MemoryIntake.entity('shop'),
              relations: [{ type: 'ownedBy', targetRef: 'user:default/mock' }],
            },
            MemoryIntake.entity('broken', { 'memory.example/project': 'x' }),
            MemoryIntake.entity('new', { 'memory.example/project': 'o/new' }),
            {
              ...MemoryIntake.entity('plain'),
              metadata: { name: 'plain', namespace: 'default' },
            },
          ],
        }),
        mockServices.rootConfig.factory({
          data: { ciMedic: { backfill: { days: 0 } } },
        }),
      ],
    });
  }
}
