import { ConflictError, InputError } from '@backstage/errors';
import {
  CiRunner,
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
import { effectsOf, partOf } from './effectsOf';
import { describeRunner, RunnerParameters, sameLabels } from './runners';

type Facts = TreatmentFacts & { runner?: CiRunner };

/**
 * Gives a runner back the labels that were taken off: the way back from a fresh runner.
 */
export class ReturnRunnerTreatment implements Treatment {
  readonly action = 'return-runner';
  readonly title = 'Give the runner its labels back';
  readonly verification = 'The runner has its labels';

  readonly #context: TreatmentContext;

  constructor(context: TreatmentContext) {
    this.#context = context;
  }

  async propose({
    target,
    parameters,
    signal,
  }: Parameters<Treatment['propose']>[0]): Promise<TreatmentProposal> {
    const { runner: name, runnerId, labels } = parameters as RunnerParameters;
    if (!name || !runnerId || !labels?.length) {
      throw new InputError('Only what was taken off can be given back');
    }
    const { runner } = await this.#look({ target, name, signal });
    if (!runner) {
      throw new ConflictError(`The runner ${name} is gone`);
    }
    if (runner.labels.length > 0) {
      throw new ConflictError(`The runner ${name} has labels already`);
    }
    return {
      parameters: { runner: name, runnerId, labels },
      observed: { runner: { ...runner, isBusy: false } },
      stages: [`Give the runner ${name} the labels ${labels.join(', ')}`],
      what: `The runner ${name} gets the labels ${labels.join(
        ', ',
      )} back, and with them jobs.`,
      target: describeRunner(parameters as RunnerParameters, target),
      worstCase: 'The machine is still broken, and jobs fail on it.',
      undo: 'Take the labels off again.',
      minutes: 0,
    };
  }

  observe({ target, parameters, signal }: TreatmentStep): Promise<Facts> {
    const { runner: name } = parameters as RunnerParameters;
    return this.#look({ target, name, signal });
  }

  readiness(step: TreatmentStep, observed: TreatmentFacts): TreatmentReadiness {
    const finding = this.find(step, observed);
    switch (finding.kind) {
      case 'happened':
        return { kind: 'done', reason: 'The runner has its labels already' };
      case 'unchanged':
        return { kind: 'ready' };
      default:
        return { kind: 'stale', reason: finding.reason };
    }
  }

  prepare({ target, parameters }: TreatmentStep): Promise<PreparedEffect> {
    const { runnerId, labels } = parameters as RunnerParameters;
    const { project } = target;
    return partOf(this.#context, target, 'runners').prepareLabels({
      ...{ project, runnerId, labels },
    });
  }

  traceOf(): TreatmentFacts {
    return { inService: true };
  }

  find(step: TreatmentStep, observed: TreatmentFacts): TreatmentFinding {
    const { runner } = observed as Facts;
    const { labels, runner: name } = step.parameters as RunnerParameters;
    if (runner && sameLabels(runner.labels, labels)) {
      return { kind: 'happened', trace: { inService: true } };
    }
    return runner?.labels.length === 0
      ? { kind: 'unchanged' }
      : {
          kind: 'unclear',
          reason: `Somebody changed the labels of the runner ${name}`,
        };
  }

  outcome(step: TreatmentStep, observed: TreatmentFacts): TreatmentOutcome {
    const { runner } = step.parameters as RunnerParameters;
    return this.find(step, observed).kind === 'happened'
      ? { succeeded: true, reason: `${runner} has its labels` }
      : { succeeded: false, reason: `${runner} does not have its labels` };
  }

  latestActionMs({ target }: TreatmentStep): number {
    return effectsOf(this.#context, target).latestActionMs;
  }

  async #look(options: {
    target: TreatmentStep['target'];
    name: string;
    signal?: AbortSignal;
  }): Promise<Facts> {
    const { target, name, signal } = options;
    const { project } = target;
    const runners = partOf(this.#context, target, 'runners');
    return { runner: await runners.find({ project, name, signal }) };
  }
}
