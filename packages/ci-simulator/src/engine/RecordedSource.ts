import { Conclusion, Job, Runner } from '../world/model';
import { JobContext, JobExecution, JobSource } from './JobSource';
import { Outcomes } from './Outcomes';
import { chanceOf } from './random';
import { replayedLog } from './replayedLog';
import { Timeline } from './Timeline';

const SHORTEST_MS = 50;
const UNKNOWN_MS = 20_000;
const RUNNER: Runner = { name: 'runner-1', group: 'Default', labels: [] };

/**
 * Plays recorded jobs again: a job that is to pass looks as the newest one of
 * its name that passed, a job that is to fail as it failed before.
 */
export class RecordedSource implements JobSource {
  readonly #timeline: Timeline;
  readonly #outcomes: Outcomes;
  readonly #haste: number;

  private constructor(timeline: Timeline, outcomes: Outcomes, haste: number) {
    this.#timeline = timeline;
    this.#outcomes = outcomes;
    this.#haste = haste;
  }

  static create(options: {
    timeline: Timeline;
    outcomes: Outcomes;
    haste?: number;
  }): RecordedSource {
    const { timeline, outcomes, haste = 1 } = options;
    return new RecordedSource(timeline, outcomes, haste);
  }

  acquire(context: JobContext, granted: (runner: Runner) => void): void {
    const { job, run, attempt, previous } = context;
    const wait = 1000 + 4000 * chanceOf('queue', run.id, attempt.attempt);
    const labels = job.labels ?? [];
    this.#timeline.after(wait / this.#haste, () =>
      granted(previous?.runner ?? { ...RUNNER, labels }),
    );
  }

  execute(context: JobContext): JobExecution {
    const { run, job, previous } = context;
    const conclusion = this.#outcomes.take({
      ...{ run: run.id, name: job.name, before: previous?.conclusion },
    });
    const model = this.#modelOf(context, conclusion);
    const start = this.#timeline.now();
    const from = model?.startedAt ?? start;
    const recorded = model ? (model.completedAt ?? from) - from : UNKNOWN_MS;
    const moved = (time: number | undefined) =>
      time === undefined
        ? undefined
        : start + Math.round((time - from) / this.#haste);
    return {
      milliseconds: Math.max(SHORTEST_MS, recorded / this.#haste),
      conclusion,
      steps: (model?.steps ?? []).map(step => ({
        ...step,
        startedAt: moved(step.startedAt),
        completedAt: moved(step.completedAt),
      })),
      log: model?.log && replayedLog(model.log, start - from),
    };
  }

  release(): void {}

  #modelOf(context: JobContext, conclusion: Conclusion): Job | undefined {
    const { repository, run, job, previous } = context;
    const isModel = (each: Job) =>
      each.name === job.name &&
      each.conclusion === conclusion &&
      each.status === 'completed';
    if (previous && isModel(previous)) {
      return previous;
    }
    const ofRun = run.attempts.flatMap(({ jobs }) => jobs);
    return (
      ofRun.find(isModel) ??
      repository.runs
        .filter(({ workflow }) => workflow === run.workflow)
        .flatMap(({ attempts }) => attempts.at(-1)!.jobs)
        .findLast(isModel)
    );
  }
}
