import { RunEngine, RunEvent } from '../engine/RunEngine';
import { Deployment } from '../world/model';
import { ServiceState } from './ServiceState';

const ENVIRONMENTS = ['staging', 'production'];

/** How a deployment can stand. */
export type DeploymentState = Deployment['statuses'][number]['state'];

/** Told of each change of a deployment. */
export type DeploymentListener = (
  service: ServiceState,
  deployment: Deployment,
) => void;

/** What is deployed where, as the jobs of the deploy pipeline bring it there. */
export class Deployments {
  readonly #engine: RunEngine;
  readonly #services: Map<string, ServiceState>;
  readonly #listeners: DeploymentListener[] = [];
  #nextId = 2_900_000_001;

  private constructor(engine: RunEngine, services: Map<string, ServiceState>) {
    this.#engine = engine;
    this.#services = services;
    engine.onEvent(event => this.#follow(event));
  }

  static create(
    engine: RunEngine,
    services: Map<string, ServiceState>,
  ): Deployments {
    return new Deployments(engine, services);
  }

  onChange(listener: DeploymentListener): void {
    this.#listeners.push(listener);
  }

  /** The newest that went well, of another commit than the one given. */
  lastGood(
    service: ServiceState,
    environment: string,
    otherThan?: string,
  ): Deployment | undefined {
    return service.repository.deployments!.findLast(
      each =>
        each.environment === environment &&
        each.sha !== otherThan &&
        each.statuses.some(({ state }) => state === 'success'),
    );
  }

  /** What a client says that it brings somewhere itself. */
  announce(
    service: ServiceState,
    deployment: Omit<Deployment, 'id' | 'createdAt' | 'statuses'>,
  ): Deployment {
    const announced: Deployment = {
      ...{ ...deployment, id: this.#nextId++, statuses: [] },
      createdAt: this.#engine.timeline.now(),
    };
    service.repository.deployments!.push(announced);
    return announced;
  }

  /** How a deployment stands now; what succeeds takes the place of others. */
  report(
    service: ServiceState,
    deployment: Deployment,
    state: DeploymentState,
    description: string,
  ): void {
    if (state === 'success') {
      service.repository
        .deployments!.filter(
          each =>
            each !== deployment &&
            each.environment === deployment.environment &&
            each.statuses.at(-1)?.state === 'success',
        )
        .forEach(each => this.#set(service, each, 'inactive', 'Superseded'));
    }
    this.#set(service, deployment, state, description);
  }

  #follow(event: RunEvent): void {
    const { job, run, action } = event;
    if (!job || !ENVIRONMENTS.includes(job.name)) {
      return;
    }
    const service = this.#services.get(event.repository.name)!;
    const all = service.repository.deployments!;
    if (action === 'in_progress') {
      const image = run.inputs?.image || service.imageOf(run.sha);
      const deployment: Deployment = {
        id: this.#nextId++,
        environment: job.name,
        sha: service.commitOf(image) ?? run.sha,
        ...{ ref: run.branch, image, creator: event.attempt.triggeredBy },
        ...{ createdAt: this.#engine.timeline.now(), run: run.id, job: job.id },
        statuses: [],
      };
      all.push(deployment);
      this.#set(service, deployment, 'in_progress', 'Deployment started');
    } else if (action === 'completed') {
      const found = all.findLast(each => each.job === job.id);
      if (!found) {
        return;
      }
      const isGood = job.conclusion === 'success';
      const text = isGood ? 'Deployment finished' : 'Deployment failed';
      this.report(service, found, isGood ? 'success' : 'failure', text);
    }
  }

  #set(
    service: ServiceState,
    deployment: Deployment,
    state: DeploymentState,
    description: string,
  ): void {
    const at = this.#engine.timeline.now();
    deployment.statuses.push({ id: this.#nextId++, state, at, description });
    this.#listeners.forEach(listener => listener(service, deployment));
  }
}
