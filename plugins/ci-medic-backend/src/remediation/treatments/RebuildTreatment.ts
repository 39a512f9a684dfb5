import { ConflictError, InputError } from '@backstage/errors';
import {
  DispatchedRun,
  PreparedEffect,
  Treatment,
  TreatmentContext,
  TreatmentFacts,
  TreatmentFinding,
  TreatmentOutcome,
  TreatmentProposal,
  TreatmentReadiness,
  TreatmentStep,
} from '@ci-medic/plugin-ci-medic-node';
import { z } from 'zod';
import { Dispatches, findDispatched, outcomeOfDispatched } from './Dispatches';
import { effectsOf, partOf } from './effectsOf';
import {
  describeTarget,
  minutesOf,
  plannedRun,
  Reruns,
  RunFactsNow,
} from './Reruns';

const MOST_CACHES = 5;

const wishSchema = z.strictObject({
  /** The caches whose key begins so. */
  key: z.string().default(''),
  /** Run the failed jobs again, or start the workflow anew. */
  then: z.enum(['rerun', 'dispatch']).default('rerun'),
  /** The input of the workflow that becomes a part of the run's title. */
  correlationInput: z.string().default('correlation_id'),
});

type RebuildParameters = z.infer<typeof wishSchema> & {
  caches: { cacheId: string; key: string }[];
};

type Facts = RunFactsNow & {
  /** Those of the plan that are still there. */
  left: string[];
  started?: DispatchedRun;
};

/**
 * Deletes the caches of a branch, then builds again.
 */
export class RebuildTreatment implements Treatment {
  readonly action = 'rebuild';
  readonly title = 'Build without caches';
  readonly verification = 'The run without caches passes';
  readonly rerunsJobs = true;

  readonly #context: TreatmentContext;
  readonly #reruns: Reruns;
  readonly #dispatches: Dispatches;

  constructor(context: TreatmentContext) {
    this.#context = context;
    this.#reruns = new Reruns(context);
    this.#dispatches = new Dispatches(context);
  }

