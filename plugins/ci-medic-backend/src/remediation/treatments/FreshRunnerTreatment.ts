import { ConflictError } from '@backstage/errors';
import {
  CiRunner,
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
} from '@ci-medic/plugin-ci-medic-node';
import { effectsOf, partOf } from './effectsOf';
import {
  describeTarget,
  minutesOf,
  plannedRun,
  Reruns,
  RunFactsNow,
} from './Reruns';
import { describeRunner, RunnerParameters, sameLabels } from './runners';
import { namesOf } from './words';

type Facts = RunFactsNow & {
  runner?: CiRunner;
  /** Runners of the new attempt. */
  used?: string[];
};

/**
 * Takes the machine that is suspected out of service by its labels, then runs the failed jobs again on another one.
 */
export class FreshRunnerTreatment implements Treatment {
  readonly action = 'fresh-runner';
  readonly title = 'Rerun on another runner';
  readonly verification =
    'The new attempt passes on another runner, and later jobs there do not fail alike';
  readonly rerunsJobs = true;
  readonly undoneBy = {
    action: 'return-runner',
    title: 'Give the runner its labels back',
  };

  readonly #context: TreatmentContext;
  readonly #reruns: Reruns;

  constructor(context: TreatmentContext) {
    this.#context = context;
    this.#reruns = new Reruns(context);
  }

  async propose({
    target,
    failure,
    signal,
  }: Parameters<Treatment['propose']>[0]): Promise<TreatmentProposal> {
    const names = [
      ...new Set(failure.jobs.flatMap(({ runner }) => runner ?? [])),
    ];
    if (names.length !== 1) {
      throw new ConflictError(
        names.length === 0
          ? 'The CI system does not say on which runner it failed'
          : `It failed on ${names.length} runners, so none of them is to blame`,
      );
    }
    const runner = await this.#runner({ target, name: names[0], signal });
    if (!runner) {
      throw new ConflictError(`${names[0]} is no runner of one's own`);
    }
    if (runner.labels.length === 0) {
      throw new ConflictError(`${runner.name} is out of service already`);
    }
    const run = await this.#reruns.plan(target, signal);
    const { name, runnerId, labels } = runner;
    const parameters: RunnerParameters = { runner: name, runnerId, labels };
    return {
      parameters,
      observed: { run, runner: { ...runner, isBusy: false } },
      stages: [
        `Take the labels ${labels.join(', ')} off the runner ${name}`,
        'Run the failed jobs again',
      ],
      what: `The runner ${name} gets no more jobs, because its labels ${labels.join(
        ', ',
      )} are taken off. A job that is running there ends undisturbed. Then runs again: ${namesOf(
        failure.jobs,
      )}.`,
      target: `${describeRunner(parameters, target)}. ${describeTarget(
        target,
      )}`,
      worstCase:
        'The runner was not to blame: there is one less, so others wait longer, and the jobs fail again.',
      undo: 'Give the runner its labels back, here with one click.',
      minutes: minutesOf(failure.jobs),
    };
  }

  async observe(step: TreatmentStep): Promise<Facts> {
    const { target, parameters, stage, signal } = step;
    const { runner: name } = parameters as RunnerParameters;
    const run = await this.#reruns.observe(target, signal);
    const runner = await this.#runner({ target, name, signal });
    const isDone = stage === 2 && run.status === 'completed';
    return { run, runner, used: isDone ? await this.#used(step) : undefined };
  }

  readiness(step: TreatmentStep, observed: TreatmentFacts): TreatmentReadiness {
    const { run, runner } = observed as Facts;
    const { labels, runner: name } = step.parameters as RunnerParameters;
    const readiness = this.#reruns.readiness(plannedRun(step), run);
    if (readiness.kind !== 'ready') {
      return readiness;
    }
    if (!runner) {
      return { kind: 'stale', reason: `The runner ${name} is gone` };
    }
    const isAsItShouldBe =
      step.stage === 0
        ? sameLabels(runner.labels, labels)
        : runner.labels.length === 0;
    return isAsItShouldBe
      ? { kind: 'ready' }
      : {
          kind: 'stale',
          reason: `Somebody changed the labels of the runner ${name}`,
        };
  }

  prepare({
    target,
    parameters,
    stage,
  }: TreatmentStep): Promise<PreparedEffect> {
    const { runnerId } = parameters as RunnerParameters;
    const { project } = target;
    return stage === 0
      ? partOf(this.#context, target, 'runners').prepareLabels({
          ...{ project, runnerId, labels: [] },
        })
      : this.#reruns.prepare(target);
  }

  traceOf(step: TreatmentStep): TreatmentFacts {
    return step.stage === 0
      ? { outOfService: true }
      : this.#reruns.traceOf(step);
  }

  find(step: TreatmentStep, observed: TreatmentFacts): TreatmentFinding {
    const { run, runner } = observed as Facts;
    if (step.stage > 0) {
      return this.#reruns.find(plannedRun(step), run);
    }
    const { labels } = step.parameters as RunnerParameters;
    if (runner?.labels.length === 0) {
      return { kind: 'happened', trace: { outOfService: true } };
    }
    return runner && sameLabels(runner.labels, labels)
      ? { kind: 'unchanged' }
      : { kind: 'unclear', reason: 'The labels of the runner are others' };
  }

  outcome(
    step: TreatmentStep,
    observed: TreatmentFacts,
  ): TreatmentOutcome | undefined {
    const { run, used = [] } = observed as Facts;
    const { runner } = step.parameters as RunnerParameters;
    const attempt = plannedRun(step).attempt + 1;
    const outcome = this.#reruns.outcome(attempt, run);
    if (!outcome) {
      return undefined;
    }
    if (used.includes(runner)) {
      return {
        succeeded: false,
        reason: `Attempt ${attempt} ran on ${runner} again`,
      };
    }
    const where = used.length > 0 ? ` on ${used.join(', ')}` : '';
    return { ...outcome, reason: `${outcome.reason}${where}` };
  }

  async aftermath(
    step: TreatmentStep,
    since: string,
  ): Promise<TreatmentAftermath> {
    const { remediationId } = step;
    const runners = await this.#used(step);
    const { ended, alike } = await this.#context.history.jobsOn({
      ...{ remediationId, runners, since },
    });
    const jobs = `${ended} later ${ended === 1 ? 'job' : 'jobs'} on ${
      runners.join(', ') || 'other runners'
    }`;
    return alike > 0
      ? {
          isWell: false,
          reason: `${alike} of ${jobs} failed alike, so the runner was not to blame`,
        }
      : { isWell: true, reason: `None of ${jobs} failed alike` };
  }

  latestActionMs({ target }: TreatmentStep): number {
    return effectsOf(this.#context, target).latestActionMs;
  }

  #runner(options: {
    target: TreatmentStep['target'];
    name: string;
    signal?: AbortSignal;
  }) {
    const { target, name, signal } = options;
    const { project } = target;
    return partOf(this.#context, target, 'runners').find({
      ...{ project, name, signal },
    });
  }

  async #used({ target, planned, signal }: TreatmentStep): Promise<string[]> {
    const { project, externalId: runId } = target;
    const attempt = (planned as RunFactsNow).run.attempt + 1;
    const jobs = await this.#context
      .provider(project.provider)
      .listJobs({ project, runId, attempt, signal });
    const names = jobs.flatMap(({ runner }) => runner.name ?? []);
    return [...new Set(names)].sort();
  }
}
