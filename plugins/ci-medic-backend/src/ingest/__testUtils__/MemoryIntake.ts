import { mockServices } from '@backstage/backend-test-utils';
import {
  CompoundEntityRef,
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ProjectRef } from '@ci-medic/plugin-ci-medic-common';
import {
  AlertChannel,
  ProviderJob,
  ProviderRun,
  WebhookEvent,
} from '@ci-medic/plugin-ci-medic-node';
import { ConfigReader } from '@backstage/config';
import { Knex } from 'knex';
import { ChannelRegistry, readAlertConfig } from '../../alerting';
import { readIngestConfig } from '../../config';
import { CiMedicDatabase } from '../../database';
import { readInsightsConfig } from '../../insights';
import { SourceRegistry } from '../../metrics';
import { TreatmentRegistry } from '../../remediation';
import { SuspectSources } from '../../rootcause';
import { Intake } from '../../Intake';
import { ProviderRegistry } from '../ProviderRegistry';
import { MemoryAttempt, MemoryCi, MEMORY_ANNOTATION } from './MemoryCi';

const MINUTE_MS = 60_000;

/**
 * The whole intake over a CI system in memory, with a clock that only a test moves.
 */
export class MemoryIntake {
  static readonly start = Date.parse('2026-11-24T12:00:00Z');
  static readonly project: ProjectRef = {
    provider: 'memory',
    host: 'ci.example',
    slug: 'acme/shop',
  };

  /** An intake over a database that is migrated already; several may share it and the CI system. */
  static create(options: {
    knex: Knex;
    ci?: MemoryCi;
    entities?: Entity[];
    config?: object;
    clock?: { time: number };
    channels?: AlertChannel[];
    /** In place of the usual ones. */
    services?: Partial<ConstructorParameters<typeof Intake>[0]>;
  }): MemoryIntake {
    return new MemoryIntake(options);
  }

  /** An entity that is built in {@link MemoryIntake.project}. */
  static entity(name: string, annotations?: Record<string, string>): Entity {
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        namespace: 'default',
        annotations: {
          [MEMORY_ANNOTATION]: MemoryIntake.project.slug,
          ...annotations,
        },
      },
      spec: { type: 'service' },
    };
  }

  readonly ci: MemoryCi;
  readonly sources = new SourceRegistry();
  readonly suspectSources = new SuspectSources();
  readonly clock: { time: number };
  readonly database: CiMedicDatabase;
  readonly intake: Intake;
  readonly entities: Entity[];

  private constructor(options: Parameters<typeof MemoryIntake.create>[0]) {
    const { knex, ci = new MemoryCi(), config = {} } = options;
    this.ci = ci;
    this.clock = options.clock ?? { time: MemoryIntake.start };
    this.entities = options.entities ?? [MemoryIntake.entity('shop')];
    this.database = CiMedicDatabase.fromKnex(knex, {
      clock: { now: on => on.raw('cast(? as bigint)', [this.clock.time]) },
    });
    const providers = new ProviderRegistry();
    providers.add(ci);
    const { entities } = this;
    const catalog = catalogServiceMock.mock({
      async *streamEntities() {
        yield entities;
      },
      getEntitiesByRefs: async ({ entityRefs }) => ({
        items: entityRefs.map(ref =>
          entities.find(entity => stringifyEntityRef(entity) === ref),
        ),
      }),
      getEntityByRef: async ref =>
        entities.find(
          entity =>
            stringifyEntityRef(entity) === stringifyEntityRef(parse(ref)),
        ),
    });
    const channels = new ChannelRegistry();
    for (const channel of options.channels ?? []) {
      channels.add(channel);
    }
    const root = new ConfigReader({
      ciMedic: { backfill: { days: 0 }, ...config },
    });
    this.intake = new Intake({
      alertConfig: readAlertConfig(root),
      channels,
      auditor: mockServices.auditor.mock({
        createEvent: async () => ({
          success: async () => {},
          fail: async () => {},
        }),
      }),
      auth: mockServices.auth(),
      catalog,
      config: readIngestConfig(root),
      database: this.database,
      discovery: mockServices.discovery(),
      httpAuth: mockServices.httpAuth(),
      logger: mockServices.logger.mock(),
      permissions: mockServices.permissions(),
      providers,
      insightsConfig: readInsightsConfig(root, ['main']),
      treatmentRegistry: new TreatmentRegistry(),
      rootConfig: root,
      sources: this.sources,
      suspectSources: this.suspectSources,
      signals: { publish: async () => {} },
      userInfo: mockServices.userInfo(),
      ...options.services,
    });
  }

  /** Reads the catalog and starts to work. */
  async start(): Promise<void> {
    await this.chore('catalog');
    this.intake.runner.start();
  }

  async chore(id: string): Promise<void> {
    await this.intake.chores.find(chore => chore.id === id)!.run();
  }

  /** Stores a delivery as the route does, and waits until everything that follows from it is done. */
  async deliver(
    event: WebhookEvent | object,
    deliveryId?: string,
  ): Promise<string> {
    const body = Buffer.from(JSON.stringify(event));
    const id = deliveryId ?? `delivery-${Math.random()}`;
    const result = await this.intake.inbox.store({
      provider: this.ci.id,
      delivery: { deliveryId: id, event: 'ci' },
      body,
    });
    await this.intake.runner.idle();
    return result;
  }

  /** Tells of the present state of an attempt. */
  async deliverRun({ run }: MemoryAttempt, change?: Partial<ProviderRun>) {
    const { project } = MemoryIntake;
    return this.deliver({ kind: 'run', project, run: { ...run, ...change } });
  }

  async runs(entity = 'shop') {
    const entityRef = `component:default/${entity}`;
    return (await this.intake.api.runs.list({ entityRef, limit: 100 })).items;
  }

  async incidents(entity = 'shop') {
    const entityRef = `component:default/${entity}`;
    return (await this.intake.api.incidents.list({ entityRef })).items;
  }
}

