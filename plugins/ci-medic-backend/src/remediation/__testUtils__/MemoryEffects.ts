import {
  CiEffects,
  PreparedEffect,
  RunObservation,
} from '@ci-medic/plugin-ci-medic-node';
import { MemoryCi } from '../../ingest/__testUtils__/MemoryCi';
import { CallFault, MemoryFaults } from './MemoryFaults';
import { MemoryParts } from './MemoryParts';

export type { CallFault };

/** So short that what is running already hides nothing. */
const RUNS_FOR_MS = 1_000;

/**
 * The effects of a CI system in memory: a rerun makes a new attempt that ends after a second. It keeps what happened.
 */
export class MemoryEffects extends MemoryParts implements CiEffects {
  readonly mostAttempts = 51;
  readonly oldestRunMs = 30 * 24 * 3_600_000;
  /** What was run again: the run and the attempt. */
  readonly ledger: { runId: string; fromAttempt: number }[] = [];
  conclusion: 'success' | 'failure' = 'success';
  branchHead = 'c0ffee9';

  readonly #ci: MemoryCi;
  readonly #clock: { time: number };
  readonly #newest = new Map<string, { attempt: number; startedAt: number }>();

  constructor(options: {
    ci: MemoryCi;
    clock: { time: number };
    callMs: number;
  }) {
    super(new MemoryFaults(options), options.clock);
    this.#ci = options.ci;
    this.#clock = options.clock;
  }

  get faults(): CallFault[] {
    return this.world.faults;
  }

  get calls(): number {
    return this.world.calls;
  }

  settle(): void {
    this.world.settle();
  }

  async observeRun({ runId }: { runId: string }): Promise<RunObservation> {
    this.settle();
    const known = this.#ci.attempts
      .map(({ run }) => run)
      .find(run => run.runId === runId)!;
    const newest = this.#newest.get(runId);
    const seen = {
      headSha: known.commit.sha,
      branchHead: this.branchHead,
    };
    if (!newest) {
      const { attempt, status, conclusion } = known;
      return { attempt, status, conclusion, ...seen };
    }
    const isDone = this.#clock.time >= newest.startedAt + RUNS_FOR_MS;
    return {
      attempt: newest.attempt,
      status: isDone ? 'completed' : 'in_progress',
      conclusion: isDone ? this.conclusion : undefined,
      ...seen,
    };
  }

  async prepareRerunFailedJobs({
    runId,
  }: {
    runId: string;
  }): Promise<PreparedEffect> {
    return this.world.effect({
      latestMs: this.latestActionMs,
      act: () => this.rerun(runId),
    });
  }

  /** Makes a new attempt, unless one is running; as a person may do it, too. */
  rerun(runId: string): void {
    const before = this.#newest.get(runId) ?? { attempt: 1, startedAt: 0 };
    if (before.startedAt && this.#clock.time < before.startedAt + RUNS_FOR_MS) {
      return;
    }
    this.ledger.push({ runId, fromAttempt: before.attempt });
    this.world.acts.push({ does: 'rerun', to: runId });
    const attempt = before.attempt + 1;
    const last = this.#ci.attempts.findLast(({ run }) => run.runId === runId)!;
    this.#ci.attempts.push({
      ...{ ...last, run: { ...last.run, attempt } },
      jobs: last.jobs.map(job => ({
        ...{ ...job, jobId: `${job.jobId}.${attempt}` },
        runner: { name: 'runner-2', labels: [] },
      })),
    });
    this.#newest.set(runId, { attempt, startedAt: this.#clock.time });
  }
}
