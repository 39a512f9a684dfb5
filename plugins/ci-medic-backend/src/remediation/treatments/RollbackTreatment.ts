import { ConflictError, InputError } from '@backstage/errors';
import {
  CiDeployment,
  DispatchedRun,
  PreparedEffect,
  Treatment,
  TreatmentAftermath,
  TreatmentContext,
  TreatmentFacts,
  TreatmentFinding,
  TreatmentOutcome,
  TreatmentProposal,
  TreatmentReadiness,
  TreatmentStep,
  TreatmentTarget,
} from '@ci-medic/plugin-ci-medic-node';
import { z } from 'zod';
import { Dispatches, findDispatched, outcomeOfDispatched } from './Dispatches';
import { partOf } from './effectsOf';

const wishSchema = z.strictObject({
  environment: z.string().min(1).default('production'),
  /** File of the workflow that deploys. */
  workflow: z.string().min(1).default('deploy.yml'),
  /** The branch that it is started on. */
  branch: z.string().min(1).default('main'),
  /** The input that takes the image or the version. */
  artifactInput: z.string().default('image'),
  correlationInput: z.string().default('correlation_id'),
});

type Resolved = z.infer<typeof wishSchema> & { artifact: string };

type Facts = TreatmentFacts & {
  /** Newest first. */
  deployments: CiDeployment[];
  started?: DispatchedRun;
  /** What else the workflow is at: what it will deploy cannot be seen yet. */
  active: string[];
};

type Planned = { newest: string };

/**
 * Deploys what was healthy before, by the entity's own workflow.
 */
export class RollbackTreatment implements Treatment {
  readonly action = 'rollback';
  readonly title = 'Roll back';
  readonly verification =
    'The deployment succeeds, and no series of the service becomes unusual';
  readonly needsPerson = true;

  readonly #context: TreatmentContext;
  readonly #dispatches: Dispatches;

  constructor(context: TreatmentContext) {
    this.#context = context;
    this.#dispatches = new Dispatches(context);
  }

  async propose({
    target,
    parameters,
    signal,
  }: Parameters<Treatment['propose']>[0]): Promise<TreatmentProposal> {
    const wish = wishSchema.safeParse(parameters);
    if (!wish.success) {
      throw new InputError(`rollback: ${z.prettifyError(wish.error)}`);
    }
    const { environment, workflow } = wish.data;
    const deployments = await this.#list(target, environment, signal);
    const [newest] = deployments;
    if (newest?.sha !== target.commitSha) {
      throw new ConflictError(
        newest
          ? `${environment} has another commit than the one that failed`
          : `Nothing was ever deployed to ${environment}`,
      );
    }
    const active = await this.#dispatches.active(target, workflow, signal);
    if (newest.state === 'in_progress' || active.length > 0) {
      throw new ConflictError(`A deployment to ${environment} is in progress`);
    }
    const healthy = deployments.find(
      ({ state, artifact }) =>
        artifact !== undefined &&
        artifact !== newest.artifact &&
        (state === 'success' || state === 'inactive'),
    );
    if (!healthy) {
      throw new ConflictError(
        `There is no healthy deployment to ${environment} to go back to`,
      );
    }
    const artifact = healthy.artifact!;
    const planned: Planned = { newest: newest.deploymentId };
    return {
      parameters: { ...wish.data, artifact },
      observed: planned,
      stages: [`Start ${workflow} with ${artifact}`],
      what: `Deploys ${artifact} (commit ${healthy.sha.slice(
        0,
        8,
      )}, healthy since ${healthy.createdAt
        .slice(0, 16)
        .replace('T', ' ')}) to ${environment} with ${workflow}, in place of ${
        newest.artifact ?? newest.sha.slice(0, 8)
      }.`,
      target: `${environment} of ${target.project.slug}`,
      worstCase: `What the newer version changed outside of itself, such as a migration of data, does not fit the older one, and ${environment} is worse off than before. What was new in it is gone until it is deployed again.`,
      undo: `Deploy ${
        newest.artifact ?? newest.sha.slice(0, 8)
      } again with ${workflow}.`,
      environment,
    };
  }

