import { toError } from '@backstage/errors';
import {
  EffectReceipt,
  EffectRefusedError,
  PreparedEffect,
  RateLimitedError,
  Treatment,
} from '@ci-medic/plugin-ci-medic-node';
import { skips } from '../failpoints';
import { ActGate } from './ActGate';
import { happened } from './happened';
import { RemediationTimings } from './RemediationConfig';
import { RemediationStore } from './RemediationStore';
import { StoredRemediation } from './StoredRemediation';
import { stepOf } from './stepOf';
import { wait } from './wait';

type Options = {
  store: RemediationStore;
  timings: RemediationTimings;
  gate: ActGate;
  owner: string;
  monotonic: () => number;
  failpoint: (name: string) => void | Promise<void>;
};

type Work = {
  from: StoredRemediation;
  treatment: Treatment;
  now: number;
  signal: AbortSignal;
};

/** The kill switch was read at most this long before a call begins. */
const SWITCH_MS = 1_000;

/**
 * Tries to carry out the next stage of a remediation, once.
 */
export class Attempt {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async begin({ from, treatment, now, signal }: Work): Promise<void> {
    const { store, owner, timings, gate, monotonic } = this.#options;
    if (from.stage === 0 && from.expiresAt <= now) {
      const reason = 'It could not be done in time';
      await store.move({ from, to: 'expired', reason });
      return;
    }
    if (await this.#isEarly(from, treatment, now, signal)) {
      return;
    }
    const admitted = await gate.admit(from);
    if ('refusal' in admitted) {
      await this.#stop(from, 'denied', admitted.refusal);
      return;
    }
    const step = stepOf(from, signal);
    const latest = timings.latestActionMs ?? treatment.latestActionMs(step);
    const leaseMs = timings.slackMs + timings.callMs + latest;
    const since = monotonic();
    const { causeId } = admitted;
    const claim = await store.claim(from, { owner, leaseMs, causeId });
    if (claim.kind === 'spent') {
      await this.#stop(from, 'denied', claim.reason);
    }
    if (claim.kind === 'mine') {
      await this.#carryOut(claim.row, treatment, since, signal);
    }
  }

  async #carryOut(
    claimed: StoredRemediation,
    treatment: Treatment,
    since: number,
    signal: AbortSignal,
  ) {
    const { store, timings, failpoint, monotonic } = this.#options;
    await failpoint('remediation.claimed');
    const step = stepOf(claimed, signal);
    let effect: PreparedEffect;
    let recorded: StoredRemediation | undefined;
    try {
      const observed = await treatment.observe(step);
      const readiness = treatment.readiness(step, observed);
      if (readiness.kind === 'done') {
        await happened(
          store,
          claimed,
          treatment.traceOf(step, {}),
          readiness.reason,
        );
        return;
      }
      if (readiness.kind !== 'ready' && !skips('remediation.staleness')) {
        await this.#stop(claimed, 'superseded', readiness.reason, observed);
        return;
      }
      effect = await treatment.prepare(step);
      await failpoint('remediation.observed');
      recorded = await store.move({
        ...{ from: claimed, to: 'intent_recorded', observed },
        reason: 'The CI system is as it was planned for',
      });
    } catch (error) {
      await store.move({
        ...{ from: claimed, to: 'approved' },
        reason: `It is tried again later: ${toError(error).message}`,
      });
      throw error;
    }
    if (!recorded) {
      return;
    }
    await failpoint('remediation.intentRecorded');
    const readAt = monotonic();
    const calling = await store.move({
      ...{ from: recorded, to: 'calling', ifNotStopped: true },
      ...{ set: { tries: recorded.tries + 1 } },
      reason: 'The CI system is asked',
    });
    if (!calling) {
      // A kill switch is on, or the row is somebody else's, who is not disturbed by this.
      await this.#stop(
        recorded,
        'cancelled',
        'A kill switch was set before anything was done',
      );
      return;
    }
    await failpoint('remediation.calling');
    // Nothing may be awaited between this check and the call.
    const time = monotonic();
    const isLate = time - since > timings.slackMs || time - readAt > SWITCH_MS;
    if (isLate && !skips('remediation.deadline')) {
      await store.move({
        ...{ from: calling, to: 'approved', set: { tries: recorded.tries } },
        reason: 'Too much time went by before the call, so it was not made',
      });
      throw wait(timings.lookMs, 'The CI system answers too slowly');
    }
    await this.#call(calling, treatment, effect, signal);
  }

  async #call(
    from: StoredRemediation,
    treatment: Treatment,
    effect: PreparedEffect,
    signal: AbortSignal,
  ) {
    const { store, timings, failpoint } = this.#options;
    let receipt: EffectReceipt | void;
    try {
      receipt = await effect(AbortSignal.timeout(timings.callMs));
    } catch (error) {
      const { message } = toError(error);
      if (error instanceof RateLimitedError) {
        await store.move({
          ...{ from, to: 'approved', set: { tries: from.tries - 1 } },
          reason: `The CI system asks to wait: ${message}`,
        });
        throw error;
      }
      if (error instanceof EffectRefusedError) {
        await this.#refused(from, treatment, message, signal);
        return;
      }
      await failpoint('remediation.unanswered');
      await store.move({
        from,
        to: skips('remediation.unknown') ? 'approved' : 'unknown',
        reason: `Nobody knows whether it happened: ${message}`,
      });
      return;
    }
    await failpoint('remediation.called');
    const trace = treatment.traceOf(stepOf(from), receipt ?? {});
    await happened(store, from, trace, 'The CI system accepted it');
  }

  /** A refusal may be the answer to something that happened before. */
  async #refused(
    from: StoredRemediation,
    treatment: Treatment,
    reason: string,
    signal: AbortSignal,
  ) {
    const { store } = this.#options;
    const step = stepOf(from, signal);
    const observed = await treatment.observe(step);
    const finding = treatment.find(step, observed);
    if (finding.kind === 'happened' && from.tries > 1) {
      // An earlier call of ours, whose answer was lost, may have done it.
      await happened(store, from, finding.trace, 'It is under way');
      return;
    }
    if (finding.kind === 'happened') {
      const { attempt } = finding.trace;
      await this.#stop(
        from,
        'superseded',
        attempt === undefined
          ? 'Somebody else did it'
          : `Somebody else ran it again: attempt ${attempt}`,
        observed,
      );
      return;
    }
    await this.#stop(
      from,
      'failed',
      `The CI system refused: ${reason}`,
      observed,
    );
  }

  /** Whether a later stage has to wait for the world, or is stopped while it waits. */
  async #isEarly(
    from: StoredRemediation,
    treatment: Treatment,
    now: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { timings } = this.#options;
    if (from.stage === 0) {
      return false;
    }
    const step = stepOf(from, signal);
    const readiness = treatment.readiness(step, await treatment.observe(step));
    if (readiness.kind !== 'wait') {
      return false;
    }
    const longest = from.verificationMs ?? timings.verificationMs;
    if (now - from.updatedAt > longest) {
      await this.#stop(
        from,
        'needs_human',
        `It took too long: ${readiness.reason}`,
      );
      return true;
    }
    throw wait(timings.lookMs, readiness.reason);
  }

  async #stop(
    from: StoredRemediation,
    to: 'denied' | 'superseded' | 'cancelled' | 'failed' | 'needs_human',
    reason: string,
    observed?: Record<string, unknown>,
  ) {
    const done = from.stages.slice(0, from.stage);
    const told =
      done.length > 0 ? `${reason}. Already done: ${done.join('; ')}` : reason;
    await this.#options.store.move({ from, to, reason: told, observed });
  }
}
