import {
  DispatchedRun,
  TreatmentContext,
  TreatmentFinding,
  TreatmentOutcome,
  TreatmentTarget,
} from '@ci-medic/plugin-ci-medic-node';
import { partOf } from './effectsOf';

/**
 * Starting a workflow with a correlation id, by which its run is found again.
 */
export class Dispatches {
  readonly #context: TreatmentContext;

  constructor(context: TreatmentContext) {
    this.#context = context;
  }

  /** Names what one remediation starts. */
  static correlationId(remediationId: string, part = ''): string {
    return `ci-medic-${remediationId}${part && `-${part}`}`;
  }

  prepare(
    target: TreatmentTarget,
    start: { workflow: string; branch: string; inputs: Record<string, string> },
  ) {
    const { project } = target;
    return this.#workflows(target).prepareDispatch({ project, ...start });
  }

  async find(
    target: TreatmentTarget,
    query: { workflow: string; branch?: string; correlationId: string },
    signal?: AbortSignal,
  ): Promise<DispatchedRun[]> {
    const { project } = target;
    return this.#workflows(target).findRuns({ project, ...query, signal });
  }

  /** Runs of a workflow that wait or run. */
  async active(
    target: TreatmentTarget,
    workflow: string,
    signal?: AbortSignal,
  ): Promise<DispatchedRun[]> {
    const { project } = target;
    return this.#workflows(target).activeRuns({ project, workflow, signal });
  }

  latestActionMs(target: TreatmentTarget): number {
    return this.#workflows(target).latestRunMs;
  }

  #workflows(target: TreatmentTarget) {
    return partOf(this.#context, target, 'workflows');
  }
}

/** Whether a run was started. */
export function findDispatched(
  run: DispatchedRun | undefined,
): TreatmentFinding {
  return run
    ? { kind: 'happened', trace: { runId: run.runId } }
    : { kind: 'unchanged' };
}

/** How a run that was started ended. */
export function outcomeOfDispatched(
  run: DispatchedRun | undefined,
): TreatmentOutcome | undefined {
  if (!run || run.status !== 'completed') {
    return undefined;
  }
  return run.conclusion === 'success'
    ? { succeeded: true, reason: `Run ${run.runId} passed` }
    : {
        succeeded: false,
        reason: `Run ${run.runId} ended with ${run.conclusion ?? 'nothing'}`,
      };
}
