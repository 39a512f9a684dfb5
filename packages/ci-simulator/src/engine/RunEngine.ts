import { Attempt, Job, Repository, Run } from '../world/model';
import { LocatedRun, World } from '../world/World';
import { stableId } from '../world/stableId';
import { JobContext, JobOutline, JobSource } from './JobSource';
import { needsOf } from './needsOf';
import { Timeline } from './Timeline';

/** Something that happened to a run, as GitHub tells of it. */
export type RunEvent = LocatedRun & {
  action: 'requested' | 'queued' | 'in_progress' | 'completed';
  attempt: Attempt;
  /** Missing where the event is about the run. */
  job?: Job;
};

type Listener = (event: RunEvent) => void;

/** From a request until its jobs are queued. */
const PREPARATION_MS = 1000;

/**
 * Carries runs out: queues jobs in the order of their needs, gives them
 * runners, ends them. What a job does is the source's to say.
 */
export class RunEngine {
  readonly timeline: Timeline;
  readonly world: World;
  readonly #source: JobSource;
  readonly #listeners: Listener[] = [];
  readonly #nextJobId?: () => number;

  private constructor(options: {
    timeline: Timeline;
    world: World;
    source: JobSource;
    nextJobId?: () => number;
  }) {
    this.timeline = options.timeline;
    this.world = options.world;
    this.#source = options.source;
    this.#nextJobId = options.nextJobId;
  }

  static create(options: {
    timeline: Timeline;
    world: World;
    source: JobSource;
    /** Made from the run where missing. */
    nextJobId?: () => number;
  }): RunEngine {
    return new RunEngine(options);
  }

