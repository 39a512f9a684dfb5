import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  AnomalyReader,
  AnomalySettingsStore,
  GroupHandler,
  JudgeHandler,
  readAnomalyConfig,
  SettingPreview,
  StaleAnomalies,
  TestReader,
  TestsJudgeHandler,
} from './anomalies';
import { ChangeFeed } from './changes';
import { CiMedicDatabase } from './database';
import {
  MetricsExporter,
  RunCounters,
  SeriesBuildHandler,
  SeriesBuilds,
  SeriesReader,
  SeriesRetention,
  SeriesTakeHandler,
  SourceReadings,
  SourceRegistry,
  StateCounts,
} from './metrics';
import { RunnerPrices } from './RunnerPrices';
import { WorkHandler, WorkQueue } from './work';

type Options = {
  alertConfig: { mainBranches: string[] };
  changes: ChangeFeed;
  database: CiMedicDatabase;
  keepRunsMs: number;
  logger: LoggerService;
  queue: WorkQueue;
  rootConfig: Config;
  sources: SourceRegistry;
};

/** What the API shows of series. */
export type SeriesApi = {
  seriesBuilds: SeriesBuilds;
  metrics: MetricsExporter;
  series: SeriesReader;
  anomalies: AnomalyReader;
  anomalySettings: AnomalySettingsStore;
  settingPreview: SettingPreview;
  testReliability: TestReader;
};

const MINUTE_MS = 60_000;

/**
 * The parts from runs to series and from series to anomalies, put together.
 */
export class SeriesParts {
  readonly handlers: WorkHandler[];
  readonly chores: {
    id: string;
    everyMs: number;
    part: { run(): Promise<void> };
  }[];
  readonly api: SeriesApi;

  constructor(options: Options) {
    const { database, queue, keepRunsMs } = options;
    const { mainBranches } = options.alertConfig;
    const prices = RunnerPrices.fromConfig(options.rootConfig);
    const counters = new RunCounters({ database, prices });
    const measuring = { database, counters, mainBranches, prices };
    const seriesBuilds = new SeriesBuilds({ database, queue });
    const config = readAnomalyConfig(options.rootConfig);
    const anomalySettings = new AnomalySettingsStore({ database });
    this.handlers = [
      new SeriesTakeHandler(measuring),
      new SeriesBuildHandler(measuring),
      new JudgeHandler(options),
      new TestsJudgeHandler(options),
      new GroupHandler({
        ...options,
        settings: anomalySettings,
        config,
      }),
    ];
    this.chores = [
      { id: 'series-builds', everyMs: MINUTE_MS, part: seriesBuilds },
      {
        id: 'series-sources',
        everyMs: MINUTE_MS,
        part: new SourceReadings(options),
      },
      {
        id: 'series-retention',
        everyMs: 60 * MINUTE_MS,
        part: new SeriesRetention({ database, keepRunsMs }),
      },
      {
        id: 'stale-anomalies',
        everyMs: 60 * MINUTE_MS,
        part: new StaleAnomalies({ database, queue }),
      },
    ];
    this.api = {
      anomalies: new AnomalyReader({ database }),
      anomalySettings,
      series: new SeriesReader({ database }),
      settingPreview: new SettingPreview({ database, config }),
      testReliability: new TestReader({ database }),
      seriesBuilds,
      metrics: new MetricsExporter({
        counters,
        states: new StateCounts({ database }),
      }),
    };
  }
}
