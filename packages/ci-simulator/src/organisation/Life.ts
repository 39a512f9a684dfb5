import { JobOutline } from '../engine/JobSource';
import { chanceOf, Random } from '../engine/random';
import { RunEngine, RunEvent } from '../engine/RunEngine';
import { Timeline } from '../engine/Timeline';
import { Commit, PullRequest, Run } from '../world/model';
import { LocatedRun } from '../world/World';
import { teams, zones } from './blueprint';
import { Cause, CauseKind } from './causes';
import { commitFix } from './commitFix';
import { makeChange } from './makeChange';
import { mergeChange } from './mergeChange';
import { Deployments } from './Deployments';
import { poolLabels } from './RunnerPools';
import { ServiceState } from './ServiceState';
import { Truth } from './Truth';
import { afterWork } from './workingTime';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const DEPLOYER = 'deployer[bot]';

/** What starts a run. */
type Start = {
  service: ServiceState;
  file: 'ci.yml' | 'deploy.yml';
  event: string;
  branch: string;
  sha: string;
  actor: string;
  pull?: PullRequest;
  inputs?: Record<string, string>;
  forkOwner?: string;
};

/**
 * The people and robots of the organisation: they change code, merge, deploy,
 * rerun what failed by chance, repair what is broken, go back to what worked.
 */
export class Life {
  readonly #engine: RunEngine;
  readonly #truth: Truth;
  readonly #services: Map<string, ServiceState>;
  readonly #deployments: Deployments;
  readonly #random: Random;
  #nextRunId = 17_000_000_001;
  #defects = 0;

  private constructor(options: {
    engine: RunEngine;
    truth: Truth;
    services: Map<string, ServiceState>;
    deployments: Deployments;
    seed: string;
  }) {
    this.#engine = options.engine;
    this.#truth = options.truth;
    this.#services = options.services;
    this.#deployments = options.deployments;
    this.#random = Random.create(options.seed, 'life');
    this.#engine.onEvent(event => this.#react(event));
  }

  static create(options: {
    engine: RunEngine;
    truth: Truth;
    services: Map<string, ServiceState>;
    deployments: Deployments;
    seed: string;
  }): Life {
    return new Life(options);
  }

