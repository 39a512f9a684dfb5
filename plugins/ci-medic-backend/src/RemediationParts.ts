import {
  AuditorService,
  AuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CiProvider } from '@ci-medic/plugin-ci-medic-node';
import { randomUUID } from 'crypto';
import { ChangeFeed } from './changes';
import { CiMedicDatabase } from './database';
import {
  AdvanceHandler,
  Budgets,
  Calendar,
  CatalogTerms,
  CheckHandler,
  Decisions,
  Gatekeeper,
  GatesAtWork,
  KillSwitch,
  Modes,
  PlanApprovals,
  PlanDecisions,
  PlanHandler,
  PlanMaker,
  PlanReader,
  PlanStore,
  PlanSweep,
  readRemediationConfig,
  readStrategies,
  RemediationCases,
  RemediationControl,
  RemediationOverviews,
  RemediationPolicy,
  RemediationReader,
  RemediationRequests,
  RemediationStore,
  StoredHistory,
  Strategies,
  TreatmentRegistry,
} from './remediation';
import {
  alertsPlan,
  diagnosisRun,
  remediationPlan,
  rootcauseRun,
  workFor,
  WorkHandler,
  WorkQueue,
} from './work';

type Options = {
  auditor?: Pick<AuditorService, 'createEvent'>;
  auth: AuthService;
  catalog: CatalogService;
  changes: ChangeFeed;
  database: CiMedicDatabase;
  evidenceOf(jobId: string): Promise<string[]>;
  logger: LoggerService;
  now?: () => number;
  provider(id: string): CiProvider;
  queue: WorkQueue;
  rootConfig: Config;
  treatmentRegistry: TreatmentRegistry;
};

/** What the API shows of remediations. */
export type RemediationApi = {
  approvals: PlanApprovals;
  control: RemediationControl;
  decisions: Decisions;
  overviews: RemediationOverviews;
  plans: PlanReader;
  remediationRequests: RemediationRequests;
  remediations: RemediationReader;
};

type WorkerOptions = Partial<
  Pick<
    ConstructorParameters<typeof AdvanceHandler>[0],
    'owner' | 'monotonic' | 'failpoint'
  >
>;

/**
 * The parts from a diagnosed incident to what was done about it, put together.
 */
export class RemediationParts {
  readonly handlers: WorkHandler[];
  readonly sweep: PlanSweep;
  readonly api: RemediationApi;
  /** One who carries remediations; a test makes several. */
  readonly createWorker: (more?: WorkerOptions) => AdvanceHandler;

  constructor(options: Options) {
    const { database, queue, changes, provider, logger, rootConfig } = options;
    const { auditor } = options;
    const config = readRemediationConfig(rootConfig);
    const { timings } = config;
    const history = new StoredHistory({ database });
    const treatments = options.treatmentRegistry.create({ provider, history });
    const strategies = new Strategies({
      strategies: readStrategies(rootConfig, treatments.actions),
    });
    const killSwitch = new KillSwitch({ database, changes });
    const modes = new Modes({ database, rules: config.modes });
    const budgets = new Budgets({ database, limits: config.limits });
    const policy = new RemediationPolicy({ ...config.policy, logger });
    const terms = new CatalogTerms(options);
    const decisionLog = new Decisions({ database, auditor });
    const gatekeeper = new Gatekeeper({
      ...{ database, killSwitch, modes, budgets, policy, terms, provider },
      decisions: decisionLog,
      calendar: new Calendar({ ...config, now: options.now }),
    });
    const cases = new RemediationCases(options);
    const plans = new PlanStore({ database, changes, queue });
    const store = new RemediationStore({
      ...{ database, changes, budgets },
      // What became of it matters to those who are told, to the diagnosis, and to what is done next.
      onEnd: async (knex, ended) => {
        const { incidentId } = ended.from;
        const kinds = [alertsPlan, remediationPlan];
        if (ended.set?.verdict) {
          kinds.push(rootcauseRun);
        } else if (['succeeded', 'failed'].includes(ended.to)) {
          kinds.push(diagnosisRun);
        }
        await queue.enqueue(
          knex,
          kinds.map(kind => workFor(kind, { incidentId })),
        );
      },
    });
    const decisions = new PlanDecisions({
      ...{ gatekeeper, plans, timings, treatments, remediations: store },
    });
    const maker = new PlanMaker({ database, timings, strategies });
    const shared = {
      ...{ cases, database, decisions, gatekeeper, maker, plans, queue },
      ...{ store, strategies, terms, timings, treatments },
    };
    const approvals = new PlanApprovals(shared);
    const gate = new GatesAtWork(shared);
    this.createWorker = more =>
      new AdvanceHandler({ ...shared, gate, owner: randomUUID(), ...more });
    this.handlers = [
      new PlanHandler(shared),
      this.createWorker(),
      new CheckHandler({ database, store }),
    ];
    this.sweep = new PlanSweep({ ...shared, remediations: store });
    this.api = {
      approvals,
      control: new RemediationControl({
        ...{ killSwitch, modes, decisions: decisionLog },
      }),
      decisions: decisionLog,
      overviews: new RemediationOverviews({
        ...{ budgets, database, modes, policy, strategies, treatments },
      }),
      plans: new PlanReader({ plans, treatments }),
      remediationRequests: new RemediationRequests({ ...shared, approvals }),
      remediations: new RemediationReader({ database, treatments }),
    };
  }
}
