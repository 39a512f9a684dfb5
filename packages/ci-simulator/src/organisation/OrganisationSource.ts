import { Readable } from 'stream';
import { JobContext, JobExecution, JobSource } from '../engine/JobSource';
import { chanceOf, Random } from '../engine/random';
import { Timeline } from '../engine/Timeline';
import { zipFiles } from '../recordings/zipFiles';
import { Artifact, Runner, Step } from '../world/model';
import { addPassingTests } from './addPassingTests';
import { ServicePlan } from './blueprint';
import { Cause, symptoms } from './causes';
import { Fragment, FragmentLibrary } from './FragmentLibrary';
import { ownNames } from './ownNames';
import { PrintedStep, renderedLog } from './renderLog';
import { imageAt, Pool, RunnerPools } from './RunnerPools';
import { ServiceState } from './ServiceState';
import { timeTests } from './timeTests';
import { Truth } from './Truth';
import { JobPlan, StepPlan } from './workflowFiles';

/** How long each part of a job takes, in seconds. */
const seconds: Record<StepPlan['part'], number> = {
  ...{ checkout: 3, setup: 6, install: 28, lint: 18, build: 46, unit: 75 },
  ...{ integration: 110, package: 26, deploy: 55, smoke: 9, upload: 2 },
};

type Failure = { fragment: Fragment; cause: Cause };

/** The recording that a cause shows itself with each time. */
const indexOf = ({ id }: Cause, count: number) =>
  Math.floor(chanceOf('fragment', id) * count);

/** Decides how the organisation's jobs go, from what is true at that moment. */
export class OrganisationSource implements JobSource {
  readonly pools: RunnerPools;
  readonly #timeline: Timeline;
  readonly #truth: Truth;
  readonly #library: FragmentLibrary;
  readonly #seed: string;
  readonly #services: Map<string, ServiceState>;
  #nextArtifactId = 1_700_000_001;

  private constructor(options: {
    timeline: Timeline;
    truth: Truth;
    library: FragmentLibrary;
    seed: string;
    services: Map<string, ServiceState>;
  }) {
    this.#timeline = options.timeline;
    this.#truth = options.truth;
    this.#library = options.library;
    this.#seed = options.seed;
    this.#services = options.services;
    this.pools = RunnerPools.create(options.timeline);
  }

  static create(options: {
    timeline: Timeline;
    truth: Truth;
    library: FragmentLibrary;
    seed: string;
    services: Map<string, ServiceState>;
  }): OrganisationSource {
    return new OrganisationSource(options);
  }

  acquire(context: JobContext, granted: (runner: Runner) => void): void {
    const { job } = context;
    this.pools.acquire(job.labels ?? [], `${this.#seed} ${job.id}`, granted);
  }

  release(_context: JobContext, runner: Runner | undefined): void {
    if (runner) {
      this.pools.release(runner.name);
    }
  }

