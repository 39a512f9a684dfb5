import { createSpecializedBackend } from '@backstage/backend-app-api';
import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
  metricsServiceFactory,
  tracingServiceFactory,
} from '@backstage/backend-defaults/alpha';
import { auditorServiceFactory } from '@backstage/backend-defaults/auditor';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { discoveryServiceFactory } from '@backstage/backend-defaults/discovery';
import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import { lifecycleServiceFactory } from '@backstage/backend-defaults/lifecycle';
import { loggerServiceFactory } from '@backstage/backend-defaults/logger';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { rootHealthServiceFactory } from '@backstage/backend-defaults/rootHealth';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { rootLifecycleServiceFactory } from '@backstage/backend-defaults/rootLifecycle';
import { rootSystemMetadataServiceFactory } from '@backstage/backend-defaults/rootSystemMetadata';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  RootLoggerService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import { ReplicaOptions } from './ReplicaOptions';

/**
 * A process of its own: CI Medic's backend with its GitHub module on PostgreSQL. So that it starts fast, the catalog is
 * a fixed list of entities, and every caller is a person who owns them all: who, a header says.
 */
const options: ReplicaOptions = JSON.parse(process.env.CI_MEDIC_REPLICA!);
const team = 'group:default/owners';

/** Repositories of the load are on the first host, those of the organisation on the second. */
const entities: Entity[] = [
  ...options.repositories.map(slug => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: slug.split('/')[1],
      namespace: 'default',
      annotations: {
        'github.com/project-slug': slug,
        'backstage.io/source-location': `url:http://${
          options.ciHosts[slug.startsWith('load/') ? 0 : 1]
        }/${slug}/`,
      },
    },
    spec: { type: 'service', owner: team },
    relations: [{ type: 'ownedBy', targetRef: team }],
  })),
  ...['chaos', 'other'].map(name => ({
    ...{ apiVersion: 'backstage.io/v1alpha1', kind: 'User' },
    metadata: { name, namespace: 'default' },
    relations: [{ type: 'memberOf', targetRef: team }],
  })),
];
const find = (ref: string) =>
  entities.find(entity => stringifyEntityRef(entity) === ref);

const catalog = {
  async *streamEntities() {
    yield entities;
  },
  getEntityByRef: async (ref: string) => find(ref),
  getEntitiesByRefs: async ({ entityRefs }: { entityRefs: string[] }) => ({
    items: entityRefs.map(find),
  }),
} as unknown as CatalogService;

const credentialsOf = (name: string) =>
  ({
    $$type: '@backstage/BackstageCredentials',
    principal: { type: 'user', userEntityRef: `user:default/${name}` },
  } as BackstageCredentials);

/** The usual one reads the configuration schemas of all packages before it says anything. */
const say = (level: string) => (message: string | Error) => {
  process.stderr.write(`${level} ${String(message)}\n`);
};
const logger: RootLoggerService = {
  ...{ error: say('error'), warn: say('warn') },
  ...{ info() {}, debug() {}, child: () => logger },
};

/** All that a backend has by default and that is used here: what reads from clouds takes half of its start. */
const backend = createSpecializedBackend({
  defaultServiceFactories: [
    actionsRegistryServiceFactory,
    actionsServiceFactory,
    auditorServiceFactory,
    authServiceFactory,
    databaseServiceFactory,
    eventsServiceFactory,
    discoveryServiceFactory,
    httpRouterServiceFactory,
    lifecycleServiceFactory,
    loggerServiceFactory,
    metricsServiceFactory,
    permissionsServiceFactory,
    permissionsRegistryServiceFactory,
    rootHealthServiceFactory,
    rootHttpRouterServiceFactory,
    rootLifecycleServiceFactory,
    rootSystemMetadataServiceFactory,
    schedulerServiceFactory,
    tracingServiceFactory,
  ],
});
backend.add(
  createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => logger,
  }),
);
backend.add(
  createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () =>
      new ConfigReader({
        app: { baseUrl: options.url },
        backend: {
          baseUrl: options.url,
          listen: { host: '127.0.0.1', port: options.port },
          database: {
            client: 'pg',
            connection: options.connection,
            pluginDivisionMode: 'schema',
            knexConfig: { pool: { min: 0, max: 12 } },
          },
          auth: { dangerouslyDisableDefaultAuthPolicy: true },
        },
        integrations: {
          github: options.ciHosts.map(host => ({
            ...{ host, apiBaseUrl: `http://${host}/api/v3` },
            token: 'simulated',
          })),
        },
        ciMedic: {
          backfill: { days: 0 },
          logs: { collect: 'failed' },
          alerts: { notifications: false },
          github: { webhook: { secret: options.secret } },
          remediation: {
            timings: options.timings,
            // The organisation lives some days behind.
            maxAge: { days: 30 },
          },
        },
      }),
  }),
);
backend.add(
  createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => catalog,
  }),
);
backend.add(
  createServiceFactory({
    service: coreServices.httpAuth,
    deps: {},
    factory: () => ({
      credentials: async request =>
        credentialsOf(String(request.headers['x-person'] ?? 'chaos')) as any,
      issueUserCookie: async () => ({ expiresAt: new Date() }),
    }),
  }),
);
backend.add(
  createServiceFactory({
    service: coreServices.userInfo,
    deps: {},
    factory: () => ({
      getUserInfo: async ({ principal }) => ({
        userEntityRef: (principal as any).userEntityRef,
        ownershipEntityRefs: [team],
      }),
    }),
  }),
);
backend.add(import('@ci-medic/plugin-ci-medic-backend'));
backend.add(import('@ci-medic/plugin-ci-medic-backend-module-github'));
backend.start().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
