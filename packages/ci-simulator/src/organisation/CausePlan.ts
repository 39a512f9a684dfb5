import { Random } from '../engine/random';
import { Timeline } from '../engine/Timeline';
import { Commit } from '../world/model';
import { ORGANISATION, Stack } from './blueprint';
import { Cause, CauseKind, Remedy, Symptom } from './causes';
import { Pool, RunnerPools } from './RunnerPools';
import { ServiceState } from './ServiceState';
import { Truth } from './Truth';
import { nextWorkingMoment } from './workingTime';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** How often each comes in a week, and how many hours it lasts. */
const weekly: Array<[CauseKind, number, [number, number]]> = [
  ['registry_outage', 0.7, [0.5, 2.5]],
  ['network_outage', 1, [0.6, 2.2]],
  ['mass_outage', 0.25, [1.5, 4]],
  ['disk_full', 0.9, [3, 10]],
  ['out_of_memory', 0.9, [6, 24]],
  ['bad_image', 0.35, [1, 3.5]],
  ['expired_credential', 0.6, [2, 9]],
  ['upstream_release', 0.5, [24, 72]],
  ['slow_down', 0.3, [24, 120]],
];

const traits: Record<
  CauseKind,
  { category: Cause['category']; transient: boolean; remedy: Remedy }
> = {
  flaky_test: { category: 'flaky_test', transient: true, remedy: 'rerun' },
  upstream_release: {
    ...{ category: 'dependency', transient: false, remedy: 'pin-or-revert' },
  },
  registry_outage: {
    ...{ category: 'infrastructure', transient: true, remedy: 'wait' },
  },
  network_outage: {
    ...{ category: 'infrastructure', transient: true, remedy: 'wait' },
  },
  mass_outage: {
    ...{ category: 'infrastructure', transient: true, remedy: 'wait' },
  },
  disk_full: {
    ...{ category: 'infrastructure', transient: true, remedy: 'fresh-runner' },
  },
  out_of_memory: {
    ...{ category: 'infrastructure', transient: true, remedy: 'fresh-runner' },
  },
  bad_image: {
    ...{ category: 'infrastructure', transient: true, remedy: 'wait' },
  },
  expired_credential: {
    category: 'configuration',
    ...{ transient: false, remedy: 'rotate-credential' },
  },
  configuration: {
    category: 'configuration',
    ...{ transient: false, remedy: 'fix-or-revert' },
  },
  regression: { category: 'code', transient: false, remedy: 'fix-or-revert' },
  slow_down: { category: 'code', transient: false, remedy: 'fix-or-revert' },
  bad_deployment: {
    ...{ category: 'code', transient: false, remedy: 'previous-image' },
  },
};

/** Makes a cause of a kind; what is not said follows from the kind. */
export function causeOf(
  kind: CauseKind,
  rest: Pick<Cause, 'id' | 'from' | 'repositories'> & Partial<Cause>,
): Cause {
  return { kind, ...traits[kind], ...rest };
}

/** Plans, week for week, what comes over the organisation from outside. */
export class CausePlan {
  readonly #timeline: Timeline;
  readonly #truth: Truth;
  readonly #services: ServiceState[];
  readonly #pools: RunnerPools;
  readonly #seed: string;
  readonly #push: (service: ServiceState, commit: Commit) => void;
  #count = 0;

  private constructor(options: {
    timeline: Timeline;
    truth: Truth;
    services: ServiceState[];
    pools: RunnerPools;
    seed: string;
    push: (service: ServiceState, commit: Commit) => void;
  }) {
    this.#timeline = options.timeline;
    this.#truth = options.truth;
    this.#services = options.services;
    this.#pools = options.pools;
    this.#seed = options.seed;
    this.#push = options.push;
  }

  static create(options: {
    timeline: Timeline;
    truth: Truth;
    services: ServiceState[];
    pools: RunnerPools;
    seed: string;
    push: (service: ServiceState, commit: Commit) => void;
  }): CausePlan {
    return new CausePlan(options);
  }

  /** Goes on for ever, a week at a time. */
  begin(): void {
    this.#planFlakes();
    this.#planWeek(0);
  }