  /** From the first commits on. */
  begin(): void {
    for (const service of this.#services.values()) {
      this.#planChange(service);
      const night = Math.ceil(this.#timeline.now() / DAY_MS) * DAY_MS;
      const minute = Random.create(service.plan.name, 'night').whole(0, 59);
      this.#planNight(service, night + 2 * HOUR_MS + minute * MINUTE_MS);
    }
  }

  /** What came to the main branch is built. */
  push(service: ServiceState, commit: Commit): void {
    this.#build(service, commit, 'main');
  }

  /** Somebody brings a change to the main branch that is wrong in a certain way. */
  breakMain(service: ServiceState, kind: CauseKind): Cause {
    const { commit } = makeChange({
      ...{ service, truth: this.#truth, kind, now: this.#timeline.now() },
      ...{ base: service.history.tip('main')!, branch: () => 'main' },
      nextId: () => ++this.#defects,
    });
    this.push(service, commit);
    return this.#truth
      .causes()
      .find(cause => cause.commit?.sha === commit.sha)!;
  }

  /** Builds what the main branch has, as every night. */
  buildMain(service: ServiceState): Run {
    return this.start({
      ...{ service, file: 'ci.yml', event: 'schedule', branch: 'main' },
      sha: service.history.tip('main')!,
      actor: teams[service.plan.owner][0],
    });
  }

  /** Starts a run. */
  start(options: Start): Run {
    const { service, file, event, branch, sha, actor, pull, inputs } = options;
    const { forkOwner } = options;
    const { repository, plan } = service;
    const workflow = repository.workflows.find(({ path }) =>
      path.endsWith(`/${file}`),
    )!;
    const message = repository.commits.get(sha)?.message.split('\n', 1)[0];
    const run: Run = {
      id: this.#nextRunId++,
      number: service.nextRunNumber(file),
      ...{ workflow, event, branch, sha, actor, inputs, forkOwner },
      title:
        inputs?.correlation_id ?? (inputs ? workflow.name : message ?? 'CI'),
      ...{ pullRequests: pull ? [pull] : [], attempts: [] },
    };
    const labels = labelsOf(inputs?.runner) ?? poolLabels[plan.pool];
    const outlines = service.pipelines[file].map<JobOutline>(job => ({
      ...{ name: job.name, needs: job.needs, labels },
    }));
    this.#engine.startRun({ repository, run, outlines });
    return run;
  }

  get #timeline(): Timeline {
    return this.#engine.timeline;
  }

  #planChange(service: ServiceState): void {
    const mean = (10 * HOUR_MS) / service.plan.changes;
    const at = afterWork(
      this.#timeline.now(),
      service.random.waiting(mean) + 10 * MINUTE_MS,
      zones[service.plan.owner],
    );
    this.#timeline.at(at, () => {
      this.#change(service);
      this.#planChange(service);
    });
  }

  #planNight(service: ServiceState, at: number): void {
    this.#timeline.at(at, () => {
      this.buildMain(service);
      this.#planNight(service, at + DAY_MS);
    });
  }

  /** Somebody opens a pull request. */
  #change(service: ServiceState): void {
    const now = this.#timeline.now();
    const number = service.pullNumber++;
    const base = service.history.tip('main')!;
    const change = makeChange({
      ...{ service, truth: this.#truth, now, base },
      ...{ branch: (slug: string) => `${slug}-${number}` },
      nextId: () => ++this.#defects,
    });
    const { branch, commit } = change;
    const pull: PullRequest = {
      ...{ number, title: commit.message.split('\n', 1)[0] },
      head: { branch, sha: commit.sha },
      base: { branch: 'main', sha: base },
    };
    const author = commit.author.login!;
    service.repository.pulls!.set(number, { ...pull, author, createdAt: now });
    this.#build(service, commit, branch, pull);
  }

  #build(
    service: ServiceState,
    commit: Commit,
    branch: string,
    pull?: PullRequest,
  ): void {
    const known = pull && service.repository.pulls!.get(pull.number);
    const head = { branch, sha: commit.sha };
    if (known) {
      known.head = head;
    }
    this.start({
      ...{ service, file: 'ci.yml', event: pull ? 'pull_request' : 'push' },
      ...{ branch, sha: commit.sha, actor: commit.author.login! },
      pull: pull && { ...pull, head },
      // Now and then somebody from outside contributes.
      forkOwner:
        pull && chanceOf('fork', service.slug, pull.number) < 0.04
          ? 'friendly-contributor'
          : undefined,
    });
  }

  #react(event: RunEvent): void {
    if (event.job || event.action !== 'completed') {
      return;
    }
    const { run, attempt } = event;
    const service = this.#services.get(event.repository.name)!;
    const located = { repository: event.repository, run };
    const file = run.workflow.path.split('/').at(-1);
    if (attempt.conclusion === 'cancelled') {
      return;
    }
    const isGood = attempt.conclusion === 'success';
    if (run.event === 'pull_request') {
      const wait = this.#random.waiting(90 * MINUTE_MS) + 5 * MINUTE_MS;
      this.#later(service, wait, () =>
        isGood ? this.#merge(service, run) : this.#repair(service, located),
      );
    } else if (run.event === 'push' && isGood) {
      this.#timeline.after(this.#random.between(10_000, 60_000), () =>
        this.#deploy(service, run.sha, DEPLOYER),
      );
    } else if (!isGood && (run.event === 'push' || run.event === 'schedule')) {
      const wait = this.#random.waiting(50 * MINUTE_MS) + 8 * MINUTE_MS;
      this.#later(service, wait, () => this.#repair(service, located));
    } else if (!isGood && file === 'deploy.yml') {
      // Somebody is on call for deployments, at any hour.
      const wait = this.#random.waiting(35 * MINUTE_MS) + 12 * MINUTE_MS;
      this.#timeline.after(wait, () => this.#rescue(service, located));
    }
  }

  /** After so much work of the service's team. */
  #later(service: ServiceState, work: number, action: () => void): void {
    const zone = zones[service.plan.owner];
    this.#timeline.at(afterWork(this.#timeline.now(), work, zone), action);
  }

  #merge(service: ServiceState, run: Run): void {
    const now = this.#timeline.now();
    const commit = mergeChange(service, run, now);
    if (!commit) {
      return;
    }
    const [{ base }] = run.pullRequests;
    const before = service.stateOf(base.sha).slowness;
    for (const slow of service.stateOf(run.sha).slowness) {
      if (!before.includes(slow)) {
        slow.cause.commit = { repository: service.slug, sha: commit.sha };
        // Nobody notices at once that builds have become slower.
        const days = this.#random.between(1.5, 5) * 10 * HOUR_MS;
        this.#later(service, days, () =>
          this.#fix(
            service,
            { ...run, branch: 'main', pullRequests: [] },
            slow.cause.id,
          ),
        );
      }
    }
    this.#build(service, commit, 'main');
  }

  /** Somebody looks at a failure: repairs, keeps out, or tries again. */
  #repair(service: ServiceState, located: LocatedRun): void {
    const { run } = located;
    const newest = run.attempts.at(-1)!;
    const isOver =
      newest.status !== 'completed' || newest.conclusion === 'success';
    if (isOver || service.history.tip(run.branch) !== run.sha) {
      return;
    }
    this.#noteLook(run);
    const causes = this.#truth
      .ofRun(run.id)
      .filter(({ attempt }) => attempt === newest.attempt)
      .flatMap(truth => truth.causes.map(id => this.#truth.cause(id)!));
    const broken = service
      .stateOf(run.sha)
      .defects.find(({ cause }) => causes.includes(cause));
    const upstream = causes.find(({ kind }) => kind === 'upstream_release');
    const isMain = run.branch === 'main';
    if (broken || upstream) {
      const mean = isMain ? 5 * HOUR_MS : 1.5 * HOUR_MS;
      this.#later(service, this.#random.waiting(mean) + 20 * MINUTE_MS, () =>
        this.#fix(service, run, broken?.cause.id ?? upstream!.id),
      );
    } else if (run.attempts.length < 4 && this.#random.isTrue(0.8)) {
      this.#engine.startAttempt(located, {
        triggeredBy: this.#random.pick(teams[service.plan.owner]),
        isChosen: ({ conclusion }) => conclusion !== 'success',
      });
    }
  }

  #noteLook({ id: run, attempts }: Run): void {
    const { attempt } = attempts.at(-1)!;
    this.#truth.addLook({ run, attempt, at: this.#timeline.now() });
  }

  #fix(service: ServiceState, run: Run, id: string): void {
    const { branch } = run;
    const author = this.#random.pick(teams[service.plan.owner]);
    const cause = this.#truth.cause(id)!;
    const at = this.#timeline.now();
    const commit = commitFix({ service, branch, cause, author, at });
    if (commit) {
      this.#build(service, commit, branch, run.pullRequests[0]);
    }
  }

  #deploy(service: ServiceState, sha: string, actor: string): Run | undefined {
    const isNewest = service.history.tip('main') === sha;
    if (service.plan.type === 'library' || !isNewest) {
      return undefined;
    }
    return this.start({
      ...{ service, file: 'deploy.yml', event: 'workflow_dispatch', sha },
      ...{ branch: 'main', actor, inputs: { image: service.imageOf(sha) } },
    });
  }

  /** A failed deployment: back to what worked, or try again, and repair. */
  #rescue(service: ServiceState, located: LocatedRun): void {
    const { run } = located;
    const newest = run.attempts.at(-1)!;
    const isOld = service.repository.runs.some(
      each => each.workflow === run.workflow && each.number > run.number,
    );
    if (
      isOld ||
      newest.status !== 'completed' ||
      newest.conclusion === 'success'
    ) {
      return;
    }
    this.#noteLook(run);
    const built = service.commitOf(run.inputs?.image ?? '') ?? run.sha;
    const causes = this.#truth.ofRun(run.id).flatMap(truth => truth.causes);
    const defect = service
      .stateOf(built)
      .defects.find(({ cause }) => causes.includes(cause.id));
    const before = this.#deployments.lastGood(service, 'production', built);
    if (!defect) {
      if (run.attempts.length < 4) {
        this.#engine.startAttempt(located, {
          triggeredBy: teams[service.plan.owner][0],
          isChosen: ({ conclusion }) => conclusion !== 'success',
        });
      }
      return;
    }
    if (before && defect.cause.kind === 'bad_deployment') {
      this.start({
        ...{ service, file: 'deploy.yml', event: 'workflow_dispatch' },
        ...{ branch: 'main', sha: service.history.tip('main')! },
        actor: this.#random.pick(teams[service.plan.owner]),
        inputs: { image: before.image },
      });
    }
    const main: Run = { ...run, branch: 'main', pullRequests: [] };
    const work = this.#random.waiting(3 * HOUR_MS) + 30 * MINUTE_MS;
    this.#later(service, HOUR_MS + work, () =>
      this.#fix(service, main, defect.cause.id),
    );
  }
}

/** A dispatch may ask for a runner, as JSON. */
function labelsOf(text: string | undefined): string[] | undefined {
  if (!text) {
    return undefined;
  }
  try {
    const read = JSON.parse(text);
    return Array.isArray(read) ? read.map(String) : [String(read)];
  } catch {
    return [text];
  }
}