  onEvent(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Starts a new run; its attempts must be empty. */
  startRun(options: {
    repository: Repository;
    run: Run;
    outlines: JobOutline[];
  }): Attempt {
    const { repository, run, outlines } = options;
    const jobs = outlines.map((outline, position) =>
      this.#newJob({ run, number: 1, position, ...outline }),
    );
    const attempt = this.#newAttempt(1, run.actor, jobs);
    run.attempts.push(attempt);
    this.world.addRun(repository, run);
    this.#begin({ repository, run }, attempt);
    return attempt;
  }

  /**
   * Starts a new attempt that runs those jobs and what needs them again, and
   * carries the others over.
   *
   * @param isChosen - which jobs of the newest attempt
   */
  startAttempt(
    located: LocatedRun,
    options: { triggeredBy: string; isChosen(job: Job): boolean },
  ): Attempt {
    const { run } = located;
    const before = run.attempts.at(-1)!;
    const number = before.attempt + 1;
    const needs = needsOf(before.jobs);
    const again = new Set(before.jobs.filter(options.isChosen));
    // What needs a job that runs again does so too, however far away.
    for (const _ of before.jobs) {
      before.jobs
        .filter(job =>
          [...again].some(({ name }) => needs.get(job)!.includes(name)),
        )
        .forEach(job => again.add(job));
    }
    const jobs = before.jobs.map<Job>((job, position) => {
      const isRerun = again.has(job);
      const fresh = this.#newJob({
        ...{ run, number, position, name: job.name },
        needs: needs.get(job)!,
        labels: job.runner?.labels ?? job.labels ?? [],
      });
      return isRerun ? fresh : { ...job, id: fresh.id, isCarriedOver: true };
    });
    const attempt = this.#newAttempt(number, options.triggeredBy, jobs);
    this.world.addAttempt(located, attempt);
    this.#begin(located, attempt);
    return attempt;
  }

  /** Ends whatever of an attempt is not over. */
  cancel({ repository, run }: LocatedRun, attempt: Attempt): void {
    const located = { repository, run };
    for (const job of attempt.jobs) {
      if (job.status !== 'completed') {
        const { runner } = job;
        job.steps = [];
        this.#end({ ...located, attempt, job }, 'cancelled');
        this.#source.release({ ...located, attempt, job }, runner);
      }
    }
    this.#finish(located, attempt);
  }

  #newAttempt(attempt: number, triggeredBy: string, jobs: Job[]): Attempt {
    const now = this.timeline.now();
    return {
      ...{ attempt, triggeredBy, jobs, status: 'queued' },
      ...{ createdAt: now, startedAt: now, artifacts: [], logFiles: [] },
    };
  }

  #newJob(options: {
    run: Run;
    number: number;
    position: number;
    name: string;
    needs: string[];
    labels: string[];
  }): Job {
    const { run, number, position, name, needs, labels } = options;
    const now = this.timeline.now();
    return {
      id:
        this.#nextJobId?.() ??
        this.world.freeJobId(salt =>
          stableId(['job', run.id, number, position, salt]),
        ),
      ...{ name, needs, labels, status: 'queued', steps: [] },
      ...{ createdAt: now, startedAt: now },
    };
  }

  #begin(located: LocatedRun, attempt: Attempt): void {
    this.#tell({ ...located, attempt, action: 'requested' });
    this.timeline.after(PREPARATION_MS, () => this.#proceed(located, attempt));
  }

  /** Queues what can be queued, skips what cannot run any more, ends the run. */
  #proceed({ repository, run }: LocatedRun, attempt: Attempt): void {
    const located = { repository, run };
    let isChanged = true;
    while (isChanged) {
      isChanged = false;
      for (const job of attempt.jobs) {
        if (job.status !== 'queued' || job.isQueued) {
          continue;
        }
        const needed = attempt.jobs.filter(({ name }) =>
          job.needs?.includes(name),
        );
        if (needed.every(({ conclusion }) => conclusion === 'success')) {
          this.#queue({ ...located, attempt, job });
        } else if (needed.every(({ status }) => status === 'completed')) {
          this.#end({ ...located, attempt, job }, 'skipped');
          isChanged = true;
        }
      }
    }
    if (attempt.jobs.every(({ status }) => status === 'completed')) {
      this.#finish(located, attempt);
    }
  }

  #queue(context: JobContext): void {
    const { job, attempt, run } = context;
    const before = run.attempts[attempt.attempt - 2];
    const previous = before?.jobs.find(({ name }) => name === job.name);
    const known = { ...context, previous };
    const now = this.timeline.now();
    Object.assign(job, { isQueued: true, createdAt: now, startedAt: now });
    this.#tell({ ...context, action: 'queued' });
    this.#source.acquire(known, runner => {
      if (job.status !== 'queued') {
        this.#source.release(known, runner);
        return;
      }
      job.runner = runner;
      this.#start(known);
    });
  }

  #start(context: JobContext): void {
    const { job, attempt } = context;
    job.status = 'in_progress';
    job.startedAt = this.timeline.now();
    if (attempt.status === 'queued') {
      attempt.status = 'in_progress';
      this.#tell({ ...context, job: undefined, action: 'in_progress' });
    }
    this.#tell({ ...context, action: 'in_progress' });
    const runner = job.runner!;
    const execution = this.#source.execute(context, runner);
    this.timeline.after(execution.milliseconds, () => {
      if (job.status === 'completed') {
        return;
      }
      job.steps = execution.steps;
      job.log = execution.log;
      for (const artifact of execution.artifacts ?? []) {
        attempt.artifacts.push(artifact);
        this.world.addArtifact({ ...context, artifact });
      }
      this.#end(context, execution.conclusion);
      this.#source.release(context, runner);
      this.#proceed(context, attempt);
    });
  }

  #end(context: JobContext, conclusion: Job['conclusion']): void {
    const { job } = context;
    const completedAt = this.timeline.now();
    Object.assign(job, { status: 'completed', conclusion, completedAt });
    this.#tell({ ...context, action: 'completed' });
  }

  #finish(located: LocatedRun, attempt: Attempt): void {
    const ends = attempt.jobs.map(({ conclusion }) => conclusion);
    const worst = (['failure', 'timed_out', 'cancelled'] as const).find(each =>
      ends.includes(each),
    );
    attempt.status = 'completed';
    attempt.conclusion = worst === 'timed_out' ? 'failure' : worst ?? 'success';
    attempt.completedAt = this.timeline.now();
    attempt.logFiles = attempt.jobs.flatMap(({ name, log }, position) =>
      log
        ? [{ open: log.open, name: `${position}_${fileName(name)}.txt` }]
        : [],
    );
    this.#tell({ ...located, attempt, action: 'completed' });
  }

  #tell(event: RunEvent): void {
    this.#listeners.forEach(listener => listener(event));
  }
}

/** What GitHub leaves out of a job's name to make a file's name of it. */
function fileName(name: string): string {
  return name.replace(/["<>|:*?\\/]/g, '').slice(0, 100);
}
