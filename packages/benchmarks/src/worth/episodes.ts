import {
  Attempt,
  Cause,
  Repository,
  Run,
  Simulator,
} from '@ci-medic/ci-simulator';

const HOUR_MS = 3_600_000;
const OWN_BRANCHES = 'ci-medic/';

/** Where something was red. */
export type Lane = 'main' | 'deployment' | 'pull_request';

/** From the first failure of a pipeline on a branch to the next success there of the same or a newer run. */
export type Episode = {
  lane: Lane;
  repository: string;
  /** Of the first failed job, by the hidden truth. */
  cause: Cause;
  from: number;
  /** Absent when it was never green again. */
  until?: number;
};

/** Whether an action of CI Medic is what such a failure wants, by the hidden truth. */
export function isTreatable({ remedy }: Cause): boolean {
  return ['rerun', 'fresh-runner', 'previous-image'].includes(remedy);
}

/** All episodes that began after a time. */
export function findEpisodes(simulator: Simulator, since: number): Episode[] {
  const episodes: Episode[] = [];
  for (const repository of simulator.world.repositories()) {
    for (const ended of lanesOf(repository).values()) {
      episodes.push(...episodesOf(simulator, repository, ended, since));
    }
  }
  return episodes;
}

/** Hours in which the build of the main branch was red, between two times. */
export function redHours(
  episodes: Episode[],
  since: number,
  end: number,
): number {
  return (
    episodes
      .filter(({ lane }) => lane === 'main')
      .reduce(
        (sum, { from, until = end }) =>
          sum + Math.max(0, Math.min(until, end) - Math.max(from, since)),
        0,
      ) / HOUR_MS
  );
}

type Ended = { run: Run; attempt: Attempt };

/** What ended, in that order, by pipeline and branch. */
function lanesOf({ runs }: Repository): Map<string, Ended[]> {
  const lanes = new Map<string, Ended[]>();
  for (const run of runs) {
    if (run.branch.startsWith(OWN_BRANCHES)) {
      continue;
    }
    const name = `${run.workflow.path} ${run.branch}`;
    const ended = run.attempts
      .filter(({ completedAt }) => completedAt !== undefined)
      .map(attempt => ({ run, attempt }));
    lanes.set(name, [...(lanes.get(name) ?? []), ...ended]);
  }
  for (const ended of lanes.values()) {
    ended.sort(
      (left, right) => left.attempt.completedAt! - right.attempt.completedAt!,
    );
  }
  return lanes;
}

function episodesOf(
  simulator: Simulator,
  repository: Repository,
  ended: Ended[],
  since: number,
): Episode[] {
  const episodes: Episode[] = [];
  let open: { episode: Episode; number: number } | undefined;
  for (const { run, attempt } of ended) {
    const at = attempt.completedAt!;
    if (open) {
      if (attempt.conclusion === 'success' && run.number >= open.number) {
        open.episode.until = at;
        open = undefined;
      }
      continue;
    }
    const cause = causeOf(simulator, run, attempt);
    if (at >= since && attempt.conclusion === 'failure' && cause) {
      const episode: Episode = {
        ...{ lane: laneOf(run), from: at, cause },
        repository: `${repository.owner}/${repository.name}`,
      };
      episodes.push(episode);
      open = { episode, number: run.number };
    }
  }
  return episodes;
}

/** Why an attempt failed: of its first failed job. */
export function causeOf(
  { truth }: Simulator,
  run: Run,
  { attempt }: Attempt,
): Cause | undefined {
  const failed = truth!
    .ofRun(run.id)
    .find(job => job.attempt === attempt && job.conclusion === 'failure');
  return failed && truth!.cause(failed.causes[0]);
}

function laneOf(run: Run): Lane {
  if (run.workflow.path.endsWith('deploy.yml')) {
    return 'deployment';
  }
  return run.branch === 'main' ? 'main' : 'pull_request';
}