  async observe(step: TreatmentStep): Promise<Facts> {
    const { target, remediationId, signal } = step;
    const { environment, workflow } = step.parameters as Resolved;
    const correlationId = Dispatches.correlationId(remediationId);
    const [started] = await this.#dispatches.find(
      target,
      { workflow, correlationId },
      signal,
    );
    const deployments = await this.#list(target, environment, signal);
    const active = await this.#dispatches.active(target, workflow, signal);
    return {
      ...{ deployments, started },
      active: active
        .map(({ runId }) => runId)
        .filter(runId => runId !== started?.runId),
    };
  }

  readiness(step: TreatmentStep, observed: TreatmentFacts): TreatmentReadiness {
    const { deployments, started, active } = observed as Facts;
    const { newest } = step.planned as Planned;
    const { environment } = step.parameters as Resolved;
    if (started) {
      return { kind: 'done', reason: 'It was started already' };
    }
    if (deployments[0]?.state === 'in_progress' || active.length > 0) {
      const reason = `A deployment to ${environment} is in progress`;
      return { kind: 'stale', reason };
    }
    return deployments[0]?.deploymentId === newest
      ? { kind: 'ready' }
      : {
          kind: 'stale',
          reason: `There is a newer deployment to ${environment}`,
        };
  }

  prepare({
    target,
    parameters,
    remediationId,
  }: TreatmentStep): Promise<PreparedEffect> {
    const { workflow, branch, artifact, artifactInput, correlationInput } =
      parameters as Resolved;
    return this.#dispatches.prepare(target, {
      ...{ workflow, branch },
      inputs: {
        [artifactInput]: artifact,
        [correlationInput]: Dispatches.correlationId(remediationId),
      },
    });
  }

  traceOf(_step: TreatmentStep, { runId }: { runId?: string }): TreatmentFacts {
    return { runId };
  }

  find(_step: TreatmentStep, observed: TreatmentFacts): TreatmentFinding {
    return findDispatched((observed as Facts).started);
  }

  outcome(
    step: TreatmentStep,
    observed: TreatmentFacts,
  ): TreatmentOutcome | undefined {
    const { deployments, started } = observed as Facts;
    const { environment, artifact } = step.parameters as Resolved;
    const { newest } = step.planned as Planned;
    const before = deployments.findIndex(
      ({ deploymentId }) => deploymentId === newest,
    );
    const ours = deployments
      .slice(0, before < 0 ? undefined : before)
      .find(deployment => deployment.artifact === artifact);
    if (ours?.state === 'success' || ours?.state === 'inactive') {
      return {
        succeeded: true,
        reason: `${environment} runs ${artifact} again`,
      };
    }
    if (ours?.state === 'failure') {
      const reason = `The deployment of ${artifact} to ${environment} failed`;
      return { succeeded: false, reason };
    }
    const ended = outcomeOfDispatched(started);
    return ended && !ended.succeeded ? ended : undefined;
  }

  async aftermath(
    { remediationId }: TreatmentStep,
    since: string,
  ): Promise<TreatmentAftermath> {
    const { series, findings } = await this.#context.history.unusualSince({
      ...{ remediationId, since },
    });
    const [first] = findings;
    return first === undefined
      ? {
          isWell: true,
          reason: `None of ${series} series with newer figures became unusual`,
        }
      : { isWell: false, reason: first };
  }

  latestActionMs({ target }: TreatmentStep): number {
    return this.#dispatches.latestActionMs(target);
  }

  #list(target: TreatmentTarget, environment: string, signal?: AbortSignal) {
    const { project } = target;
    return partOf(this.#context, target, 'deployments').list({
      ...{ project, environment, signal },
    });
  }
}
