import { finalRemediationStates } from '@ci-medic/plugin-ci-medic-common';
import { Treatment } from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase } from '../database';
import { failpoint } from '../failpoints';
import {
  remediationAdvance,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { ActGate } from './ActGate';
import { Attempt } from './Attempt';
import { happened } from './happened';
import { RemediationTimings } from './RemediationConfig';
import { RemediationStore } from './RemediationStore';
import { StoredRemediation } from './StoredRemediation';
import { stepOf } from './stepOf';
import { KnownTreatments } from './KnownTreatments';
import { Verification } from './Verification';
import { wait } from './wait';

type Payload = { remediationId: string };

type Options = {
  database: CiMedicDatabase;
  store: RemediationStore;
  treatments: KnownTreatments;
  timings: RemediationTimings;
  /** Whether all gates still let it pass, just before it is done. */
  gate: ActGate;
  /** Id of this process. */
  owner: string;
  /** A clock that never goes back, in milliseconds. */
  monotonic?: () => number;
  failpoint?: (name: string) => void | Promise<void>;
};

const MOST_TRIES = 3;

/**
 * Carries a remediation from state to state: observe, write down the intent, act, observe.
 *
 * @remarks
 *
 * What makes it happen at most once: the row is claimed with a fence, and every transition is refused to an older one. The
 * call starts only within the slack of the lease, measured by a clock that never goes back, and the lease outlasts the
 * call and whatever the CI system may still do after it. An answer that does not come means *unknown*: nobody acts again
 * before the lease is over and the world is provably as it was. A treatment of several stages goes through all of it for
 * each.
 */
export class AdvanceHandler implements WorkHandler<Payload> {
  readonly kind = remediationAdvance.kind;
  readonly schema = remediationAdvance.schema;
  readonly concurrency = 8;
  readonly leaseMs: number;
  readonly maxAttempts = 20;

  readonly #options: Options;
  readonly #attempt: Attempt;
  readonly #verification: Verification;
  readonly #failpoint: (name: string) => void | Promise<void>;

  constructor(options: Options) {
    this.#options = options;
    this.#failpoint = options.failpoint ?? failpoint;
    const shared = {
      ...options,
      monotonic: options.monotonic ?? (() => performance.now()),
      failpoint: this.#failpoint,
    };
    this.#attempt = new Attempt(shared);
    this.#verification = new Verification(shared);
    // As long as the one of the remediation: who froze is replaced when it is safe.
    const { slackMs, callMs, latestActionMs = 15_000 } = options.timings;
    this.leaseMs = slackMs + callMs + latestActionMs;
  }

  async run({ payload, signal }: WorkItem<Payload>): Promise<WorkResult> {
    const { store, database, treatments } = this.#options;
    for (;;) {
      signal.throwIfAborted();
      const row = await store.find(payload.remediationId);
      if (!row || finalRemediationStates.includes(row.state)) {
        return {};
      }
      const now = await database.now();
      const treatment = treatments.get(row.action);
      switch (row.state) {
        case 'approved':
          await this.#attempt.begin({ from: row, treatment, now, signal });
          break;
        case 'verifying':
          await this.#verification.look({ from: row, treatment, now, signal });
          break;
        default:
          if (row.leaseUntil > now) {
            // Somebody is at it, or the CI system may still be.
            throw wait(row.leaseUntil - now, 'It may still be under way');
          }
          await this.#takeOver(row, treatment, signal);
      }
    }
  }

  async onDead(
    { payload }: Omit<WorkItem<Payload>, 'signal'>,
    reason: string,
    { knex }: WorkTransaction,
  ): Promise<void> {
    const { store } = this.#options;
    const row = await store.find(payload.remediationId, knex);
    if (row && !finalRemediationStates.includes(row.state)) {
      await store.moveIn(knex, {
        from: row,
        to: 'needs_human',
        reason: `CI Medic could not go on: ${reason}`,
      });
    }
  }

  /** Goes on where a worker stopped. Its lease is over: it cannot act any more, nor can the CI system. */
  async #takeOver(
    from: StoredRemediation,
    treatment: Treatment,
    signal: AbortSignal,
  ) {
    const { store } = this.#options;
    if (from.state === 'claimed' || from.state === 'intent_recorded') {
      const reason = 'The worker stopped before it did anything';
      await store.move({ from, to: 'approved', reason });
      return;
    }
    if (from.state === 'calling') {
      const reason = 'The worker stopped while it asked the CI system';
      await store.move({ from, to: 'unknown', reason });
      return;
    }
    const step = stepOf(from, signal);
    const observed = await treatment.observe(step);
    const finding = treatment.find(step, observed);
    await this.#failpoint('remediation.reconciled');
    switch (finding.kind) {
      case 'happened':
        await happened(store, from, finding.trace, 'It did happen');
        break;
      case 'unchanged':
        await store.move(
          from.tries < MOST_TRIES
            ? {
                ...{ from, to: 'approved', observed },
                reason: 'It did not happen: everything is as it was',
              }
            : {
                ...{ from, to: 'needs_human', observed },
                reason: `It did not happen in ${from.tries} tries`,
              },
        );
        break;
      default: {
        const { reason } = finding;
        await store.move({ from, to: 'needs_human', reason, observed });
      }
    }
  }
}