  execute(context: JobContext, runner: Runner): JobExecution {
    const { repository, run, attempt, job } = context;
    const service = this.#services.get(repository.name)!;
    const file = run.workflow.path.split('/').at(-1)!;
    const plan = service.pipelines[file].find(({ name }) => name === job.name)!;
    const start = this.#timeline.now();
    const random = Random.create(this.#seed, 'job', job.id);
    const pool = this.pools.byName(runner.name)!.pool;
    const causes: Cause[] = [];
    const steps: Step[] = [];
    const printed: PrintedStep[] = [];
    const artifacts: Artifact[] = [];
    let clock = start + random.whole(1200, 2600);
    let isFailed = false;
    let report: Fragment['report'];
    const add = (name: string, milliseconds: number, isSkipped = false) => {
      const step: Step = {
        ...{ number: steps.length + 1, name, startedAt: clock },
        conclusion: isSkipped ? 'skipped' : 'success',
        completedAt: clock + (isSkipped ? 0 : milliseconds),
      };
      clock = step.completedAt!;
      steps.push(step);
      return step;
    };
    steps.push({
      ...{ number: 1, name: 'Set up job', conclusion: 'success' },
      ...{ startedAt: start, completedAt: clock },
    });
    const slow = this.#slowness(service, context, pool);
    for (const each of plan.steps) {
      const isUpload = each.part === 'upload';
      if (isFailed && !(isUpload && report)) {
        add(each.name, 0, true);
        continue;
      }
      const failure = isFailed
        ? undefined
        : this.#judge({ service, context, runner, pool, plan, step: each });
      const factors = slow.filter(({ part }) => part === each.part);
      const factor = factors.reduce((all, one) => all * one.factor, 1);
      causes.push(...factors.map(({ cause }) => cause));
      const noise = Math.max(0.6, random.normal(1, 0.09));
      const whole =
        seconds[each.part] * 1000 * noise * factor * speedOf(service);
      const length = failure ? whole * random.between(0.3, 1.05) : whole;
      const step = add(each.name, Math.round(length));
      const fragment =
        failure?.fragment ?? this.#passing(service.plan, each, job.id);
      if (failure) {
        isFailed = true;
        step.conclusion = 'failure';
        causes.unshift(failure.cause);
      }
      const own = this.#reportOf(service, each, fragment);
      if (own) {
        const text = timeTests(own.text, length, `${job.id}`);
        report = { ...own, text };
      }
      printed.push({ step, command: each.name.replace('Run ', ''), fragment });
    }
    add('Complete job', 400);
    if (report && plan.steps.some(({ part }) => part === 'upload')) {
      artifacts.push(this.#artifact(service.plan, report, job.name, clock));
    }
    const conclusion = isFailed ? 'failure' : 'success';
    if (causes.length > 0) {
      this.#truth.addJob({
        ...{ run: run.id, attempt: attempt.attempt, job: job.id, conclusion },
        ...{ jobName: job.name, repository: service.slug },
        causes: [...new Set(causes.map(({ id }) => id))],
      });
    }
    if (!isFailed) {
      this.#cache(service, run.branch, run.sha);
    }
    return {
      milliseconds: clock - start,
      ...{ conclusion, steps, artifacts },
      log: renderedLog({
        ...{ service: service.plan, seed: `${this.#seed} ${job.id}` },
        ...{ job: job.name, runner: runner.name },
        ...{ image: imageAt(pool, start), startedAt: start, steps: printed },
      }),
    };
  }

