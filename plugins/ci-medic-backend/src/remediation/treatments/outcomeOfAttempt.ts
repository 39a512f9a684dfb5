import { TreatmentOutcome } from '@ci-medic/plugin-ci-medic-node';

/** What the end of a new attempt says. */
export function outcomeOfAttempt(
  attempt: number,
  conclusion: string | undefined,
): TreatmentOutcome {
  return conclusion === 'success'
    ? { succeeded: true, reason: `Attempt ${attempt} passed` }
    : {
        succeeded: false,
        reason: `Attempt ${attempt} ended with ${conclusion ?? 'nothing'}`,
      };
}
