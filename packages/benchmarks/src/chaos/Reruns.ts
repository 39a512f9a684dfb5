import { setTimeout } from 'timers/promises';
import { PostgresServer } from './PostgresServer';

const CLICKERS = 8;
/** Rounds in a row in which nobody was granted anything; a database that is started again is back long before. */
const MOST_FRUITLESS = 40;

type Failure = {
  incident_id: string;
  run_id: string;
  attempt: number;
};

/**
 * People who want every failed run to be run again, and who click twice.
 */
export class Reruns {
  /** Failures for which a rerun was granted, by run. */
  readonly asked = new Map<string, Failure>();
  /** Answers that are neither a grant nor a passing trouble, with their number. */
  readonly refused = new Map<string, number>();
  readonly #postgres: PostgresServer;
  readonly #urls: string[];
  readonly #random: () => number;
  #isOver = false;

  constructor(options: {
    postgres: PostgresServer;
    urls: string[];
    random: () => number;
  }) {
    this.#postgres = options.postgres;
    this.#urls = options.urls;
    this.#random = options.random;
  }

  /**
   * Goes on until {@link Reruns.finish}, and then until there is no failure that was not asked for, or until some rounds
   * granted nothing more: what is refused for good is told by {@link Reruns.refused}.
   */
  async run(): Promise<void> {
    let granted = -1;
    let fruitless = 0;
    for (;;) {
      const isLast = this.#isOver;
      const failures: Failure[] = await this.#postgres.query(
        `select incident_id, run_id, attempt from "ci-medic".incident_occurrences join "ci-medic".projects on projects.id = project_id where attempt = 1 and slug like 'load/%'`,
      );
      const fresh = failures.filter(({ run_id }) => !this.asked.has(run_id));
      const queue = [...fresh];
      await Promise.all(
        Array.from({ length: CLICKERS }, async () => {
          for (let one = queue.shift(); one; one = queue.shift()) {
            await this.#ask(one);
          }
        }),
      );
      fruitless = isLast && this.asked.size === granted ? fruitless + 1 : 0;
      granted = this.asked.size;
      if (isLast && (fresh.length === 0 || fruitless === MOST_FRUITLESS)) {
        return;
      }
      await setTimeout(300);
    }
  }

  finish(): void {
    this.#isOver = true;
  }

  async #ask(failure: Failure) {
    const answers = await Promise.all([
      this.#click(failure),
      this.#click(failure),
    ]);
    if (answers.some(status => status === 200 || status === 202)) {
      this.asked.set(failure.run_id, failure);
    }
  }

  async #click({ incident_id, run_id, attempt }: Failure): Promise<number> {
    const url = this.#urls[Math.floor(this.#random() * this.#urls.length)];
    try {
      const response = await fetch(
        `${url}/incidents/${incident_id}/remediations`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ action: 'rerun', runId: run_id, attempt }),
          signal: AbortSignal.timeout(10_000),
        },
      );
      const { status } = response;
      const body = await response.text();
      if (status >= 400 && status < 500) {
        const reason = `${status} ${messageOf(body)}`;
        this.refused.set(reason, (this.refused.get(reason) ?? 0) + 1);
      }
      return status;
    } catch {
      await setTimeout(200);
      return 0;
    }
  }
}

function messageOf(body: string): string {
  try {
    return JSON.parse(body).error.message;
  } catch {
    return body.slice(0, 200);
  }
}
