import { Conclusion } from '../world/model';
import { LogFacts } from './scanLog';

/** A step's log, as it lies in the folder of its job. */
export type StepLog = { number: number; name: string; facts: LogFacts };

const CANCELLED = /^The operation was cancell?ed\b/;
const TIMED_OUT = /has exceeded the maximum execution time|has timed out/;
const ENDED_IT = /^Process completed with exit code|failed with exit code/;

/**
 * How each step ended, as far as its log tells. `##[error]` alone is not
 * enough: annotations look the same, and with `continue-on-error` a job goes
 * on after a failed step as if it had passed. So a step counts as failed when
 * it says so and the step with the next number did not run.
 *
 * @param options - `lenient`: what says that it failed has failed, whatever ran
 *   after it; for archives of failed runs where nothing else explains the end
 */
export function judgeSteps(
  steps: StepLog[],
  options: { lenient?: boolean } = {},
): Conclusion[] {
  const regular = new Set(
    steps.filter(step => !isAfterwards(step)).map(({ number }) => number),
  );
  const last = Math.max(0, ...regular);
  return steps.map(({ number, facts }) => {
    const { lastError, endsInError } = facts;
    if (lastError === undefined) {
      return 'success';
    }
    const certain = endsInError || ENDED_IT.test(lastError);
    const wentOn = regular.has(number + 1);
    const failed = options.lenient ? certain : !wentOn;
    if (!failed || !(certain || number === last)) {
      return 'success';
    }
    return conclusionOf(lastError);
  });
}

/** How something ended whose last error says this. */
export function conclusionOf(lastError: string | undefined): Conclusion {
  if (lastError === undefined) {
    return 'success';
  }
  if (TIMED_OUT.test(lastError)) {
    return 'timed_out';
  }
  return CANCELLED.test(lastError) ? 'cancelled' : 'failure';
}

/** How the whole ended when its parts ended so. */
export function worstOf(conclusions: Conclusion[]): Conclusion {
  const order: Conclusion[] = ['failure', 'timed_out', 'cancelled', 'success'];
  return order.find(each => conclusions.includes(each)) ?? 'skipped';
}

/** Steps that run whatever came before. */
function isAfterwards({ name }: StepLog): boolean {
  return name.startsWith('Post ') || name === 'Complete job';
}
