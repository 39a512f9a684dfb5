import { Artifact, Attempt, Job, Repository, Run } from './model';

/**
 * A run with what it belongs to.
 *
 * @public
 */
export type LocatedRun = { repository: Repository; run: Run };

/**
 * A job with what it belongs to.
 *
 * @public
 */
export type LocatedJob = LocatedRun & { attempt: Attempt; job: Job };

/**
 * An artifact with what it belongs to.
 *
 * @public
 */
export type LocatedArtifact = LocatedRun & {
  attempt: Attempt;
  artifact: Artifact;
};

/**
 * Everything the server serves, found by name or by identifier. Names are
 * compared without regard to case, as on GitHub.
 *
 * @public
 */
export class World {
  readonly #repositories = new Map<string, Repository>();
  readonly #runs = new Map<number, LocatedRun>();
  readonly #jobs = new Map<number, LocatedJob>();
  readonly #artifacts = new Map<number, LocatedArtifact>();

  private constructor() {}

  static create(repositories: Iterable<Repository> = []): World {
    const world = new World();
    for (const repository of repositories) {
      world.addRepository(repository);
    }
    return world;
  }

  /** Throws when a repository of that name is there already. */
  addRepository(repository: Repository): void {
    const key = keyOf(repository.owner, repository.name);
    if (this.#repositories.has(key)) {
      throw new Error(
        `The repository ${repository.owner}/${repository.name} is there twice`,
      );
    }
    this.#repositories.set(key, repository);
    for (const run of repository.runs) {
      this.#addRun({ repository, run });
    }
  }

  /** Adds a run that was started while the server runs. */
  addRun(repository: Repository, run: Run): void {
    repository.runs.push(run);
    this.#addRun({ repository, run });
  }

  /** Adds what a job left; its attempt must hold it already. */
  addArtifact(located: LocatedArtifact): void {
    const { repository, run, attempt, artifact } = located;
    const found = { repository, run, attempt, artifact };
    addOnce(this.#artifacts, artifact.id, found, 'artifact');
  }

  /** The first identifier that no job has yet. */
  freeJobId(candidate: (salt: number) => number): number {
    let salt = 0;
    while (this.#jobs.has(candidate(salt))) {
      salt++;
    }
    return candidate(salt);
  }

  /** Adds an attempt to a run, e.g. by a rerun. */
  addAttempt(located: LocatedRun, attempt: Attempt): void {
    located.run.attempts.push(attempt);
    this.#addAttempt(located, attempt);
  }

  repositories(): Repository[] {
    return [...this.#repositories.values()];
  }

  repository(owner: string, name: string): Repository | undefined {
    return this.#repositories.get(keyOf(owner, name));
  }

  /** All runs, the newest first. */
  runs(): LocatedRun[] {
    return [...this.#runs.values()].sort((one, other) =>
      newestFirst(one.run, other.run),
    );
  }

  run(id: number): LocatedRun | undefined {
    return this.#runs.get(id);
  }

  job(id: number): LocatedJob | undefined {
    return this.#jobs.get(id);
  }

  artifact(id: number): LocatedArtifact | undefined {
    return this.#artifacts.get(id);
  }

  #addRun(located: LocatedRun): void {
    addOnce(this.#runs, located.run.id, located, 'run');
    for (const attempt of located.run.attempts) {
      this.#addAttempt(located, attempt);
    }
  }

  #addAttempt(located: LocatedRun, attempt: Attempt): void {
    for (const job of attempt.jobs) {
      addOnce(this.#jobs, job.id, { ...located, attempt, job }, 'job');
    }
    for (const artifact of attempt.artifacts) {
      const found = { ...located, attempt, artifact };
      addOnce(this.#artifacts, artifact.id, found, 'artifact');
    }
  }
}

/** Order of runs in every list. */
export function newestFirst(one: Run, other: Run): number {
  return (
    other.attempts[0].createdAt - one.attempts[0].createdAt || other.id - one.id
  );
}

function keyOf(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase();
}

function addOnce<T>(
  map: Map<number, T>,
  id: number,
  value: T,
  what: string,
): void {
  if (map.has(id)) {
    throw new Error(`Two entries have the same ${what} identifier ${id}`);
  }
  map.set(id, value);
}
