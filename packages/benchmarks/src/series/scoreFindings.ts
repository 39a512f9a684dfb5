import { Cause, JobTruth, Simulator } from '@ci-medic/ci-simulator';
import {
  Anomaly,
  CiMedicClient,
  TestReliability,
} from '@ci-medic/plugin-ci-medic-common';
import { ReadOrganisation } from './readOrganisation';
import { readAll } from './readAll';

const HOUR_MS = 3_600_000;
const BEFORE_MS = 6 * HOUR_MS;
const AFTER_MS = 48 * HOUR_MS;

/** Fewer runs on one class of branches say too little about a change: 12 confirm it, fewer where it is beyond doubt. */
const ENOUGH = { before: 12, since: 10 };

type Score = {
  /** Causes that struck anything. */
  there: number;
  /** Those that struck enough to be seen in a series. */
  visible: number;
  found: number;
  /** Of the visible ones. */
  missed: string[];
};

/** Everything that the backend says about one repository. */
type Said = {
  slug: string;
  anomalies: Anomaly[];
  tests: TestReliability[];
};

/**
 * Compares what a backend found with the hidden truth: causes that were found, missed, and findings without a cause.
 */
export async function scoreFindings({
  simulator,
  backend,
  repositories,
  seconds,
}: ReadOrganisation): Promise<object> {
  const { client } = backend;
  const truth = simulator.truth!;
  const said: Said[] = [];
  for (const [slug, entityRef] of repositories) {
    said.push({
      slug,
      anomalies: (await client.listAnomalies({ entityRef, days: 400 })).items,
      tests: await readAll(cursor =>
        client.listTestReliability({ entityRef, cursor, limit: 100 }),
      ),
    });
  }
  const struck = (cause: Cause) =>
    truth.jobs().filter(({ causes }) => causes.includes(cause.id));
  const causes = truth
    .causes()
    .map(cause => ({ cause, jobs: struck(cause) }))
    .filter(({ jobs }) => jobs.length > 0);
  const created = new Map(
    simulator.runs().map(run => [run.id, Date.parse(run.createdAt)]),
  );
  const times = (jobs: JobTruth[]) =>
    jobs.map(({ run }) => created.get(run)!).sort((a, b) => a - b);

  const slow = scoreSlowDowns({
    causes: causes.filter(({ cause }) => cause.kind === 'slow_down'),
    ...{ said, times, simulator },
  });
  const flaky = await scoreTests({
    causes: causes.filter(({ cause }) => cause.kind === 'flaky_test'),
    ...{ said, client, repositories, all: causes },
  });
  const outages = await scoreOutages({
    causes: causes.filter(({ cause }) =>
      [
        'registry_outage',
        'network_outage',
        'mass_outage',
        'bad_image',
      ].includes(cause.kind),
    ),
    ...{ client, repositories },
  });
  const all = said.flatMap(({ anomalies }) => anomalies);
  const confirmed = all.filter(({ stage }) => stage !== 'note');
  return {
    runs: simulator.runs().length,
    repositories: repositories.size,
    reading_seconds: Math.round(seconds),
    slow_downs: slow,
    flaky_tests: flaky,
    outages_and_bad_images: outages,
    anomalies: {
      all: all.length,
      confirmed: countBy(confirmed, one => `${one.metric} ${one.kind}`),
      told: confirmed.filter(({ incidentId, quiet }) => incidentId && !quiet)
        .length,
    },
  };
}

function countBy<T>(items: T[], keyOf: (item: T) => string) {
  const counts: Record<string, number> = {};
  for (const item of items) {
    counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  }
  return counts;
}

/** Whether it struck enough runs of one class of branches, with enough before them to compare with. */
function isVisible(
  jobs: JobTruth[],
  repository: string,
  simulator: Simulator,
): boolean {
  const runs = simulator.runs().filter(run => run.repository === repository);
  const struck = new Set(jobs.map(({ run }) => run));
  return [true, false].some(isMain => {
    const own = runs.filter(({ branch }) => (branch === 'main') === isMain);
    const since = own.filter(({ id }) => struck.has(id));
    const first = since.reduce(
      (least, { createdAt }) => (createdAt < least ? createdAt : least),
      '9',
    );
    const workflows = new Set(since.map(({ workflow }) => workflow));
    const before = own.filter(
      ({ createdAt, workflow }) => createdAt < first && workflows.has(workflow),
    );
    return since.length >= ENOUGH.since && before.length >= ENOUGH.before;
  });
}