  /** Lets something come over the organisation now. */
  bring(kind: CauseKind, length: number): Cause {
    const now = this.#timeline.now();
    const random = Random.create(this.#seed, 'asked', this.#count);
    return this.#add(kind, now, length, random);
  }

  /** Lets a test of a service fail in the first attempt of each run, for some time. */
  bringFlake(service: ServiceState, length: number): Cause {
    const from = this.#timeline.now();
    const cause = causeOf('flaky_test', {
      id: `flaky_test-${service.plan.name}-asked-${++this.#count}`,
      ...{ from, until: from + length, repositories: [service.slug] },
      ...{ rate: 1, firstAttempts: 1 },
    });
    this.#truth.addCause(cause);
    service.flakes.unshift({ cause, step: 'unit', fragment: 'flaky' });
    return cause;
  }

  #planWeek(week: number): void {
    const start = this.#timeline.now();
    const random = Random.create(this.#seed, 'week', week);
    for (const [kind, rate, hours] of weekly) {
      // Rare kinds come in turn, so that a few weeks have seen most of them.
      const phase = Random.create(this.#seed, 'phase', kind).next();
      const count =
        Math.floor((week + 1) * rate + phase) - Math.floor(week * rate + phase);
      for (let index = 0; index < count; index++) {
        const from = this.#moment(start, random, kind);
        this.#add(kind, from, random.between(...hours) * HOUR_MS, random);
      }
    }
    if (random.isTrue(0.4)) {
      this.#addPair(this.#moment(start, random, 'registry_outage'), random);
    }
    this.#timeline.after(WEEK_MS, () => this.#planWeek(week + 1));
  }

  /** In working hours mostly: that is when people see it. */
  #moment(start: number, random: Random, kind: CauseKind): number {
    const isQuiet = kind === 'slow_down' || random.isTrue(0.1);
    const wanted = start + random.next() * WEEK_MS * 0.95;
    return isQuiet
      ? wanted
      : nextWorkingMoment(wanted) + random.between(0, 5) * HOUR_MS;
  }

  #addPair(from: number, random: Random): void {
    const one = this.#add('registry_outage', from, 2 * HOUR_MS, random);
    const later = from + random.between(0.2, 0.8) * HOUR_MS;
    const other = this.#add('disk_full', later, 5 * HOUR_MS, random);
    one.with = [other.id];
    other.with = [one.id];
  }

  #add(kind: CauseKind, from: number, length: number, random: Random): Cause {
    const number = ++this.#count;
    const slugs = (some: ServiceState[]) => some.map(({ slug }) => slug);
    const all = this.#services;
    const base = { id: `${kind}-${number}`, from, until: from + length };
    const pool: Pool = random.pick(['hosted', 'farm'] as const);
    const more: Partial<Cause> & { repositories: string[] } = {
      repositories: slugs(all),
    };
    switch (kind) {
      case 'registry_outage': {
        const stack: Stack = random.pick([
          'node',
          'python',
          'go',
          'java',
          'rust',
        ] as const);
        more.repositories = slugs(
          all.filter(({ plan }) => plan.stack === stack),
        );
        break;
      }
      case 'disk_full':
      case 'out_of_memory': {
        const machines = this.#pools.machines.filter(
          each => each.pool === 'farm',
        );
        more.runner = random.pick(machines).name;
        more.pool = 'farm';
        break;
      }
      case 'network_outage':
      case 'bad_image':
      case 'slow_down':
        more.pool = pool;
        more.rate = kind === 'slow_down' ? random.between(0.5, 1.1) : undefined;
        more.category = 'infrastructure';
        break;
      case 'expired_credential': {
        const { owner } = random.pick(all).plan;
        more.repositories = slugs(
          all.filter(({ plan }) => plan.owner === owner),
        );
        more.symptoms = credential(random);
        break;
      }
      case 'upstream_release': {
        const kit = random.pick(['webkit', 'datakit', 'servicekit']);
        const consumers = all.filter(({ plan }) => plan.kit === kit);
        more.repositories = slugs(consumers);
        more.upstream = `component:default/${kit}`;
        more.symptoms = upstream(random);
        this.#release(kit, from, base.id);
        break;
      }
      default:
    }
    return this.#truth.addOutside(causeOf(kind, { ...base, ...more }));
  }

  /** The commit of the library that says that it is released. */
  #release(kit: string, from: number, id: string): void {
    const library = this.#services.find(({ plan }) => plan.name === kit)!;
    this.#timeline.at(from, () => {
      const commit = library.history.commit({
        branch: 'main',
        author: {
          name: 'release-bot',
          email: `release-bot@${ORGANISATION}.example`,
          login: 'release-bot[bot]',
        },
        at: from,
        message: 'Release 2.0.0',
        edits: {
          'CHANGELOG.md': `# 2.0.0\n\nReleased ${new Date(
            from,
          ).toISOString()}.\n`,
        },
      });
      library.states.set(commit.sha, library.stateOf(commit.parents[0]));
      const cause = this.#truth.cause(id)!;
      cause.commit = { repository: library.slug, sha: commit.sha };
      this.#push(library, commit);
    });
  }

  #planFlakes(): void {
    for (const service of this.#services) {
      const random = Random.create(this.#seed, 'flakes', service.plan.name);
      const count = random.whole(1, 3);
      for (let index = 0; index < count; index++) {
        const step = random.pick(['unit', 'unit', 'integration']);
        const isTied = random.next();
        const id = `flaky_test-${service.plan.name}-${index + 1}`;
        const cause = causeOf('flaky_test', {
          ...{ id, from: this.#timeline.now(), repositories: [service.slug] },
          rate:
            isTied < 0.35
              ? random.between(0.05, 0.12)
              : random.between(0.006, 0.03),
          pool: isTied < 0.15 ? service.plan.pool : undefined,
          hours: isTied >= 0.15 && isTied < 0.35 ? [1, 6] : undefined,
        });
        this.#truth.addCause(cause);
        service.flakes.push({ cause, step, fragment: 'flaky' });
      }
    }
  }
}

function credential(random: Random): Symptom[] {
  const step = random.pick(['install', 'package', 'deploy']);
  return [{ step, fragment: 'credential', probability: 1 }];
}

function upstream(random: Random): Symptom[] {
  const [step, fragment] = random.pick([
    ['install', 'upstream'],
    ['build', 'upstream'],
    ['unit', 'upstream'],
  ]);
  return [{ step, fragment, probability: 1 }];
}
