import { InputError } from '@backstage/errors';
import {
  PreparedEffect,
  Treatment,
  TreatmentContext,
  TreatmentFacts,
  TreatmentProposal,
  TreatmentStep,
} from '@ci-medic/plugin-ci-medic-node';
import {
  describeTarget,
  minutesOf,
  plannedRun,
  Reruns,
  RunFactsNow,
} from './Reruns';
import { namesOf } from './words';

/**
 * Runs the failed jobs of a run again, or one of them.
 */
export class RerunTreatment implements Treatment {
  readonly action = 'rerun';
  readonly title = 'Rerun failed jobs';
  readonly verification = 'The new attempt passes';
  readonly rerunsJobs = true;
  readonly endsWithAttempt = true;

  readonly #reruns: Reruns;

  constructor(context: TreatmentContext) {
    this.#reruns = new Reruns(context);
  }

  async propose({
    target,
    failure,
    parameters,
    signal,
  }: Parameters<Treatment['propose']>[0]): Promise<TreatmentProposal> {
    const { job: name } = parameters;
    const job = failure.jobs.find(each => each.name === name);
    if (name !== undefined && !job) {
      throw new InputError(`No job ${name} of the run failed`);
    }
    const jobs = job ? [job] : failure.jobs;
    const run = await this.#reruns.plan(target, signal);
    return {
      parameters: job ? { jobId: job.externalId, job: job.name } : {},
      observed: { run },
      stages: [
        job ? `Run the job ${job.name} again` : 'Run the failed jobs again',
      ],
      what: `${
        jobs.length > 0
          ? `Runs again: ${namesOf(jobs)}.`
          : 'Runs the jobs that failed again.'
      } Jobs that depend on them run again too.`,
      target: describeTarget(target),
      worstCase:
        'They fail again. What they did before they failed, such as publishing or deploying, is done a second time.',
      undo: 'Until the CI system is asked, it can be stopped here; then the new attempt can be cancelled there.',
      minutes: minutesOf(jobs),
    };
  }

  async observe({ target, signal }: TreatmentStep): Promise<RunFactsNow> {
    return { run: await this.#reruns.observe(target, signal) };
  }

  readiness(step: TreatmentStep, observed: TreatmentFacts) {
    return this.#reruns.readiness(plannedRun(step), runOf(observed));
  }

  prepare({ target, parameters }: TreatmentStep): Promise<PreparedEffect> {
    return this.#reruns.prepare(target, parameters.jobId as string | undefined);
  }

  traceOf(step: TreatmentStep): TreatmentFacts {
    return this.#reruns.traceOf(step);
  }

  find(step: TreatmentStep, observed: TreatmentFacts) {
    return this.#reruns.find(plannedRun(step), runOf(observed));
  }

  outcome({ traces }: TreatmentStep, observed: TreatmentFacts) {
    const attempt = traces[traces.length - 1].attempt as number;
    return this.#reruns.outcome(attempt, runOf(observed));
  }

  latestActionMs({ target }: TreatmentStep): number {
    return this.#reruns.latestActionMs(target);
  }
}

function runOf(observed: TreatmentFacts) {
  return (observed as RunFactsNow).run;
}
