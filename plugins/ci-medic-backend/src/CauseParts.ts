import {
  AuditorService,
  AuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CiProvider } from '@ci-medic/plugin-ci-medic-node';
import { ChangeFeed } from './changes';
import { CiMedicDatabase } from './database';
import {
  DiagnosisBacklog,
  DiagnosisHandler,
  DiagnosisReader,
  DiagnosisStore,
  FailureFacts,
  ModelClient,
  readModelConfig,
} from './diagnosis';
import { FeedbackReader, FeedbackRequests, FeedbackStore } from './feedback';
import { ExplanationReader, LogReader } from './logs';
import {
  AlikeSource,
  BlastRadii,
  CachedChanges,
  ChangeCollector,
  CommitSource,
  DependencySource,
  RootCauseHandler,
  RootCauseReader,
  RootCauseStore,
  RunnerSource,
  SuspectedIncidents,
  SuspectSources,
  UpstreamEvents,
  UpstreamGraph,
  UpstreamSource,
} from './rootcause';
import { WorkHandler, WorkQueue } from './work';

type Options = {
  alertConfig: { mainBranches: string[] };
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  changes: ChangeFeed;
  database: CiMedicDatabase;
  explanations: ExplanationReader;
  logger: LoggerService;
  logs: LogReader;
  provider(id: string): CiProvider;
  queue: WorkQueue;
  rootConfig: Config;
  suspectSources: SuspectSources;
};

/** What the API shows of diagnoses, causes and what people say of them. */
export type CauseApi = {
  diagnoses: DiagnosisReader;
  rootCauses: RootCauseReader;
  feedback: FeedbackStore;
  feedbackReader: FeedbackReader;
  feedbackRequests: FeedbackRequests;
};

const HEAD_LINES = 80;
const TAIL_LINES = 20;
const BACKLOG_MS = 30_000;

/**
 * The parts from an incident to its diagnosis and its cause, and back from people, put together.
 */
export class CauseParts {
  readonly handlers: WorkHandler[];
  readonly chores: {
    id: string;
    everyMs: number;
    part: { run(): Promise<void> };
  }[];
  readonly api: CauseApi;

  constructor(options: Options) {
    const { changes, database, explanations, logger, logs, queue } = options;
    const explain = (jobId: string) => explanations.read(jobId);
    const config = readModelConfig(options.rootConfig);
    const model = config && new ModelClient({ config, logger });
    const changesOf = changesByProvider(options.provider);
    const graph = new UpstreamGraph(options);
    const feedback = new FeedbackStore({ database });
    const { mainBranches } = options.alertConfig;
    this.handlers = [
      new DiagnosisHandler({
        ...{ changes, model },
        facts: new FailureFacts({
          ...{ database, explain },
          tailOf: jobId => logs.tail(jobId, TAIL_LINES),
        }),
        store: new DiagnosisStore({ database }),
      }),
      new RootCauseHandler({
        ...{ changes, database, graph },
        incidents: new SuspectedIncidents({ database, explain, mainBranches }),
        store: new RootCauseStore({ database }),
        radii: new BlastRadii({ database }),
        collector: new ChangeCollector({
          ...{ changesOf, logger },
          sources: [
            new CommitSource(),
            new DependencySource({ changesOf }),
            new RunnerSource({
              database,
              headOf: jobId => logs.head(jobId, HEAD_LINES),
            }),
            new UpstreamSource({
              graph,
              events: new UpstreamEvents({ database, mainBranches }),
            }),
            new AlikeSource({ database }),
            ...options.suspectSources.list(),
          ],
        }),
      }),
    ];
    this.chores = [
      {
        id: 'diagnosis-backlog',
        everyMs: BACKLOG_MS,
        part: new DiagnosisBacklog({ database, queue, model }),
      },
    ];
    this.api = {
      feedback,
      diagnoses: new DiagnosisReader({ database }),
      rootCauses: new RootCauseReader({ database }),
      feedbackReader: new FeedbackReader({ database }),
      feedbackRequests: new FeedbackRequests({
        ...{ ...options, store: feedback },
      }),
    };
  }
}

/** What tells commits apart, by CI system, each asked once for the same. */
function changesByProvider(provider: (id: string) => CiProvider) {
  const known = new Map<string, CachedChanges | undefined>();
  return (id: string) => {
    if (!known.has(id)) {
      const { changes } = provider(id);
      known.set(id, changes && new CachedChanges(changes));
    }
    return known.get(id);
  };
}
