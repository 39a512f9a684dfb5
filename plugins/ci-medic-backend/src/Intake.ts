import {
  AuditorService,
  AuthService,
  DiscoveryService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { AlertConfig, ChannelRegistry } from './alerting';
import { AlertParts } from './AlertParts';
import { alertPortsOf } from './alertPortsOf';
import { CauseParts } from './CauseParts';
import {
  ApiContext,
  EntityAccess,
  EntityOwnership,
  InsightsScope,
  RemediationAccess,
} from './api';
import { ChangeFeed } from './changes';
import { IngestConfig } from './config';
import { CiMedicDatabase } from './database';
import { HealthReader } from './health';
import {
  IncidentReader,
  IncidentStore,
  ObserveHandler,
  StaleIncidents,
} from './incidents';
import {
  ArtifactsHandler,
  BackfillHandler,
  Backfills,
  CatalogSync,
  DeliveryHandler,
  Inbox,
  IngestRetention,
  JobStore,
  PollHandler,
  PollSchedule,
  ProviderRegistry,
  Replicas,
  RunHandler,
  RunProblems,
  RunReader,
  RunStore,
  TestCaseReader,
} from './ingest';
import {
  InsightDayHandler,
  InsightsConfig,
  InsightsReader,
  RedPeriodsHandler,
} from './insights';
import {
  ExplanationReader,
  LogReader,
  LogReadHandler,
  LogRetention,
  LogSketches,
} from './logs';
import { PlaybookParts } from './PlaybookParts';
import { RemediationTasks, TreatmentRegistry } from './remediation';
import { RemediationParts } from './RemediationParts';
import { SourceRegistry } from './metrics';
import { SuspectSources } from './rootcause';
import { SeriesParts } from './SeriesParts';
import { DeadLetters, WorkQueue, WorkRunner } from './work';

type Options = {
  alertConfig: AlertConfig;
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  channels: ChannelRegistry;
  config: IngestConfig;
  database: CiMedicDatabase;
  discovery: DiscoveryService;
  httpAuth: HttpAuthService;
  insightsConfig: InsightsConfig;
  logger: LoggerService;
  /** Epoch milliseconds; of the clock of this machine by default. */
  now?: () => number;
  permissions: PermissionsService;
  providers: ProviderRegistry;
  rootConfig: Config;
  /** Absent where what is done automatically needs no task to be watched by. */
  scaffolder?: ScaffolderService;
  signals: SignalsService;
  sources: SourceRegistry;
  suspectSources: SuspectSources;
  treatmentRegistry: TreatmentRegistry;
  userInfo: UserInfoService;
};

const HOUR_MS = 3_600_000;
const SWEEP_MS = 30_000;
const TASKS_MS = 10_000;

/** Something to be done again and again. */
export type Chore = { id: string; everyMs: number; run(): Promise<void> };

/**
 * All parts of the way from a delivery to a screen, put together.
 */
export class Intake {
  readonly inbox: Inbox;
  readonly runner: WorkRunner;
  readonly replicas: Replicas;
  readonly changes: ChangeFeed;
  readonly api: ApiContext;
  readonly chores: Chore[];

  constructor(options: Options) {
    const { config, database, logger, providers } = options;
    const { mainBranches } = options.alertConfig;
    const queue = WorkQueue.create({ database });
    const changes = ChangeFeed.create(options);
    const backfills = Backfills.create({ database, queue });
    const { backfillDays, pollIntervalMs } = config;
    const catalogSync = new CatalogSync({
      ...options,
      backfills,
      backfillDays,
    });
    const runs = RunStore.create({ database });
    const jobs = JobStore.create({ database });
    const problems = RunProblems.create({ database });
    const inbox = Inbox.create({ database, queue });
    const incidents = IncidentStore.create({ database });
    const sketches = LogSketches.create({ database });
    const shared = {
      database,
      providers,
      runs,
      jobs,
      problems,
      changes,
      inbox,
    };
    const { collectLogs: collect, reportArtifacts: patterns } = config;
    const { logRules: rules } = config;
    const provider = (id: string) => providers.get(id);
    const logs = LogReader.create({ database });
    const explanations = ExplanationReader.create({ database, logs, provider });
    const evidenceOf = async (jobId: string) =>
      (await explanations.read(jobId)).ranges.flatMap(({ lines }) =>
        lines.map(({ text }) => text),
      );
    const remediation = new RemediationParts({
      ...{ ...options, queue, changes, provider, evidenceOf },
    });
    const access = new EntityAccess(options);
    const incidentReader = IncidentReader.create({ database });
    const ownership = new EntityOwnership(options);
    const causes = new CauseParts({
      ...{ ...options, changes, explanations, logs, provider, queue },
    });
    const alerting = new AlertParts({
      ...{ ...options, queue },
      ports: alertPortsOf({
        ...{ ...options, ...remediation.api, access, ownership },
        feedback: async said => {
          await causes.api.feedbackRequests.give(said);
        },
      }),
      evidenceOf,
    });
    const playbooks = new PlaybookParts({ ...options, changes, evidenceOf });
    const insights = { database, config: options.insightsConfig };
    const series = new SeriesParts({
      ...options,
      ...{ queue, changes, keepRunsMs: config.runRetentionMs },
    });
    this.inbox = inbox;
    this.changes = changes;
    this.replicas = new Replicas({ database });
    this.runner = WorkRunner.create({
      ...{ database, queue, logger },
      handlers: [
        new DeliveryHandler(shared),
        new RunHandler(shared),
        new ArtifactsHandler({ ...shared, patterns }),
        new PollHandler({ ...shared, pollIntervalMs }),
        new BackfillHandler(shared),
        new LogReadHandler({ database, provider, sketches, collect, rules }),
        new ObserveHandler({ incidents, changes, mainBranches }),
        ...causes.handlers,
        ...alerting.handlers,
        new InsightDayHandler(insights),
        new RedPeriodsHandler(insights),
        ...playbooks.handlers,
        ...remediation.handlers,
        ...series.handlers,
      ],
    });
    this.api = {
      ...options,
      ...series.api,
      ...alerting.api,
      ...causes.api,
      access,
      ...{ catalogSync, backfills, backfillDays, inbox, logs },
      replicas: this.replicas,
      deadLetters: DeadLetters.create({ database, queue }),
      runs: RunReader.create({ database }),
      testCases: TestCaseReader.create({ database }),
      explanations,
      incidents: incidentReader,
      health: HealthReader.create({ database }),
      insights: new InsightsReader(insights),
      insightsScope: new InsightsScope({ ...options, access }),
      ownership,
      ...remediation.api,
      ...playbooks.api,
      remediationAccess: new RemediationAccess({
        ...{ ...options, access, ownership, incidents: incidentReader },
      }),
    };
    const { scaffolder } = options;
    this.chores = [
      ...(scaffolder
        ? [
            choreOf(
              'remediation-tasks',
              TASKS_MS,
              new RemediationTasks({ ...options, scaffolder }),
            ),
          ]
        : []),
      ...causes.chores.map(one => choreOf(one.id, one.everyMs, one.part)),
      ...series.chores.map(one => choreOf(one.id, one.everyMs, one.part)),
      choreOf('catalog', config.catalogIntervalMs, catalogSync),
      choreOf(
        'poll',
        Math.min(pollIntervalMs, 30_000),
        new PollSchedule({ database, queue }),
      ),
      choreOf(
        'retention',
        HOUR_MS,
        new IngestRetention({ database, keepRunsMs: config.runRetentionMs }),
      ),
      choreOf(
        'log-retention',
        HOUR_MS,
        new LogRetention({ database, keepMs: config.logRetentionMs }),
      ),
      choreOf('alert-retention', HOUR_MS, alerting.retention),
      choreOf('remediation-sweep', SWEEP_MS, remediation.sweep),
      choreOf(
        'stale-incidents',
        HOUR_MS,
        new StaleIncidents({ database, incidents, changes, queue }),
      ),
    ];
  }
}

function choreOf(
  id: string,
  everyMs: number,
  part: { run(): Promise<void> },
): Chore {
  return { id, everyMs, run: () => part.run() };
}
