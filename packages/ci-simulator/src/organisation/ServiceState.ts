import { Random } from '../engine/random';
import { Repository } from '../world/model';
import { stableId } from '../world/stableId';
import { ORGANISATION, ServicePlan } from './blueprint';
import { Cause } from './causes';
import { GitHistory } from './GitHistory';
import { firstPackages, Package } from './serviceFiles';
import { JobPlan, pipelinesOf } from './workflowFiles';

/** What is wrong with a commit, and where it shows. */
export type Defect = {
  cause: Cause;
  step: string;
  /** Cause of the recording that shows it. */
  fragment: string;
  /** The only job in which it shows. */
  job?: string;
  /** The file that is wrong. */
  path: string;
};

/** What is known about a commit beside its files. */
export type CommitState = {
  defects: Defect[];
  /** Identifiers of upstream releases that it keeps out. */
  pins: string[];
  /** How much longer its steps take, by part. */
  slowness: Array<{ part: string; factor: number; cause: Cause }>;
};

/** A test that fails now and then. */
export type Flake = { cause: Cause; step: string; fragment: string };

/** A service as it lives: its repository and what is true about it. */
export class ServiceState {
  readonly plan: ServicePlan;
  readonly repository: Repository;
  readonly history: GitHistory;
  readonly pipelines: Record<string, JobPlan[]>;
  readonly random: Random;
  readonly flakes: Flake[] = [];
  readonly states = new Map<string, CommitState>();
  /** What comes to light when a commit is merged. */
  readonly hidden = new Map<string, Defect>();
  packages: Package[];
  pullNumber: number;
  readonly #runNumbers = new Map<string, number>();

  private constructor(plan: ServicePlan, seed: string) {
    const { name, description } = plan;
    const commits = new Map();
    this.plan = plan;
    this.random = Random.create(seed, 'service', name);
    this.history = GitHistory.create(commits);
    this.pipelines = pipelinesOf(plan);
    this.packages = firstPackages(plan);
    this.pullNumber = this.random.whole(20, 400);
    const id = stableId(['repository', ORGANISATION, name], 9);
    const workflow = (title: string, file: string) => ({
      id: stableId(['workflow', id, file], 8),
      ...{ name: title, path: `.github/workflows/${file}` },
    });
    this.repository = {
      ...{ id, owner: ORGANISATION, name, description, commits },
      defaultBranch: 'main',
      workflows: [
        workflow('CI', 'ci.yml'),
        ...(plan.type === 'library' ? [] : [workflow('Deploy', 'deploy.yml')]),
      ],
      runs: [],
      branches: this.history.branches,
      textOf: (sha, path) => this.history.text(sha, path),
      pathsOf: sha => [...(this.history.tree(sha)?.keys() ?? [])],
      ...{ deployments: [], caches: [], pulls: new Map() },
    };
  }

  static create(plan: ServicePlan, seed: string): ServiceState {
    return new ServiceState(plan, seed);
  }

  /** `owner/name`. */
  get slug(): string {
    return `${ORGANISATION}/${this.plan.name}`;
  }

  stateOf(sha: string): CommitState {
    return this.states.get(sha) ?? { defects: [], pins: [], slowness: [] };
  }

  nextRunNumber(file: string): number {
    const number = (this.#runNumbers.get(file) ?? 0) + 1;
    this.#runNumbers.set(file, number);
    return number;
  }

  /** Name of the image that a commit becomes. */
  imageOf(sha: string): string {
    return `registry.${ORGANISATION}.example/${this.plan.name}:${sha.slice(
      0,
      12,
    )}`;
  }

  /** The commit that an image was built from. */
  commitOf(image: string): string | undefined {
    const [, tag = image] = /:([0-9a-f]{7,40})$/.exec(image) ?? [];
    return [...this.repository.commits.keys()].find(
      sha => tag.length >= 7 && sha.startsWith(tag),
    );
  }
}