  async propose({
    target,
    failure,
    parameters,
    signal,
  }: Parameters<Treatment['propose']>[0]): Promise<TreatmentProposal> {
    const wish = wishSchema.safeParse(parameters);
    if (!wish.success) {
      throw new InputError(`rebuild: ${z.prettifyError(wish.error)}`);
    }
    const { branch, project, workflow } = target;
    const { key, then } = wish.data;
    if (!branch || (then === 'dispatch' && !workflow)) {
      throw new ConflictError('The branch or the workflow is not known');
    }
    const found = await partOf(this.#context, target, 'caches').list({
      ...{ project, branch, key, signal },
    });
    if (found.length === 0) {
      throw new ConflictError(`${branch} has no caches`);
    }
    const run = await this.#reruns.plan(target, signal);
    const caches = found.slice(0, MOST_CACHES);
    const bytes = caches.reduce((sum, cache) => sum + cache.bytes, 0);
    const again =
      then === 'rerun' ? 'Run the failed jobs again' : `Start ${workflow} anew`;
    const resolved: RebuildParameters = {
      ...wish.data,
      caches: caches.map(cache => ({ cacheId: cache.cacheId, key: cache.key })),
    };
    return {
      parameters: resolved,
      observed: { run },
      stages: [...caches.map(cache => `Delete the cache ${cache.key}`), again],
      what: `Deletes ${caches.length} caches of ${branch} (${Math.round(
        bytes / 1e6,
      )} MB). Then: ${again}.`,
      target: `Caches ${caches
        .map(cache => cache.key)
        .join(', ')} of ${branch}. ${describeTarget(target)}`,
      worstCase:
        'It fails again, and the next builds of the branch take longer until the caches are filled.',
      undo: 'The next build that passes fills the caches again; nothing is lost.',
      minutes: minutesOf(failure.jobs),
    };
  }

  async observe(step: TreatmentStep): Promise<Facts> {
    const { target, signal } = step;
    const { caches, key, then } = step.parameters as RebuildParameters;
    const { project, branch = '' } = target;
    const there = await partOf(this.#context, target, 'caches').list({
      ...{ project, branch, key, signal },
    });
    const ids = there.map(({ cacheId }) => cacheId);
    const isStarted = then === 'dispatch' && step.stage >= caches.length;
    return {
      run: await this.#reruns.observe(target, signal),
      left: caches
        .map(({ cacheId }) => cacheId)
        .filter(cacheId => ids.includes(cacheId)),
      started: isStarted ? await this.#started(step) : undefined,
    };
  }

  readiness(step: TreatmentStep, observed: TreatmentFacts): TreatmentReadiness {
    const { run, left, started } = observed as Facts;
    if (started) {
      return { kind: 'done', reason: 'It was started already' };
    }
    const readiness = this.#reruns.readiness(plannedRun(step), run);
    const cache = this.#cacheOf(step);
    return readiness.kind === 'ready' && cache && !left.includes(cache.cacheId)
      ? { kind: 'done', reason: 'The cache is gone already' }
      : readiness;
  }

  prepare(step: TreatmentStep): Promise<PreparedEffect> {
    const { target, remediationId } = step;
    const { project, branch = '', workflow = '' } = target;
    const { then, correlationInput } = step.parameters as RebuildParameters;
    const cache = this.#cacheOf(step);
    if (cache) {
      const { cacheId } = cache;
      return partOf(this.#context, target, 'caches').prepareDelete({
        ...{ project, cacheId },
      });
    }
    return then === 'rerun'
      ? this.#reruns.prepare(target)
      : this.#dispatches.prepare(target, {
          ...{ workflow, branch },
          inputs: {
            [correlationInput]: Dispatches.correlationId(remediationId),
          },
        });
  }

  traceOf(step: TreatmentStep, receipt: { runId?: string }): TreatmentFacts {
    const cache = this.#cacheOf(step);
    if (cache) {
      return { deleted: cache.key };
    }
    return (step.parameters as RebuildParameters).then === 'rerun'
      ? this.#reruns.traceOf(step)
      : { runId: receipt.runId };
  }

  find(step: TreatmentStep, observed: TreatmentFacts): TreatmentFinding {
    const { run, left, started } = observed as Facts;
    const cache = this.#cacheOf(step);
    if (cache) {
      return left.includes(cache.cacheId)
        ? { kind: 'unchanged' }
        : { kind: 'happened', trace: { deleted: cache.key } };
    }
    return (step.parameters as RebuildParameters).then === 'rerun'
      ? this.#reruns.find(plannedRun(step), run)
      : findDispatched(started);
  }

  outcome(
    step: TreatmentStep,
    observed: TreatmentFacts,
  ): TreatmentOutcome | undefined {
    const { run, started } = observed as Facts;
    return (step.parameters as RebuildParameters).then === 'rerun'
      ? this.#reruns.outcome(plannedRun(step).attempt + 1, run)
      : outcomeOfDispatched(started);
  }

  latestActionMs(step: TreatmentStep): number {
    const { then } = step.parameters as RebuildParameters;
    return this.#cacheOf(step) || then === 'rerun'
      ? effectsOf(this.#context, step.target).latestActionMs
      : this.#dispatches.latestActionMs(step.target);
  }

  #cacheOf({ parameters, stage }: TreatmentStep) {
    return (parameters as RebuildParameters).caches[stage];
  }

  async #started(step: TreatmentStep): Promise<DispatchedRun | undefined> {
    const { target, remediationId, signal } = step;
    const { workflow = '', branch } = target;
    const correlationId = Dispatches.correlationId(remediationId);
    const query = { workflow, branch, correlationId };
    return (await this.#dispatches.find(target, query, signal))[0];
  }
}
