import {
  coreServices,
  createServiceFactory,
  RootLoggerService,
} from '@backstage/backend-plugin-api';
import {
  createSimulator,
  operators,
  Simulator,
  writeCatalog,
} from '@ci-medic/ci-simulator';
import { randomOf } from '../chaos/random';
import { BenchmarkBackend } from '../series/BenchmarkBackend';
import { Episode, findEpisodes, redHours } from './episodes';
import { JudgedAction, judgeActions } from './judgeActions';
import { Owners } from './Owners';
import { signIn } from './SignIn';
import { SimulatedTime } from './SimulatedTime';

export const modes = ['off', 'suggest', 'automatic'] as const;
export type Mode = (typeof modes)[number];

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const WEEK_MS = 168 * HOUR_MS;
/** Webhooks and what is due are at most this late. */
const STEP_MS = 2 * MINUTE_MS;
/** A Monday morning. Always the same, so that the same seed is the same organisation. */
const START = Date.UTC(2026, 5, 1, 7);

/** How some weeks of an organisation were. */
export type Lived = Omit<Life, 'modelUrl'> & {
  episodes: Episode[];
  redHours: number;
  runnerMinutes: number;
  /** Failures that people had to find out about themselves. */
  looks: number;
  /** Messages of CI Medic that people answered. */
  answers: number;
  actions: JudgedAction[];
  refusals: Record<string, number>;
  seconds: number;
};

/** What is to be lived. */
export type Life = {
  mode: Mode;
  seed: number;
  /** Weeks that are history when it begins. */
  history: number;
  weeks: number;
  modelUrl: string;
};

/** Lets an organisation live for some weeks, without CI Medic or with it. */
export async function liveOn(
  options: Life & { say(line: string): void },
): Promise<Lived> {
  const { mode, seed, history, weeks } = options;
  const startedAt = performance.now();
  const simulator = await createSimulator({
    organisation: { seed, weeks: history, speed: 0, until: START },
    rateLimit: { limit: 100_000_000, windowSeconds: 3_600 },
  });
  try {
    const ofCiMedic =
      mode === 'off'
        ? await liveAlone(simulator, weeks)
        : await liveWith({ ...options, simulator });
    const end = simulator.timeline.now();
    const episodes = findEpisodes(simulator, START);
    return {
      ...{ mode, seed, history, weeks, episodes },
      redHours: redHours(episodes, START, end),
      runnerMinutes: runnerMinutes(simulator, START),
      looks: simulator.truth!.looks().filter(({ at }) => at >= START).length,
      ...ofCiMedic,
      seconds: (performance.now() - startedAt) / 1_000,
    };
  } finally {
    await simulator.close();
  }
}

/** Says what goes wrong, and nothing of the hundred thousand requests. */
const logger: RootLoggerService = {
  error: message => process.stderr.write(`${String(message)}\n`),
  warn: message => process.stderr.write(`${String(message)}\n`),
  ...{ info() {}, debug() {}, child: () => logger },
};
const quiet = createServiceFactory({
  service: coreServices.rootLogger,
  deps: {},
  factory: () => logger,
});

type WithCiMedic = Pick<Lived, 'actions' | 'answers' | 'refusals'>;

async function liveAlone(
  simulator: Simulator,
  weeks: number,
): Promise<WithCiMedic> {
  await simulator.advance(weeks * WEEK_MS, { step: HOUR_MS });
  return { actions: [], answers: 0, refusals: {} };
}

async function liveWith(
  options: Life & { simulator: Simulator; say(line: string): void },
): Promise<WithCiMedic> {
  const { simulator, mode, seed, history, weeks, say } = options;
  const time = new SimulatedTime(simulator);
  const owners = new Owners({ simulator, random: randomOf(seed) });
  const isAutomatic = mode === 'automatic';
  const backend = await BenchmarkBackend.start({
    catalog: writeCatalog(),
    ciHost: new URL(simulator.url).host,
    database: { client: 'better-sqlite3', connection: ':memory:' },
    config: { auth: signIn.config },
    ciMedic: {
      logs: { collect: 'failed' },
      catalog: { interval: 'P1D' },
      // Webhooks tell of everything.
      poll: { interval: 'P1D' },
      diagnosis: { model: { url: options.modelUrl } },
      alerts: { notifications: false, scope: 'all' },
      remediation: {
        modes: isAutomatic ? [{ action: 'rerun', mode: 'automatic' }] : [],
        policy: {
          settings: isAutomatic
            ? { automatic: { tiers: ['1', '2', '3'] } }
            : {},
        },
      },
    },
    modules: [...signIn.modules, time.module, owners.module, quiet],
  });
  const clientOf = (person: string) => signIn.clientOf(backend.baseUrl, person);
  try {
    say(`${mode}, seed ${seed}: started`);
    const entityRefs = await readHistory({ simulator, backend, time, history });
    say(`${mode}, seed ${seed}: ${history} weeks of history are read`);
    simulator.setWebhook({ ...backend.webhook, events: ['workflow_run'] });
    let said = performance.now();
    const start = simulator.timeline.now();
    await simulator.advance(weeks * WEEK_MS, {
      step: STEP_MS,
      afterStep: async () => {
        await time.catchUp();
        while (owners.isDue) {
          await owners.act(clientOf);
          await time.catchUp();
        }
        if (performance.now() - said > 20_000) {
          said = performance.now();
          const days = (simulator.timeline.now() - start) / (24 * HOUR_MS);
          say(`${mode}, seed ${seed}: ${days.toFixed(1)} days`);
        }
      },
    });
    return {
      actions: await judgeActions({
        ...{ simulator, entityRefs, client: clientOf(operators[0]) },
      }),
      answers: owners.looks,
      refusals: Object.fromEntries(owners.refusals),
    };
  } finally {
    await backend.stop();
  }
}

/** As for a new customer. */
async function readHistory(options: {
  simulator: Simulator;
  backend: BenchmarkBackend;
  time: SimulatedTime;
  history: number;
}): Promise<string[]> {
  const { simulator, backend, time, history } = options;
  const slugs = new Set(simulator.runs().map(({ repository }) => repository));
  await backend.untilInCatalog(slugs.size);
  await time.catchUp();
  await backend.untilKnown(slugs.size);
  const entityRefs = [...slugs].map(
    slug => `component:default/${slug.split('/')[1]}`,
  );
  for (const entityRef of entityRefs) {
    await backend.client.startBackfill({ entityRef, days: 7 * history + 1 });
  }
  await time.catchUp();
  return entityRefs;
}

function runnerMinutes({ world }: Simulator, since: number): number {
  let sum = 0;
  for (const { runs } of world.repositories()) {
    for (const { jobs } of runs.flatMap(({ attempts }) => attempts)) {
      for (const { isCarriedOver, runner, startedAt, completedAt } of jobs) {
        if (runner && completedAt && !isCarriedOver && startedAt >= since) {
          sum += completedAt - startedAt;
        }
      }
    }
  }
  return sum / MINUTE_MS;
}
