import { ConflictError } from '@backstage/errors';
import {
  EffectReceipt,
  PreparedEffect,
  RunObservation,
  TreatmentCase,
  TreatmentContext,
  TreatmentFacts,
  TreatmentFinding,
  TreatmentOutcome,
  TreatmentReadiness,
  TreatmentStep,
  TreatmentTarget,
} from '@ci-medic/plugin-ci-medic-node';
import { effectsOf } from './effectsOf';
import { outcomeOfAttempt } from './outcomeOfAttempt';

/** The run as it is; the facts of treatments that run jobs again. */
export type RunFactsNow = TreatmentFacts & { run: RunObservation };

/**
 * Running failed jobs again, as an effect that several treatments have.
 */
export class Reruns {
  readonly #context: TreatmentContext;

  constructor(context: TreatmentContext) {
    this.#context = context;
  }

  observe(
    target: TreatmentTarget,
    signal?: AbortSignal,
  ): Promise<RunObservation> {
    const { project, externalId: runId, branch } = target;
    return effectsOf(this.#context, target).observeRun({
      ...{ project, runId, branch, signal },
    });
  }

  /**
   * The run as it is when a plan is made.
   *
   * @throws ConflictError when it is not one that can be run again.
   */
  async plan(target: TreatmentTarget, signal?: AbortSignal) {
    const run = await this.observe(target, signal);
    if (run.attempt !== target.attempt) {
      throw new ConflictError(`There is a newer attempt, ${run.attempt}`);
    }
    if (run.status !== 'completed') {
      throw new ConflictError('The run is running');
    }
    return run;
  }

  readiness(planned: RunObservation, now: RunObservation): TreatmentReadiness {
    const reason = staleness(planned, now);
    return reason ? { kind: 'stale', reason } : { kind: 'ready' };
  }

  prepare(target: TreatmentTarget, jobId?: string): Promise<PreparedEffect> {
    const { project, externalId: runId } = target;
    const effects = effectsOf(this.#context, target);
    if (jobId === undefined) {
      return effects.prepareRerunFailedJobs({ project, runId });
    }
    if (!effects.prepareRerunJob) {
      throw new ConflictError('The CI system does not run single jobs again');
    }
    return effects.prepareRerunJob({ project, jobId });
  }

  traceOf(step: TreatmentStep, _receipt?: EffectReceipt): TreatmentFacts {
    return { attempt: plannedRun(step).attempt + 1 };
  }

  find(planned: RunObservation, now: RunObservation): TreatmentFinding {
    if (now.attempt > planned.attempt) {
      return { kind: 'happened', trace: { attempt: planned.attempt + 1 } };
    }
    if (now.attempt < planned.attempt || now.status !== 'completed') {
      const reason = `The CI system shows attempt ${now.attempt} as ${now.status}`;
      return { kind: 'unclear', reason };
    }
    return { kind: 'unchanged' };
  }

  outcome(attempt: number, now: RunObservation): TreatmentOutcome | undefined {
    if (now.attempt > attempt) {
      return {
        succeeded: false,
        reason: `Attempt ${attempt} was followed by another before its end was seen`,
      };
    }
    return now.attempt < attempt || now.status !== 'completed'
      ? undefined
      : outcomeOfAttempt(attempt, now.conclusion);
  }

  latestActionMs(target: TreatmentTarget): number {
    return effectsOf(this.#context, target).latestActionMs;
  }
}

/** The run that a plan was made for. */
export function plannedRun({ planned }: TreatmentStep): RunObservation {
  // Plans that were made before there were others have nothing but the run.
  return ((planned as RunFactsNow).run ?? planned) as RunObservation;
}

/** Runner minutes that jobs took; `undefined` when one does not say. */
export function minutesOf(jobs: TreatmentCase['jobs']): number | undefined {
  const minutes = jobs.flatMap(job => job.minutes ?? []);
  return minutes.length === 0 || minutes.length < jobs.length
    ? undefined
    : minutes.reduce((sum, each) => sum + each, 0);
}

/** Where something is run again, in words. */
export function describeTarget(target: TreatmentTarget): string {
  const { project, externalId, attempt, branch, commitSha } = target;
  const on = branch ? ` on ${branch}` : '';
  return `Run ${externalId}, attempt ${attempt}, of ${
    project.slug
  }${on} at commit ${commitSha.slice(0, 8)}`;
}

/** Why a plan to run jobs again does not fit the world any more. */
function staleness(
  planned: RunObservation,
  now: RunObservation,
): string | undefined {
  if (now.attempt !== planned.attempt) {
    return `Attempt ${now.attempt} was started meanwhile`;
  }
  if (now.status !== 'completed') {
    return 'The run is running';
  }
  if (now.headSha !== planned.headSha) {
    return 'The run is one of another commit than before';
  }
  if (now.branchHead !== planned.branchHead) {
    return 'The branch has a newer commit than when this was planned';
  }
  return now.conclusion === planned.conclusion
    ? undefined
    : 'The run ended in another way than it was planned for';
}
