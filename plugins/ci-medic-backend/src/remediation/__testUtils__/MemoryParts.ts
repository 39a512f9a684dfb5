import {
  CacheEffects,
  CiCache,
  CiDeployment,
  CiRunner,
  DeploymentEffects,
  DispatchedRun,
  EffectReceipt,
  RefEffects,
  RunnerEffects,
  WorkflowEffects,
} from '@ci-medic/plugin-ci-medic-node';
import { MemoryFaults } from './MemoryFaults';

const RUNS_FOR_MS = 1_000;

type Started = DispatchedRun & { branch: string; startedAt: number };

/**
 * Runners, caches, workflows, deployments and branches of a CI system in memory.
 */
export class MemoryParts {
  readonly latestActionMs = 15_000;
  readonly machines: CiRunner[] = [];
  readonly stored: CiCache[] = [];
  readonly started: Started[] = [];
  /** Newest first. */
  readonly deployed: CiDeployment[] = [];
  readonly branches = new Map<string, string>();
  readonly parents = new Map<string, string>();
  /** How runs that are started at a commit end. */
  readonly endings = new Map<string, 'success' | 'failure'>();

  protected readonly world: MemoryFaults;
  readonly #clock: { time: number };

  constructor(world: MemoryFaults, clock: { time: number }) {
    this.world = world;
    this.#clock = clock;
  }

  /** All that happened, in order. */
  get acts() {
    return this.world.acts;
  }

  readonly runners: RunnerEffects = {
    find: async ({ name }) => {
      this.world.settle();
      const found = this.machines.find(machine => machine.name === name);
      return found && { ...found, labels: [...found.labels] };
    },
    prepareLabels: async ({ runnerId, labels }) =>
      this.#effect('labels', `${runnerId}:${labels.join(',')}`, () => {
        this.machines.find(one => one.runnerId === runnerId)!.labels = labels;
      }),
  };

  readonly caches: CacheEffects = {
    list: async ({ branch, key }) => {
      this.world.settle();
      return this.stored.filter(
        cache => cache.ref === branch && cache.key.startsWith(key),
      );
    },
    prepareDelete: async ({ cacheId }) =>
      this.#effect('delete-cache', cacheId, () => {
        const at = this.stored.findIndex(cache => cache.cacheId === cacheId);
        this.stored.splice(at, at < 0 ? 0 : 1);
      }),
  };

  readonly workflows: WorkflowEffects = {
    latestRunMs: 60_000,
    prepareDispatch: async ({ branch, inputs }) =>
      this.#dispatch(branch, inputs),
    findRuns: async ({ correlationId }) => {
      this.world.settle();
      return this.started
        .filter(({ title }) => title.includes(correlationId))
        .map(run => this.#present(run));
    },
    activeRuns: async () => {
      this.world.settle();
      return this.started
        .map(run => this.#present(run))
        .filter(({ status }) => status !== 'completed');
    },
  };

  readonly deployments: DeploymentEffects = {
    list: async ({ environment }) => {
      this.world.settle();
      this.#deploy();
      return this.deployed.filter(one => one.environment === environment);
    },
  };

  readonly refs: RefEffects = {
    head: async ({ branch }) => {
      this.world.settle();
      return this.branches.get(branch);
    },
    parentOf: async ({ sha }) => this.parents.get(sha),
    prepareCreate: async ({ branch, sha }) =>
      this.#effect('create-branch', branch, () => {
        this.branches.set(branch, sha);
      }),
    prepareDelete: async ({ branch }) =>
      this.#effect('delete-branch', branch, () => {
        this.branches.delete(branch);
      }),
  };

  #effect(
    does: string,
    to: string,
    act: () => EffectReceipt | void,
    latestMs = this.latestActionMs,
  ) {
    return this.world.effect({
      latestMs,
      act: () => {
        this.world.acts.push({ does, to });
        return act();
      },
    });
  }

  #dispatch(branch: string, inputs: Record<string, string>) {
    return this.#effect(
      'dispatch',
      `${inputs.correlation_id}${inputs.image ? ` ${inputs.image}` : ''}`,
      () => this.#start(branch, inputs),
      this.workflows.latestRunMs,
    );
  }

  #start(branch: string, inputs: Record<string, string>): EffectReceipt {
    const runId = `started-${this.started.length + 1}`;
    const headSha = this.branches.get(branch) ?? 'head';
    this.started.unshift({
      ...{ runId, title: inputs.correlation_id, attempt: 1, branch, headSha },
      ...{ status: 'in_progress', startedAt: this.#clock.time },
    });
    if (inputs.image) {
      this.deployed.unshift({
        ...{ deploymentId: runId, environment: 'production', sha: 'old' },
        ...{ artifact: inputs.image, state: 'in_progress' },
        createdAt: new Date(this.#clock.time).toISOString(),
      });
    }
    return { runId };
  }

  #present(run: Started): DispatchedRun {
    return this.#clock.time >= run.startedAt + RUNS_FOR_MS
      ? {
          ...{ ...run, status: 'completed' },
          conclusion: this.endings.get(run.headSha) ?? 'success',
        }
      : run;
  }

  /** What was begun long enough ago is deployed. */
  #deploy() {
    for (const deployment of this.deployed) {
      const isOver =
        Date.parse(deployment.createdAt) + RUNS_FOR_MS <= this.#clock.time;
      if (deployment.state === 'in_progress' && isOver) {
        deployment.state = 'success';
      }
    }
  }
}