/** A completed attempt; its jobs are told by their conclusions. */
export function memoryAttempt(options: {
  id: string;
  attempt?: number;
  /** Minutes before `now`. */
  minutesAgo?: number;
  /** Epoch milliseconds; the start of the clock by default. */
  now?: number;
  jobs?: Record<string, 'success' | 'failure' | 'skipped'>;
  run?: Partial<ProviderRun>;
  artifacts?: Record<string, Buffer>;
  paths?: string[];
}): MemoryAttempt {
  const { id, attempt = 1, minutesAgo = 60, artifacts = {}, paths } = options;
  const { jobs = { build: 'success' }, now = MemoryIntake.start } = options;
  const at = (minute: number) =>
    new Date(now + (minute - minutesAgo) * MINUTE_MS).toISOString();
  const isFailed = Object.values(jobs).includes('failure');
  return {
    run: {
      runId: id,
      attempt,
      number: Number(id),
      pipeline: { id: '7', name: 'CI', path: '.github/workflows/ci.yml' },
      event: 'push',
      branch: 'main',
      commit: { sha: `c0ffee${id}` },
      pullRequests: [],
      isFork: false,
      status: 'completed',
      conclusion: isFailed ? 'failure' : 'success',
      createdAt: at(0),
      startedAt: at(0),
      updatedAt: at(6),
      ...options.run,
    },
    jobs: Object.entries(jobs).map(
      ([name, conclusion], index): ProviderJob => ({
        jobId: `${id}.${attempt}.${name}`,
        name,
        status: 'completed',
        conclusion,
        createdAt: at(0),
        startedAt: at(1 + index),
        completedAt: at(5),
        runner: { name: 'runner-1', labels: ['linux'] },
        steps: [
          {
            number: 1,
            name: 'Run tests',
            status: 'completed',
            conclusion,
            startedAt: at(1),
            completedAt: at(5),
          },
        ],
      }),
    ),
    artifacts,
    paths,
  };
}

function parse(ref: string | CompoundEntityRef): CompoundEntityRef {
  return typeof ref === 'string' ? parseEntityRef(ref) : ref;
}
