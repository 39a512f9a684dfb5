import { Treatment, TreatmentStep } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase, readText } from '../database';
import { RemediationTimings } from './RemediationConfig';
import { RemediationStore } from './RemediationStore';
import { StoredRemediation } from './StoredRemediation';
import { stepOf } from './stepOf';
import { outcomeOfAttempt } from './treatments/outcomeOfAttempt';
import { wait } from './wait';

/** How often at most what helped is looked at while it is watched. */
const LOOKS = 10;

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
    if (from.proven) {
      await this.#watch({ ...work, step, proven: from.proven });
      return;
    }
    const outcome =
      (treatment.endsWithAttempt && (await this.#stored(from))) ||
      treatment.outcome(step, await treatment.observe(step));
    await failpoint('remediation.verifying');
    if (outcome) {
      const { succeeded, reason, verdict } = outcome;
      if (succeeded && treatment.aftermath) {
        const minutes = Math.ceil(timings.watchMs / 60_000);
        await store.move({
          ...{ from, to: 'verifying', set: { proven: { at: now, reason } } },
          reason: `${reason}. What comes of it is watched for ${minutes} minutes`,
        });
        return;
      }
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

  /** What helped at first is watched for a while: it ends early only when it turns out badly. */
  async #watch(work: {
    from: StoredRemediation;
    treatment: Treatment;
    step: TreatmentStep;
    proven: { at: number; reason: string };
    now: number;
  }): Promise<void> {
    const { from, treatment, step, proven, now } = work;
    const { store, timings, failpoint } = this.#options;
    const since = new Date(proven.at).toISOString();
    const { isWell, reason } = await treatment.aftermath!(step, since);
    await failpoint('remediation.watching');
    if (!isWell) {
      const text = `${proven.reason}, but then: ${reason}`;
      await store.move({ from, to: 'failed', reason: text });
      return;
    }
    const left = proven.at + timings.watchMs - now;
    if (left <= 0) {
      const text = `${proven.reason}. ${reason}`;
      await store.move({ from, to: 'succeeded', reason: text });
      return;
    }
    const next = Math.max(timings.lookMs, timings.watchMs / LOOKS);
    throw wait(Math.min(left, next), 'What comes of it is watched');
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
