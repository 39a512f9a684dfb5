import {
  AuditorService,
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AlertActionStore,
  AlertAudit,
  AlertClickHandler,
  AlertClickStore,
  AlertConfig,
  AlertFacts,
  AlertNoteStore,
  AlertPlanHandler,
  AlertPorts,
  AlertPresses,
  AlertReader,
  AlertRetention,
  AlertSendHandler,
  AlertStore,
  ChannelRegistry,
  OwnerDirectory,
} from './alerting';
import { CiMedicDatabase } from './database';
import { WorkHandler, WorkQueue } from './work';

type Options = {
  alertConfig: AlertConfig;
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  channels: ChannelRegistry;
  database: CiMedicDatabase;
  discovery: DiscoveryService;
  logger: LoggerService;
  ports: AlertPorts;
  queue: WorkQueue;
  /** The lines that explain why a job failed, the most important first. */
  evidenceOf(jobId: string): Promise<string[]>;
};

/** What the API shows of messages. */
export type AlertApi = { alerts: AlertReader; alertPresses: AlertPresses };

/**
 * The parts from an incident that turned to a message and from a button back to what it does, put together.
 */
export class AlertParts {
  readonly handlers: WorkHandler[];
  readonly retention: AlertRetention;
  readonly api: AlertApi;

  constructor(options: Options) {
    const { alertConfig: config, channels, database, queue } = options;
    const { evidenceOf, logger, ports } = options;
    const facts = new AlertFacts({ database });
    const notes = new AlertNoteStore({ database });
    const expiryMs = config.buttonExpiryMs;
    const actions = new AlertActionStore({ database, expiryMs });
    const alerts = new AlertStore({ database, actions, notes });
    const owners = new OwnerDirectory(options);
    const audit = new AlertAudit(options);
    const clicks = new AlertClickStore({ database, queue });
    const presses = new AlertPresses({
      ...{ database, queue, facts, alerts, actions, audit, ports },
    });
    this.handlers = [
      new AlertPlanHandler({
        ...{ config, facts, alerts, channels, owners, ports, evidenceOf },
        now: () => database.now(),
      }),
      new AlertSendHandler({ database, alerts, notes, channels }),
      new AlertClickHandler({
        ...{ audit, channels, clicks, logger, ports, presses },
      }),
    ];
    this.retention = new AlertRetention({ database });
    this.api = {
      alerts: new AlertReader({
        ...{ database, config, actions, audit, notes, channels, owners },
      }),
      alertPresses: presses,
    };
    channels.connect(clicks);
  }
}
