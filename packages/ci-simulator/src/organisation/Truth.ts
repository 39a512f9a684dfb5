import { Cause } from './causes';

/**
 * Why a job of an attempt ended as it did.
 *
 * @public
 */
export type JobTruth = {
  run: number;
  attempt: number;
  job: number;
  jobName: string;
  repository: string;
  conclusion: string;
  /** Identifiers of the causes; the first is the one that shows. */
  causes: string[];
};

/**
 * A person who had to look at a failed attempt, because nobody and nothing had
 * treated it by then.
 *
 * @public
 */
export type Look = { run: number; attempt: number; at: number };

/**
 * What is true about every failure. CI Medic never sees it.
 *
 * @public
 */
export class Truth {
  readonly #causes = new Map<string, Cause>();
  readonly #outside: Cause[] = [];
  readonly #jobs: JobTruth[] = [];
  readonly #looks: Look[] = [];
  readonly #byRun = new Map<number, JobTruth[]>();

  private constructor() {}

  static create(): Truth {
    return new Truth();
  }

  addCause(cause: Cause): Cause {
    this.#causes.set(cause.id, cause);
    return cause;
  }

  /** Causes from outside that are there at a time: not those of commits. */
  activeAt(time: number): Cause[] {
    return this.#outside.filter(
      ({ from, until = Infinity }) => from <= time && time < until,
    );
  }

  /** A cause that comes from outside: an outage, a machine, a release. */
  addOutside(cause: Cause): Cause {
    this.#outside.push(cause);
    return this.addCause(cause);
  }

  cause(id: string): Cause | undefined {
    return this.#causes.get(id);
  }

  /** All that are or were, the oldest first. */
  causes(): Cause[] {
    return [...this.#causes.values()].sort((a, b) => a.from - b.from);
  }

  addJob(truth: JobTruth): void {
    this.#jobs.push(truth);
    const known = this.#byRun.get(truth.run) ?? [];
    known.push(truth);
    this.#byRun.set(truth.run, known);
  }

  /** Why jobs of a run failed or were slow. */
  ofRun(run: number): JobTruth[] {
    return this.#byRun.get(run) ?? [];
  }

  /** All such jobs after a number, in the order in which they ended. */
  jobs(after: number = 0): JobTruth[] {
    return this.#jobs.slice(after);
  }

  addLook(look: Look): void {
    this.#looks.push(look);
  }

  /** Failures that the organisation's own people had to look at, the oldest first. */
  looks(): Look[] {
    return [...this.#looks];
  }
}
