import { Treatment } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase, readText } from '../database';
import { RemediationTimings } from './RemediationConfig';
import { RemediationStore, StoredRemediation } from './RemediationStore';
import { stepOf } from './stepOf';
import { outcomeOfAttempt } from './treatments/outcomeOfAttempt';
import { wait } from './wait';

type Options = {
  database: CiMedicDatabase;
  store: RemediationStore;
  timings: RemediationTimings;
  failpoint: (name: string) => void | Promise<void>;
};

/**
 * Looks how what was done turned out.
 */
export class Verification {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async look(work: {
    from: StoredRemediation;
    treatment: Treatment;
    now: number;
    signal: AbortSignal;
  }): Promise<void> {
    const { from, treatment, now, signal } = work;
    const { store, timings, failpoint } = this.#options;
    const step = stepOf(from, signal);
    const outcome =
      (treatment.endsWithAttempt && (await this.#stored(from))) ||
      treatment.outcome(step, await treatment.observe(step));
    await failpoint('remediation.verifying');
    if (outcome) {
      const { succeeded, reason, verdict } = outcome;
      const to = succeeded ? 'succeeded' : 'failed';
      await store.move({ from, to, reason, set: { verdict } });
      return;
    }
    const longest = from.verificationMs ?? timings.verificationMs;
    if (now - from.updatedAt > longest) {
      const reason = from.newAttempt
        ? `Attempt ${from.newAttempt} did not end in time`
        : 'Its outcome did not show in time';
      await store.move({ from, to: 'needs_human', reason });
      return;
    }
    throw wait(timings.lookMs, 'The outcome is awaited');
  }

  /** What the collector knows of the new attempt already. */
  async #stored({ runId, newAttempt }: StoredRemediation) {
    const row =
      newAttempt &&
      (await this.#options.database
        .knex('runs')
        .where({ run_id: runId, attempt: newAttempt, status: 'completed' })
        .first('conclusion'));
    return row
      ? outcomeOfAttempt(newAttempt!, readText(row.conclusion))
      : undefined;
  }
}