/** Confirmed changes of how long something takes. */
function scoreSlowDowns(options: {
  causes: { cause: Cause; jobs: JobTruth[] }[];
  said: Said[];
  times(jobs: JobTruth[]): number[];
  simulator: Simulator;
}): Score & { invented: number; explained: number; examples: string[] } {
  const { causes, said, times, simulator } = options;
  const explained = new Set<string>();
  const score: Score = {
    there: causes.length,
    visible: 0,
    found: 0,
    missed: [],
  };
  for (const { cause, jobs } of causes) {
    const bySlug = new Map<string, JobTruth[]>();
    for (const job of jobs) {
      bySlug.set(job.repository, [...(bySlug.get(job.repository) ?? []), job]);
    }
    let isFound = false;
    let shows = false;
    for (const [slug, own] of bySlug) {
      const at = times(own);
      shows = shows || isVisible(own, slug, simulator);
      const end = cause.until ?? at[at.length - 1];
      for (const anomaly of said.find(one => one.slug === slug)!.anomalies) {
        const began = Date.parse(anomaly.began.at);
        const isDuration =
          ['duration', 'minutes'].includes(anomaly.metric) &&
          anomaly.kind !== 'spike';
        if (!isDuration) {
          continue;
        }
        const isNear = (time: number) =>
          began >= time - BEFORE_MS && began <= time + AFTER_MS;
        if (anomaly.direction === 'up') {
          // One class of branches may be struck later than the other.
          if (began >= at[0] - BEFORE_MS && began <= end) {
            explained.add(anomaly.id);
          }
          isFound ||= isNear(at[0]) && anomaly.stage !== 'note';
        }
        // That it is over is seen as well.
        if (isNear(end) && anomaly.direction === 'down') {
          explained.add(anomaly.id);
        }
      }
    }
    if (shows) {
      score.visible++;
      if (!isFound) {
        score.missed.push(`${cause.id} (${jobs.length} jobs)`);
      }
    }
    score.found += isFound ? 1 : 0;
  }
  const invented = said
    .flatMap(({ anomalies }) => anomalies)
    .filter(
      ({ id, metric, kind, stage, direction }) =>
        !explained.has(id) &&
        metric === 'duration' &&
        kind !== 'spike' &&
        stage !== 'note' &&
        direction === 'up',
    );
  return {
    ...score,
    explained: explained.size,
    invented: invented.length,
    examples: invented.slice(0, 5).map(({ sentence }) => sentence),
  };
}

/** Tests that failed and passed on the same commit, against those that really come and go. */
async function scoreTests(options: {
  causes: { cause: Cause; jobs: JobTruth[] }[];
  all: { cause: Cause; jobs: JobTruth[] }[];
  said: Said[];
  client: CiMedicClient;
  repositories: Map<string, string>;
}): Promise<Score & { invented: string[] }> {
  const { causes, said, client, repositories } = options;
  const score: Score = {
    there: causes.length,
    visible: 0,
    found: 0,
    missed: [],
  };
  const right = new Set<string>();
  for (const { cause, jobs } of causes) {
    const names = new Set<string>();
    let hasFlipped = false;
    for (const { repository, run, attempt } of jobs) {
      const detail = await runOf(client, repositories.get(repository)!, run);
      if (!detail) {
        continue;
      }
      for (const outcome of ['failed', 'error'] as const) {
        const cases = await client.listTestCases({
          ...{ runId: detail.id, attempt, outcome, limit: 100 },
        });
        cases.items.forEach(({ name }) => names.add(name));
      }
      hasFlipped = hasFlipped || detail.attempt > attempt;
    }
    const reliability = said
      .filter(({ slug }) => cause.repositories.includes(slug))
      .flatMap(({ tests }) => tests)
      .filter(({ name }) => names.has(name));
    reliability.forEach(({ id }) => right.add(id));
    const isFound = reliability.some(({ verdict }) =>
      ['suspect', 'flaky'].includes(verdict),
    );
    score.found += isFound ? 1 : 0;
    if (hasFlipped && names.size > 0) {
      score.visible++;
      if (!isFound) {
        score.missed.push(`${cause.id} (${jobs.length} jobs)`);
      }
    }
  }
  const invented = said.flatMap(({ slug, tests }) =>
    tests
      .filter(
        ({ id, verdict }) =>
          !right.has(id) && ['suspect', 'flaky'].includes(verdict),
      )
      .map(({ name, sentence }) => `${slug} ${name}: ${sentence}`),
  );
  return { ...score, invented };
}

/** Causes that strike many at once show as incidents of what they strike. */
async function scoreOutages(options: {
  causes: { cause: Cause; jobs: JobTruth[] }[];
  client: CiMedicClient;
  repositories: Map<string, string>;
}): Promise<Record<string, Score>> {
  const { causes, client, repositories } = options;
  const scores: Record<string, Score> = {};
  for (const { cause, jobs } of causes) {
    const score = (scores[cause.kind] ??= {
      ...{ there: 0, visible: 0, found: 0 },
      missed: [],
    });
    score.there++;
    score.visible++;
    let shown = 0;
    const failed = jobs.filter(({ conclusion }) => conclusion === 'failure');
    for (const { repository, run, attempt, jobName } of failed) {
      const entityRef = repositories.get(repository)!;
      const known = await runOf(client, entityRef, run);
      const detail =
        known && (await client.getRun({ runId: known.id, attempt }));
      shown += detail?.jobs.some(
        ({ name, incidentId }) => name === jobName && incidentId,
      )
        ? 1
        : 0;
    }
    if (failed.length > 0 && shown === failed.length) {
      score.found++;
    } else {
      score.missed.push(`${cause.id} (${shown} of ${failed.length} jobs)`);
    }
  }
  return scores;
}

const runs = new Map<string, Map<string, { id: string; attempt: number }>>();

/** A run by its number in the CI system. */
async function runOf(client: CiMedicClient, entityRef: string, run: number) {
  let known = runs.get(entityRef);
  if (!known) {
    const items = await readAll(cursor =>
      client.listRuns({ entityRef, cursor, limit: 100 }),
    );
    known = new Map(items.map(one => [one.externalId, one]));
    runs.set(entityRef, known);
  }
  return known.get(String(run));
}
