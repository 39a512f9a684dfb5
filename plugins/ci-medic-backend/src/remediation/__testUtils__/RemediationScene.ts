import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Diagnosis } from '@ci-medic/plugin-ci-medic-common';
import { RateLimitedError, Treatment } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import { ChangeFeed } from '../../changes';
import { CiMedicDatabase, runIdOf } from '../../database';
import {
  memoryAttempt,
  MemoryIntake,
} from '../../ingest/__testUtils__/MemoryIntake';
import { RemediationParts } from '../../RemediationParts';
import { WorkQueue } from '../../work';
import { AdvanceHandler } from '../AdvanceHandler';
import { defaultTimings } from '../RemediationConfig';
import { TreatmentRegistry } from '../TreatmentRegistry';
import { MemoryEffects } from './MemoryEffects';

const tables = [
  'remediations',
  'remediation_events',
  'remediation_plans',
  'remediation_approvals',
  'remediation_decisions',
  'remediation_stops',
  'remediation_modes',
  'remediation_budgets',
  'remediation_uses',
  'work',
];

type SceneOptions = {
  run?: object;
  jobs?: Record<string, 'failure' | 'success'>;
  /** Below `ciMedic.remediation`. */
  config?: object;
  /** How many runs failed for the same cause. */
  runs?: number;
  entities?: Entity[];
};

/** The person who asks unless told otherwise. */
export const ada = 'user:default/ada';

/**
 * Failed runs of an incident in memory, and all that treats them. The test carries the work itself.
 */
export class RemediationScene {
  static async create(
    knex: Knex,
    options: SceneOptions = {},
  ): Promise<RemediationScene> {
    await CiMedicDatabase.migrate(knex);
    const entities = options.entities ?? [MemoryIntake.entity('shop')];
    const shop = MemoryIntake.create({ knex, entities });
    await shop.start();
    for (let number = 1; number <= (options.runs ?? 1); number++) {
      const jobs = options.jobs ?? { build: 'failure' };
      const attempt = memoryAttempt({
        ...{ id: String(number), jobs, run: options.run },
      });
      shop.ci.attempts.push(attempt);
      for (const name of Object.keys(jobs)) {
        shop.ci.logs.set(`${number}.1.${name}`, 'error: connection reset\n');
      }
      await shop.deliverRun(attempt);
    }
    const [{ id }] = await shop.incidents();
    await shop.intake.runner.stop({ graceMs: 0 });
    // What the steps in between said is up to the test.
    await knex('diagnoses').delete();
    await knex('root_causes').delete();
    await knex('incident_members').delete();
    const scene = new RemediationScene(shop, id, entities, options.config);
    await scene.clear();
    return scene;
  }

  readonly shop: MemoryIntake;
  readonly incidentId: string;
  readonly entities: Entity[];
  #config: object;

  private constructor(
    shop: MemoryIntake,
    incidentId: string,
    entities: Entity[],
    config: object = {},
  ) {
    this.shop = shop;
    this.incidentId = incidentId;
    this.entities = entities;
    this.#config = config;
  }

  get database(): CiMedicDatabase {
    return this.shop.database;
  }

  get clock(): { time: number } {
    return this.shop.clock;
  }

  /** Forgets what was done and begins again with the same failed runs. */
  async forget(config?: object) {
    await this.clear();
    this.clock.time = MemoryIntake.start;
    this.#config = config ?? this.#config;
    return this.world();
  }

  async clear() {
    for (const table of tables) {
      await this.database.knex(table).delete();
    }
  }

  runId(number = 1): string {
    return runIdOf(MemoryIntake.project, String(number));
  }

  /** What kind of failure it is, as the step before says. */
  async diagnose(diagnosis: Partial<Diagnosis>) {
    const {
      category = 'flaky_test',
      confidence = 0.9,
      transient = 0.8,
    } = diagnosis;
    const last = await this.database
      .knex('diagnoses')
      .max({ version: 'version' })
      .first();
    const version = Number(last?.version ?? 0) + 1;
    await this.database.knex('diagnoses').insert({
      ...{ id: `d${version}`, incident_id: this.incidentId, version, category },
      sub_category: diagnosis.subCategory ?? null,
      ...{ confidence, transient, body: '{}', body_hash: `d${version}` },
      ...{ is_partial: false, created_at: this.clock.time },
    });
  }