  /** Whether a step fails, and of what. */
  #judge(options: {
    service: ServiceState;
    context: JobContext;
    runner: Runner;
    pool: Pool;
    plan: JobPlan;
    step: StepPlan;
  }): Failure | undefined {
    const { service, context, runner, pool, plan, step } = options;
    const { run, job, attempt } = context;
    const now = this.#timeline.now();
    const { part } = step;
    const built = run.inputs?.image && service.commitOf(run.inputs.image);
    const state = service.stateOf(built || run.sha);
    const show = (cause: Cause, fragment: string): Failure | undefined => {
      const found = this.#library.find(service.plan.stack, part, fragment);
      return found.length > 0
        ? { cause, fragment: found[indexOf(cause, found.length)] }
        : undefined;
    };
    for (const cause of this.#truth.activeAt(now)) {
      const applies =
        cause.repositories.includes(service.slug) &&
        (cause.runner ?? runner.name) === runner.name &&
        (cause.pool ?? pool) === pool;
      if (!applies) {
        continue;
      }
      if (cause.kind === 'upstream_release' && state.pins.includes(cause.id)) {
        continue;
      }
      for (const symptom of cause.symptoms ?? symptoms[cause.kind] ?? []) {
        const chance = chanceOf(
          this.#seed,
          cause.id,
          job.id,
          part,
          symptom.fragment,
        );
        if (symptom.step === part && chance < symptom.probability) {
          const failure = show(cause, symptom.fragment);
          if (failure) {
            return failure;
          }
        }
      }
    }
    for (const defect of state.defects) {
      if (defect.step === part && (defect.job ?? plan.name) === plan.name) {
        const failure = show(defect.cause, defect.fragment);
        if (failure) {
          return failure;
        }
      }
    }
    const hour = new Date(now).getUTCHours();
    for (const { cause, step: where, fragment } of service.flakes) {
      const isThere =
        where === part &&
        (cause.pool ?? pool) === pool &&
        now < (cause.until ?? Infinity) &&
        attempt.attempt <= (cause.firstAttempts ?? Infinity) &&
        (!cause.hours || isWithin(hour, cause.hours));
      const chance = chanceOf(this.#seed, cause.id, job.id);
      if (isThere && chance < (cause.rate ?? 0)) {
        return show(cause, fragment);
      }
    }
    return undefined;
  }

  #slowness(service: ServiceState, { run }: JobContext, pool: Pool) {
    const ofImage = this.#truth
      .activeAt(this.#timeline.now())
      .filter(
        ({ kind, pool: of, repositories }) =>
          kind === 'slow_down' &&
          of === pool &&
          repositories.includes(service.slug),
      )
      .flatMap(cause =>
        ['build', 'unit', 'integration'].map(part => ({
          ...{ part, cause, factor: 1 + (cause.rate ?? 0.6) },
        })),
      );
    return [...service.stateOf(run.sha).slowness, ...ofImage];
  }

  /** With the tests that come and go in this step, where all tests ran. */
  #reportOf(
    { plan, flakes }: ServiceState,
    { part }: StepPlan,
    fragment: Fragment | undefined,
  ): Fragment['report'] {
    if (!fragment?.report || !/^(?:pass|flaky)/.test(fragment.cause)) {
      return fragment?.report;
    }
    const { name, text } = fragment.report;
    const others = flakes
      .filter(({ step }) => step === part)
      .flatMap(({ cause, fragment: kind }) => {
        const found = this.#library.find(plan.stack, part, kind);
        return found[indexOf(cause, found.length)]?.report?.text ?? [];
      });
    return { name, text: addPassingTests(text, others) };
  }

  #passing(
    plan: ServicePlan,
    { part }: StepPlan,
    jobId: number,
  ): Fragment | undefined {
    const found = this.#library.find(plan.stack, part, 'pass');
    return found[Math.floor(chanceOf('pass', jobId, part) * found.length)];
  }

  #artifact(
    plan: ServicePlan,
    report: { name: string; text: string },
    job: string,
    at: number,
  ): Artifact {
    const text = () => ownNames(plan)(report.text);
    const file = {
      name: report.name,
      open: async () => Readable.from([Buffer.from(text())]),
    };
    return {
      ...{ id: this.#nextArtifactId++, name: `test-report-${job}` },
      ...{ createdAt: at, size: report.text.length },
      archive: { open: async () => zipFiles([file], at) },
    };
  }

  #cache(service: ServiceState, branch: string, sha: string): void {
    const { caches = [] } = service.repository;
    const { stack } = service.plan;
    const lock = [...(service.history.tree(sha) ?? [])].find(([path]) =>
      /lock|go\.sum|requirements|pom\.xml/.test(path),
    );
    const key = `${stack}-${(lock?.[1] ?? sha).slice(0, 16)}`;
    const ref = `refs/heads/${branch}`;
    const now = this.#timeline.now();
    const known = caches.find(each => each.key === key && each.ref === ref);
    if (known) {
      known.usedAt = now;
      return;
    }
    caches.push({
      id: this.#nextArtifactId++,
      ...{ ref, key, createdAt: now, usedAt: now },
      version: (lock?.[1] ?? sha).repeat(2).slice(0, 64),
      size: 20_000_000 + Math.floor(chanceOf('size', key) * 200_000_000),
    });
    if (caches.length > 40) {
      caches.shift();
    }
  }
}

/** Some services are larger than others. */
function speedOf({ plan }: ServiceState): number {
  return 0.7 + chanceOf('speed', plan.name) * 0.9;
}

function isWithin(hour: number, [from, to]: [number, number]): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}
