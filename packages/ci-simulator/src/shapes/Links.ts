import { Repository, Run } from '../world/model';

/** Makes the addresses that stand in answers and deliveries. */
export class Links {
  readonly origin: string;

  private constructor(origin: string) {
    this.origin = origin;
  }

  /** @param origin - as clients see the server, e.g. `http://localhost:7008` */
  static create(origin: string): Links {
    return new Links(origin.replace(/\/+$/, ''));
  }

  api(path: string): string {
    return `${this.origin}/api/v3${path}`;
  }

  web(path: string): string {
    return `${this.origin}${path}`;
  }

  /** Of the API. */
  repository({ owner, name }: Repository): string {
    return this.api(`/repos/${owner}/${name}`);
  }

  /** Of the page. */
  repositoryPage({ owner, name }: Repository): string {
    return this.web(`/${owner}/${name}`);
  }

  run(repository: Repository, run: Run): string {
    return `${this.repository(repository)}/actions/runs/${run.id}`;
  }

  runPage(repository: Repository, run: Run): string {
    return `${this.repositoryPage(repository)}/actions/runs/${run.id}`;
  }
}
