import { Artifact, Attempt, Content, Job, Runner, Step } from '../world/model';
import { LocatedRun } from '../world/World';

/** A job that is to be run. */
export type JobContext = LocatedRun & {
  attempt: Attempt;
  job: Job;
  /** The job of the same name in the attempt before. */
  previous?: Job;
};

/** What a job does once it has a runner. */
export type JobExecution = {
  milliseconds: number;
  conclusion: NonNullable<Job['conclusion']>;
  /** With times in simulated milliseconds since the epoch. */
  steps: Step[];
  log?: Content;
  artifacts?: Artifact[];
};

/** Where the engine gets runners and outcomes from. */
export type JobSource = {
  /** Finds a runner for a queued job, and says so when it has one. */
  acquire(context: JobContext, granted: (runner: Runner) => void): void;
  /** Decides how a job goes, at the moment in which it starts. */
  execute(context: JobContext, runner: Runner): JobExecution;
  /** The job ended, or was cancelled: its runner is free, if it had one. */
  release(context: JobContext, runner: Runner | undefined): void;
};

/** A job that a run is made of. */
export type JobOutline = {
  name: string;
  needs: string[];
  labels: string[];
};
