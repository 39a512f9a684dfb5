import { RunSummary } from '@ci-medic/plugin-ci-medic-common';

const HOUR_MS = 3_600_000;
const RUNS = 160;

const TITLES = [
  'Apply a discount only once',
  'Bump the dependencies of the build',
  'Show delivery dates in the cart',
  'Retry the payment gateway on 503',
  'Remove the old price service',
  'Translate the checkout',
];
const BRANCHES = ['main', 'main', 'feature/checkout', 'renovate/all'];
const ACTORS = ['amelia', 'jun', 'renovate[bot]', 'noor'];
const PIPELINES = [
  { id: '1', name: 'CI', path: '.github/workflows/ci.yml' },
  { id: '1', name: 'CI', path: '.github/workflows/ci.yml' },
  { id: '2', name: 'Deploy', path: '.github/workflows/deploy.yml' },
];

/** The same runs at every start, so that screens can be compared: a number from 0 to 1 for each seed. */
function chance(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43758.5453;
  return value - Math.floor(value);
}

function runOf(index: number): RunSummary {
  const pick = <T>(list: T[], salt: number): T =>
    list[Math.floor(chance(index * 7 + salt) * list.length)];
  // The further back, the denser; quiet on some days.
  const startedAt = Date.now() - (index * 5.3 + chance(index) * 4) * HOUR_MS;
  const failed = index === 1 || index === 2 || chance(index + 40) < 0.14;
  const isRunning = index === 0;
  const tries = index === 2 ? 3 : Number(chance(index + 90) < 0.15) + 1;
  const durationMs = Math.round(150_000 + chance(index + 5) * 260_000);
  const queueMs = Math.round(2_000 + chance(index + 9) ** 4 * 180_000);
  const at = new Date(startedAt).toISOString();
  const conclusion = failed ? ('failure' as const) : ('success' as const);
  const sha = Array.from({ length: 40 }, (_, digit) =>
    Math.floor(chance(index * 41 + digit) * 16).toString(16),
  ).join('');
  const state = isRunning
    ? { status: 'in_progress' as const }
    : {
        status: 'completed' as const,
        conclusion: chance(index + 70) < 0.04 ? 'cancelled' : conclusion,
        completedAt: new Date(startedAt + durationMs).toISOString(),
        durationMs,
      };
  return {
    ...(state as Pick<RunSummary, 'status' | 'conclusion' | 'durationMs'>),
    id: `run-${index}`,
    project: { provider: 'github', host: 'github.com', slug: 'acme/shop' },
    externalId: String(9_000_000 - index),
    number: 1_240 - index,
    attempt: tries,
    pipeline: pick(PIPELINES, 1),
    title: pick(TITLES, 2),
    event: index % 9 === 4 ? 'schedule' : 'push',
    branch: pick(BRANCHES, 3),
    commit: {
      sha,
      title: pick(TITLES, 2),
      url: `https://github.com/acme/shop/commit/${sha}`,
    },
    actor: pick(ACTORS, 4),
    pullRequests: index % 4 === 1 ? [311 + index] : [],
    isFork: index % 23 === 11,
    createdAt: at,
    startedAt: at,
    queueMs,
    url: `https://github.com/acme/shop/actions/runs/${9_000_000 - index}`,
    attempts: Array.from({ length: tries }, (_, attempt) => ({
      attempt: attempt + 1,
      ...(attempt + 1 < tries
        ? { status: 'completed' as const, conclusion: 'failure' as const }
        : (state as Pick<RunSummary, 'status' | 'conclusion'>)),
      durationMs,
    })),
    failedJobs: failed && !isRunning ? 1 + (index % 2) : 0,
    incidentIds: failed ? ['incident-1'] : [],
  };
}

/** Five weeks of runs, newest first. */
export const demoRuns: RunSummary[] = Array.from({ length: RUNS }, (_, index) =>
  runOf(index),
);