  /** Which commit is suspected, as the step before says. */
  async blame(commitSha: string) {
    const suspect = { id: 's1', kind: 'commit', title: 'A change', commitSha };
    await this.database.knex('root_causes').delete();
    await this.database.knex('root_causes').insert({
      ...{ incident_id: this.incidentId, verdict: 'suspect' },
      body: JSON.stringify({ verdict: 'suspect', suspects: [suspect] }),
      created_at: this.clock.time,
    });
  }

  /** All parts of a replica. Several share the database and the CI system. */
  parts(treatments: Treatment[] = []): RemediationParts {
    const { database, clock } = this;
    const treatmentRegistry = new TreatmentRegistry();
    treatments.forEach(one => treatmentRegistry.add(() => one));
    return new RemediationParts({
      ...{ database, treatmentRegistry, now: () => clock.time },
      auth: mockServices.auth(),
      catalog: catalogServiceMock.mock({
        getEntitiesByRefs: async ({ entityRefs }) => ({
          items: entityRefs.map(ref =>
            this.entities.find(entity => stringifyEntityRef(entity) === ref),
          ),
        }),
      }),
      changes: ChangeFeed.create({
        signals: { publish: async () => {} },
        logger: { debug() {} } as any,
      }),
      evidenceOf: async () => ['error: connection reset'],
      logger: mockServices.logger.mock(),
      provider: () => this.shop.ci,
      queue: WorkQueue.create({ database }),
      rootConfig: new ConfigReader({
        ciMedic: { remediation: this.#config },
      }),
    });
  }

  world(treatments: Treatment[] = []) {
    const { clock, incidentId, shop } = this;
    const { ci } = shop;
    const effects = new MemoryEffects({
      ...{ ci, clock, callMs: defaultTimings.callMs },
    });
    ci.effects = effects;
    const parts = this.parts(treatments);
    const { remediationRequests: requests, remediations: reader } = parts.api;
    const wanted = {
      ...{ incidentId, action: 'rerun', runId: this.runId(), attempt: 1 },
    };
    const worker = (
      failpoint?: (name: string) => void | Promise<void>,
      owner = 'a',
    ) =>
      parts.createWorker({
        ...{ owner, failpoint, monotonic: () => clock.time },
      });
    const ask = async (change: Partial<typeof wanted> = {}) =>
      (await requests.request({ ...wanted, ...change, requestedBy: ada })).id;
    const step = (handler: AdvanceHandler, remediationId: string) =>
      handler.run({
        payload: { remediationId },
        signal: new AbortController().signal,
      } as any);
    /** Does what the queue does: carries it on until it is over, and waits as long as it asks for. */
    const finish = async (remediationId: string, handler = worker()) => {
      for (let turn = 0; turn < 200; turn++) {
        try {
          await step(handler, remediationId);
          return await reader.get(remediationId);
        } catch (error) {
          clock.time +=
            error instanceof RateLimitedError
              ? Math.max(1, error.retryAt.getTime() - Date.now())
              : 1_000;
        }
      }
      throw new Error('It does not come to an end');
    };
    /** Plans as the queue does after a diagnosis. */
    const plan = async () => {
      const handler = parts.handlers.find(
        ({ kind }) => kind === 'remediation.plan',
      )!;
      const { write } = await handler.run({
        payload: { incidentId },
        signal: new AbortController().signal,
      } as any);
      await this.database.transaction(knex =>
        write ? write({ knex, enqueue: async () => {} }) : Promise.resolve(),
      );
      const runs = await this.database.knex('runs').pluck('run_id');
      return parts.api.plans.list(incidentId, runs);
    };
    return {
      ...{ ask, clock, effects, finish, parts, plan, reader, requests, step },
      ...{ wanted, worker },
    };
  }
}
