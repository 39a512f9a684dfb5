import { z } from 'zod';
import { Conclusion } from '../world/model';
import { chanceOf } from './random';

/**
 * Says how jobs of new attempts are to end.
 *
 * @public
 */
export const outcomeSchema = z.strictObject({
  /** All runs when missing. */
  run: z.number().int().positive().optional(),
  /** Name of the job; all that run when missing. */
  job: z.string().optional(),
  conclusion: z.enum(['success', 'failure', 'timed_out']),
  /** How many jobs it decides. */
  count: z
    .union([z.number().int().positive(), z.literal('always')])
    .default('always'),
});

/**
 * How jobs of new attempts are to end.
 *
 * @public
 */
export type OutcomeInput = z.input<typeof outcomeSchema>;

/**
 * How reruns of recorded builds end where nobody said it for the run.
 *
 * @public
 */
export type RerunOptions = {
  /** Share of runs whose failed jobs pass the next time; 0 when missing. */
  passing?: number;
  seed?: string | number;
  /** Builds take that many times less than when they were recorded; 1. */
  haste?: number;
};

/**
 * What was said about how new attempts end, the newest word first.
 *
 * @public
 */
export class Outcomes {
  readonly #said: Array<z.output<typeof outcomeSchema> & { used: number }> = [];
  readonly #options: RerunOptions;

  private constructor(options: RerunOptions) {
    this.#options = options;
  }

  static create(options: RerunOptions = {}): Outcomes {
    return new Outcomes(options);
  }

  /** Throws a ZodError when it is not well formed. */
  add(input: OutcomeInput): void {
    this.#said.unshift({ ...outcomeSchema.parse(input), used: 0 });
  }

  /** How a job ends that ended so before. */
  take(job: { run: number; name: string; before?: Conclusion }): Conclusion {
    const said = this.#said.find(
      each =>
        (each.run ?? job.run) === job.run &&
        (each.job ?? job.name) === job.name &&
        (each.count === 'always' || each.used < each.count),
    );
    if (said) {
      said.used++;
      return said.conclusion;
    }
    const { passing = 0, seed = 0 } = this.#options;
    const isFailure = job.before === 'failure' || job.before === 'timed_out';
    return isFailure && chanceOf('rerun', seed, job.run) >= passing
      ? 'failure'
      : 'success';
  }
}
