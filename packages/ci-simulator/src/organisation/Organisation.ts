import { RunEngine } from '../engine/RunEngine';
import { Timeline } from '../engine/Timeline';
import { ApiProblem } from '../server/ApiProblem';
import { findCommit } from '../world/history';
import { World } from '../world/World';
import { Dispatcher } from '../engine/RunActions';
import { services as plans, teams } from './blueprint';
import { CausePlan } from './CausePlan';
import { Cause, CauseKind } from './causes';
import { Deployments } from './Deployments';
import { FragmentLibrary } from './FragmentLibrary';
import { Life } from './Life';
import { personOf } from './makeChange';
import { OrganisationSource } from './OrganisationSource';
import { RunnerPools } from './RunnerPools';
import { firstFiles } from './serviceFiles';
import { ServiceState } from './ServiceState';
import { Truth } from './Truth';

const WEEK_MS = 7 * 24 * 3_600_000;
const BUILD_AGAIN_MS = 10 * 60_000;
/** What comes with a change. */
const ofChanges: CauseKind[] = [
  'regression',
  'configuration',
  'bad_deployment',
  'slow_down',
];

/**
 * The living organisation: sixteen repositories whose builds break for known
 * reasons.
 *
 * @public
 */
export type OrganisationOptions = {
  /** The same seed, weeks and end give the same history to the byte. */
  seed?: string | number;
  /** Weeks of history; 8. */
  weeks?: number;
  /** When the history ends, in milliseconds since the epoch. */
  until: number;
  /** File of the recorded fragments. */
  fragments: string;
};

/** Makes the organisation and lets its history happen. */
export class Organisation {
  readonly world: World;
  readonly timeline: Timeline;
  readonly engine: RunEngine;
  readonly truth: Truth;
  readonly pools: RunnerPools;
  readonly deployments: Deployments;
  readonly services: Map<string, ServiceState>;
  readonly dispatch: Dispatcher;
  readonly #plan: CausePlan;
  readonly #life: Life;

  private constructor(options: Required<OrganisationOptions>) {
    const seed = String(options.seed);
    const start = options.until - options.weeks * WEEK_MS;
    this.timeline = Timeline.create(start);
    this.services = new Map(
      plans.map(plan => [plan.name, ServiceState.create(plan, seed)]),
    );
    const all = [...this.services.values()];
    all.forEach(service => found(service, start));
    this.world = World.create(all.map(({ repository }) => repository));
    this.truth = Truth.create();
    const { timeline, truth, services } = this;
    const library = FragmentLibrary.load(options.fragments);
    const source = OrganisationSource.create({
      ...{ timeline, truth, library, seed, services },
    });
    this.pools = source.pools;
    let nextJobId = 48_000_000_001;
    this.engine = RunEngine.create({
      ...{ timeline, source, world: this.world },
      nextJobId: () => nextJobId++,
    });
    const { engine, pools } = this;
    this.deployments = Deployments.create(engine, services);
    const { deployments } = this;
    const life = Life.create({ engine, truth, services, deployments, seed });
    this.#life = life;
    this.#plan = CausePlan.create({
      ...{ timeline, truth, pools, seed, services: all },
      push: (service, commit) => life.push(service, commit),
    });
    this.#plan.begin();
    life.begin();
    this.dispatch = ({ repository, workflow, ref, inputs }, by) => {
      const service = services.get(repository.name);
      const commit = findCommit(repository, ref);
      if (!service || !commit) {
        throw new ApiProblem(422, `No ref found for: ${ref}`);
      }
      const file = workflow.path.endsWith('deploy.yml')
        ? 'deploy.yml'
        : 'ci.yml';
      if (inputs.image && !service.commitOf(inputs.image)) {
        throw new ApiProblem(422, `There is no image ${inputs.image}`);
      }
      return life.start({
        ...{ service, file, event: 'workflow_dispatch', sha: commit.sha },
        branch: ref.replace(/^refs\/(heads|tags)\//, ''),
        ...{ actor: by, inputs },
      });
    };
  }

  static create(options: OrganisationOptions): Organisation {
    const { seed = 1, weeks = 8 } = options;
    const organisation = new Organisation({ ...options, seed, weeks });
    organisation.timeline.runUntil(options.until);
    return organisation;
  }

  /**
   * Lets something go wrong now, and builds what shows it: a change that is brought to the main branch of a service, a
   * test of it that becomes flaky, or what comes over the organisation from outside.
   *
   * @param options.service - of a change or a flaky test; the first one that fits when missing
   * @param options.milliseconds - how long it stays, where it does not stay until it is repaired; two hours when missing
   * @throws when there is no such service
   */
  bring(options: {
    kind: CauseKind;
    service?: string;
    milliseconds?: number;
  }): Cause {
    const { kind, service: name, milliseconds = 2 * 3_600_000 } = options;
    const fitting = [...this.services.values()].filter(
      ({ plan }) =>
        (name === undefined || plan.name === name) &&
        (kind !== 'bad_deployment' || plan.type !== 'library'),
    );
    const [service] = fitting;
    if (!service) {
      throw new ApiProblem(422, `There is no service ${name} for ${kind}`);
    }
    if (ofChanges.includes(kind)) {
      return this.#life.breakMain(service, kind);
    }
    if (kind === 'flaky_test') {
      const cause = this.#plan.bringFlake(service, milliseconds);
      this.#life.buildMain(service);
      return cause;
    }
    const cause = this.#plan.bring(kind, milliseconds);
    this.#buildUntilSeen(
      cause,
      fitting.filter(
        ({ plan, slug }) =>
          plan.pool === (cause.pool ?? plan.pool) &&
          cause.repositories.includes(slug),
      ),
    );
    return cause;
  }

  /** One machine of several is not hit by every build. */
  #buildUntilSeen(cause: Cause, services: ServiceState[]): void {
    const isSeen = this.truth
      .jobs()
      .some(({ causes }) => causes[0] === cause.id);
    if (!isSeen && this.timeline.now() < (cause.until ?? Infinity)) {
      services.forEach(service => this.#life.buildMain(service));
      this.timeline.after(BUILD_AGAIN_MS, () =>
        this.#buildUntilSeen(cause, services),
      );
    }
  }
}

/** The first commit of a repository. */
function found(service: ServiceState, start: number): void {
  const { plan, history } = service;
  const commit = history.commit({
    ...{ branch: 'main', message: `Start ${plan.name}` },
    author: personOf(teams[plan.owner][0]),
    at: start - 3_600_000,
    edits: firstFiles(plan),
  });
  service.states.set(commit.sha, { defects: [], pins: [], slowness: [] });
}
