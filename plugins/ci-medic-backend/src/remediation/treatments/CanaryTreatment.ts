import { ConflictError, InputError } from '@backstage/errors';
import {
  DispatchedRun,
  EffectReceipt,
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
import {
  canaryStages,
  CanaryStage,
  describeStage,
  sides,
} from './canaryStages';
import { Dispatches, findDispatched } from './Dispatches';
import { effectsOf, partOf } from './effectsOf';
import { judgeRuns } from './judgeRuns';
import { minutesOf } from './Reruns';

const wishSchema = z.strictObject({
  /** How often each of the two commits is run. */
  times: z.number().int().min(3).max(20).default(5),
  /** Labels of the runners that it may use; those of the workflow when missing. */
  runnerLabels: z.array(z.string().min(1)).min(1).optional(),
  runnerInput: z.string().default('runner'),
  correlationInput: z.string().default('correlation_id'),
});

const DEPLOYING = /deploy|release|publish/i;

type Resolved = z.infer<typeof wishSchema> & {
  workflow: string;
  /** Of the suspect and of its parent. */
  sha: Record<(typeof sides)[number], string>;
  branch: Record<(typeof sides)[number], string>;
};

type Facts = TreatmentFacts & {
  head?: string;
  runs: DispatchedRun[];
  /** Another one that was begun by the time that this would begin. */
  before?: { reason: string };
};

/**
 * Runs a suspect commit and its parent several times, on branches of their own, and compares how often they fail.
 */
export class CanaryTreatment implements Treatment {
  readonly action = 'canary';
  readonly title = 'Compare the suspect with its parent';
  readonly verification = 'Enough runs of both commits tell them apart';

  readonly #context: TreatmentContext;
  readonly #dispatches: Dispatches;

  constructor(context: TreatmentContext) {
    this.#context = context;
    this.#dispatches = new Dispatches(context);
  }

  async propose({
    remediationId,
    target,
    failure,
    parameters,
    signal,
  }: Parameters<Treatment['propose']>[0]): Promise<TreatmentProposal> {
    const wish = wishSchema.safeParse(parameters);
    if (!wish.success) {
      throw new InputError(`canary: ${z.prettifyError(wish.error)}`);
    }
    const { project, workflow } = target;
    const suspect = failure.suspectSha ?? target.commitSha;
    if (!workflow || DEPLOYING.test(workflow)) {
      throw new ConflictError(
        `A canary never runs what may deploy: ${workflow ?? 'unknown'}`,
      );
    }
    const before = await this.#context.history.canaryOf({
      ...{ project, sha: suspect, remediationId },
    });
    if (before) {
      throw new ConflictError(alreadyCompared(suspect, before));
    }
    partOf(this.#context, target, 'workflows');
    const refs = partOf(this.#context, target, 'refs');
    const parent = await refs.parentOf({ project, sha: suspect, signal });
    if (!parent) {
      throw new ConflictError(
        `The commit ${suspect.slice(0, 8)} has no parent`,
      );
    }
    const name = `ci-medic/canary/${remediationId.slice(0, 12)}`;
    const resolved: Resolved = {
      ...{ ...wish.data, workflow },
      sha: { suspect, parent },
      branch: { suspect: `${name}-suspect`, parent: `${name}-parent` },
    };
    const { times } = resolved;
    const minutes = minutesOf(failure.jobs);
    return {
      parameters: resolved,
      observed: {},
      stages: canaryStages(times).map(stage => describeStage(stage, resolved)),
      what: `Runs ${workflow} ${times} times at the suspect ${suspect.slice(
        0,
        8,
      )} and ${times} times at its parent ${parent.slice(
        0,
        8,
      )}, on branches of its own that are deleted afterwards. Nothing is deployed.`,
      target: `${project.slug}, commits ${suspect.slice(
        0,
        8,
      )} and ${parent.slice(0, 8)}`,
      worstCase:
        'It uses runners for nothing: the two commits cannot be told apart. Workflows that run for every branch run for these, too.',
      undo: `Delete the branches ${name}-suspect and ${name}-parent, if it was stopped half-way; cancel their runs.`,
      minutes: minutes === undefined ? undefined : minutes * 2 * times,
    };
  }

  async observe(step: TreatmentStep): Promise<Facts> {
    const { target, remediationId, signal } = step;
    const resolved = step.parameters as Resolved;
    const { branch, workflow } = resolved;
    const { project } = target;
    const stage = stageOf(step);
    const runs = await this.#dispatches.find(
      target,
      { workflow, correlationId: Dispatches.correlationId(remediationId) },
      signal,
    );
    const head =
      stage &&
      (await partOf(this.#context, target, 'refs').head({
        ...{ project, branch: branch[stage.side], signal },
      }));
    const before =
      step.stage === 0
        ? await this.#context.history.canaryOf({
            ...{ project, sha: resolved.sha.suspect, remediationId },
          })
        : undefined;
    return { head, runs, before };
  }

  readiness(step: TreatmentStep, observed: TreatmentFacts): TreatmentReadiness {
    const { head, runs, before } = observed as Facts;
    const { sha, branch } = step.parameters as Resolved;
    const stage = stageOf(step)!;
    if (before) {
      return { kind: 'stale', reason: alreadyCompared(sha.suspect, before) };
    }
    const isOver = runs.every(({ status }) => status === 'completed');
    if (stage.does === 'delete' && !isOver) {
      return { kind: 'wait', reason: 'The runs of the canary are awaited' };
    }
    const finding = this.find(step, observed);
    if (finding.kind === 'happened') {
      return { kind: 'done', reason: 'It was done already' };
    }
    const isStale =
      finding.kind === 'unclear' ||
      (stage.does === 'dispatch' && head !== sha[stage.side]);
    return isStale
      ? { kind: 'stale', reason: `Somebody changed ${branch[stage.side]}` }
      : { kind: 'ready' };
  }

  prepare(step: TreatmentStep): Promise<PreparedEffect> {
    const { target } = step;
    const { project } = target;
    const { side, does } = stageOf(step)!;
    const resolved = step.parameters as Resolved;
    const { sha, workflow, runnerLabels, runnerInput } = resolved;
    const branch = resolved.branch[side];
    const refs = partOf(this.#context, target, 'refs');
    switch (does) {
      case 'create':
        return refs.prepareCreate({ project, branch, sha: sha[side] });
      case 'delete':
        return refs.prepareDelete({ project, branch });
      default:
        return this.#dispatches.prepare(target, {
          ...{ workflow, branch },
          inputs: {
            [resolved.correlationInput]: correlationOf(step),
            ...(runnerLabels && {
              [runnerInput]: JSON.stringify(runnerLabels),
            }),
          },
        });
    }
  }

  traceOf(step: TreatmentStep, { runId }: EffectReceipt): TreatmentFacts {
    const { side, does } = stageOf(step)!;
    return does === 'dispatch' ? { side, runId } : { side, does };
  }

  find(step: TreatmentStep, observed: TreatmentFacts): TreatmentFinding {
    const { head, runs } = observed as Facts;
    const { sha } = step.parameters as Resolved;
    const { side, does } = stageOf(step)!;
    if (does === 'dispatch') {
      const correlation = correlationOf(step);
      return findDispatched(runs.find(({ title }) => title === correlation));
    }
    const isDone = does === 'create' ? head === sha[side] : head === undefined;
    if (isDone) {
      return { kind: 'happened', trace: { side, does } };
    }
    const isUntouched =
      does === 'create' ? head === undefined : head === sha[side];
    return isUntouched
      ? { kind: 'unchanged' }
      : { kind: 'unclear', reason: 'The branch has another commit' };
  }

  outcome(
    step: TreatmentStep,
    observed: TreatmentFacts,
  ): TreatmentOutcome | undefined {
    const { runs } = observed as Facts;
    const { sha, times } = step.parameters as Resolved;
    return judgeRuns({
      ...{ sha: sha.suspect, times },
      ...{ suspect: runsOf(runs, 'suspect'), parent: runsOf(runs, 'parent') },
    });
  }

  latestActionMs(step: TreatmentStep): number {
    return stageOf(step)?.does === 'dispatch'
      ? this.#dispatches.latestActionMs(step.target)
      : effectsOf(this.#context, step.target).latestActionMs;
  }
}

function alreadyCompared(sha: string, { reason }: { reason: string }): string {
  return `A canary of ${sha.slice(0, 8)} was begun today already: ${reason}`;
}

function stageOf({
  parameters,
  stage,
}: TreatmentStep): CanaryStage | undefined {
  return canaryStages((parameters as Resolved).times)[stage];
}

/** Names one run of one side. */
function correlationOf(step: TreatmentStep): string {
  const { side, number } = stageOf(step)!;
  return Dispatches.correlationId(step.remediationId, `${side}-${number}`);
}

function runsOf(runs: DispatchedRun[], side: string): DispatchedRun[] {
  return runs.filter(({ title }) => title.includes(`-${side}-`));
}
