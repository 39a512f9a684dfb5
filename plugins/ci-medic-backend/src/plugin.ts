import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { ConflictError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { ciMedicPermissions } from '@ci-medic/plugin-ci-medic-common';
import {
  ciMedicAlertChannelsExtensionPoint,
  ciMedicProvidersExtensionPoint,
  ciMedicSeriesSourcesExtensionPoint,
  ciMedicTreatmentsExtensionPoint,
  ciMedicSuspectSourcesExtensionPoint,
  ciMedicTimeExtensionPoint,
  MovedTime,
} from '@ci-medic/plugin-ci-medic-node';
import {
  ChannelRegistry,
  NotificationsChannel,
  readAlertConfig,
} from './alerting';
import { createApiRouter, registerActions } from './api';
import { readIngestConfig } from './config';
import { CiMedicDatabase, movedClock } from './database';
import { createWebhookRouter, ProviderRegistry } from './ingest';
import { readInsightsConfig } from './insights';
import { Intake } from './Intake';
import { SourceRegistry } from './metrics';
import { TreatmentRegistry } from './remediation';
import { SuspectSources } from './rootcause';
import { followTime, scheduleChores } from './startChores';

const HEARTBEAT = { seconds: 15 };

/**
 * The backend of CI Medic: takes in what CI systems tell, and serves what follows from it.
 *
 * @public
 */
export const ciMedicPlugin = createBackendPlugin({
  pluginId: 'ci-medic',
  register(env) {
    const providers = new ProviderRegistry();
    env.registerExtensionPoint(ciMedicProvidersExtensionPoint, {
      addProvider: provider => providers.add(provider),
    });
    const channels = new ChannelRegistry();
    env.registerExtensionPoint(ciMedicAlertChannelsExtensionPoint, {
      addChannel: channel => channels.add(channel),
    });
    const sources = new SourceRegistry();
    env.registerExtensionPoint(ciMedicSeriesSourcesExtensionPoint, {
      addSource: source => sources.add(source),
    });
    const suspectSources = new SuspectSources();
    env.registerExtensionPoint(ciMedicSuspectSourcesExtensionPoint, {
      addSource: source => suspectSources.add(source),
    });
    const treatmentRegistry = new TreatmentRegistry();
    env.registerExtensionPoint(ciMedicTreatmentsExtensionPoint, {
      addTreatment: create => treatmentRegistry.add(create),
    });
    let time: MovedTime | undefined;
    env.registerExtensionPoint(ciMedicTimeExtensionPoint, {
      setTime(brought) {
        if (time) {
          throw new ConflictError('There can be only one time');
        }
        time = brought;
      },
    });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scaffolder: scaffolderServiceRef,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(services) {
        const { httpRouter, lifecycle, logger, scheduler } = services;
        const now = time && (() => time!.now());
        const database = await CiMedicDatabase.open({
          ...services,
          clock: now && movedClock(now),
        });
        const config = readIngestConfig(services.config);
        const alertConfig = readAlertConfig(services.config);
        if (alertConfig.notifications) {
          channels.add(new NotificationsChannel(services));
        }
        const intake = new Intake({
          ...services,
          ...{ alertConfig, channels, config, database, providers, sources },
          ...{ suspectSources, now },
          rootConfig: services.config,
          insightsConfig: readInsightsConfig(
            services.config,
            alertConfig.mainBranches,
          ),
          treatmentRegistry,
        });

        httpRouter.addAuthPolicy({
          path: '/webhooks',
          allow: 'unauthenticated',
        });
        httpRouter.use(
          createWebhookRouter({
            providers: providers.list(),
            inbox: intake.inbox,
            logger,
          }),
        );
        httpRouter.use(createApiRouter(intake.api));
        services.permissionsRegistry.addPermissions(ciMedicPermissions);
        registerActions(services.actionsRegistry, intake.api);

        if (!time) {
          await scheduleChores(intake.chores, scheduler);
        }
        await scheduler.scheduleTask({
          id: 'ci-medic-heartbeat',
          scope: 'local',
          frequency: HEARTBEAT,
          timeout: HEARTBEAT,
          fn: () => intake.replicas.beat(intake.runner.owner),
        });
        lifecycle.addStartupHook(() => {
          intake.runner.start();
          if (time) {
            followTime(time, intake);
          }
        });
        lifecycle.addShutdownHook(async () => {
          intake.changes.stop();
          await intake.runner.stop();
        });
        if (database.isVolatile) {
          logger.warn(
            'The database is in memory: runs and incidents are lost at a restart. Configure PostgreSQL or a SQLite directory to keep them.',
          );
        }
      },
    });
  },
});
