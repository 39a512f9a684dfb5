import { createSimulator, Simulator } from '@ci-medic/ci-simulator';
import { setTimeout } from 'timers/promises';
import { breakThings, canBeTreated, Failure, ungrantedOf } from './breakThings';
import { sendDeliveries } from './Deliveries';
import { keysOf, plannedKeys } from './effectKeys';
import { PostgresServer } from './PostgresServer';

const MOST_TURNS = 20;
/** Simulated time to real time while what was started runs. */
const SPEED = 60;
const ASK_AGAIN_MS = 400;
const MOST_ODD = 10;
/** The discard port, on which nobody listens. */
const NOWHERE = 'http://127.0.0.1:9/';

/** How it ended, in numbers of things. */
export type RemediesResult = {
  asked: number;
  /** Actions that were granted for no failure. */
  ungranted: string[];
  effects: number;
  doubled: number;
  /** Effects that the remediation says it had and that did not happen, or the other way round. */
  missing: number;
  /** Effects that no plan has. */
  wrong_target: number;
  /** Remediations by action and where they stand in the end. */
  states: Record<string, number>;
  /** What is wrong, the first of it. */
  odd: string[];
};

/**
 * An organisation in which something broke, and owners who want each kind of remedy for it, each asked for twice.
 */
export class Remedies {
  /** Lets it break before anybody looks, in the first organisation in which every action has something to do. */
  static async prepare(options: {
    seed: number;
    webhook: { url: string; secret: string };
  }): Promise<Remedies> {
    const { seed, webhook } = options;
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const simulator = await createSimulator({
        organisation: { seed: `${seed} ${turn}`, weeks: 1, speed: 0 },
        rateLimit: { limit: 100_000_000, windowSeconds: 3_600 },
      });
      const failures = breakThings(simulator).filter(failure =>
        canBeTreated(simulator, failure),
      );
      if (ungrantedOf(failures).length === 0) {
        simulator.setWebhook(webhook);
        return new Remedies(simulator, failures, webhook);
      }
      await simulator.close();
    }
    throw new Error(
      `In none of ${MOST_TURNS} organisations every action had something to do`,
    );
  }

  readonly simulator: Simulator;
  readonly #failures: Failure[];
  readonly #webhook: { url: string; secret: string };
  /** Runs by what was granted for them. */
  readonly #asked = new Set<string>();
  /** When people give up, in milliseconds since the epoch. */
  #end = Infinity;

  private constructor(
    simulator: Simulator,
    failures: Failure[],
    webhook: { url: string; secret: string },
  ) {
    this.#webhook = webhook;
    this.simulator = simulator;
    this.#failures = failures;
  }

  get repositories(): string[] {
    return [...new Set(this.#failures.map(({ repository }) => repository))];
  }

  /** A quarter of all changes go wrong in one way or another. */
  disturb(seed: number, late: { from: number; to: number }): void {
    const { faults } = this.simulator;
    for (const path of [
      '/repos/*/*/actions/workflows/*/dispatches',
      '/repos/*/*/actions/runs/*/rerun-failed-jobs',
      '/repos/*/*/actions/caches/*',
      '/repos/*/*/git/**',
      '/orgs/*/actions/runners/*/labels',
    ]) {
      for (const method of ['POST', 'PUT', 'DELETE'] as const) {
        const often = { path, method, seed, count: 'always' as const };
        faults.add({ ...often, kind: 'fail-before', probability: 0.05 });
        faults.add({ ...often, kind: 'execute-then-drop', probability: 0.12 });
        faults.add({
          ...{ ...often, kind: 'act-late', probability: 0.08 },
          ...{ milliseconds: late.from, atMost: late.to },
        });
      }
    }
  }

  /**
   * Tells of the failures, asks for what is wanted, and lets time pass when it began to be done. People do not give up
   * before {@link Remedies.finish}: a slow machine reads of the failures late.
   */
  async run(options: {
    postgres: PostgresServer;
    urls: string[];
    random: () => number;
    patienceMs: number;
    untilNone: (query: string) => Promise<boolean>;
  }): Promise<void> {
    const { urls, random, patienceMs, untilNone } = options;
    await sendDeliveries({
      ...{ urls, random, patienceMs },
      deliveries: this.#failures.flatMap(({ run }) =>
        this.simulator.signedWebhooks({ run }),
      ),
    });
    await Promise.all(this.#failures.map(one => this.#want(one, options)));
    // Later, somebody there may have been faster, and nothing would be left to do.
    await untilNone(
      `select count(*)::int from "ci-medic".remediations join "ci-medic".projects on projects.id = project_id
       where slug like 'meridian/%' and stage = 0 and state in ('approved', 'claimed', 'intent_recorded', 'calling', 'unknown')`,
    );
    // What else happens there is nobody's business: outcomes are looked for.
    this.simulator.setWebhook({ ...this.#webhook, url: NOWHERE });
    this.simulator.timeline.start({ speed: SPEED, neverAhead: true });
  }

  /** Everything was told of: what is not granted after this time never will be. */
  finish(patienceMs: number): void {
    this.#end = Date.now() + patienceMs;
  }

  async account(postgres: PostgresServer): Promise<RemediesResult> {
    const rows = await postgres.query(
      `select remediations.*, runs.external_id, projects.slug from "ci-medic".remediations
       join "ci-medic".runs using (run_id, attempt)
       join "ci-medic".projects on projects.id = remediations.project_id
       where projects.slug like 'meridian/%'`,
    );
    const entries = this.simulator.ledgerEntries();
    const happened = entries.flatMap(keysOf);
    const seen = new Set(happened);
    const planned = new Set<string>();
    const states: Record<string, number> = {};
    let missing = 0;
    const odd: string[] = [];
    for (const row of rows) {
      const keys = plannedKeys(row);
      keys.forEach(key => planned.add(key));
      const done = keys.filter(key => seen.has(key)).length;
      const state = `${row.action} ${row.state}`;
      states[state] = (states[state] ?? 0) + 1;
      // Who needs a person says that it does not know.
      const differs =
        row.state === 'needs_human' ? 0 : Math.abs(done - Number(row.stage));
      if (differs > 0) {
        odd.push(
          `${state}: ${row.stage} stages, ${done} happened: ${row.reason}`,
        );
      }
      missing += differs;
    }
    const again = happened.filter((key, at) => happened.indexOf(key) < at);
    const strange = [...seen].filter(key => !planned.has(key));
    odd.push(
      ...again.map(key => `again: ${key}`),
      ...strange.map(key => `in no plan: ${key}`),
    );
    const told = new Set(rows.map(row => `${row.external_id} ${row.action}`));
    const granted = this.#failures.filter(({ run, action }) =>
      this.#asked.has(`${run} ${action}`),
    );
    return {
      asked: this.#asked.size,
      ungranted: ungrantedOf(granted),
      effects: happened.length,
      doubled: again.length,
      missing: missing + [...this.#asked].filter(key => !told.has(key)).length,
      wrong_target: strange.length,
      states,
      odd: odd.slice(0, MOST_ODD),
    };
  }

  async stop(): Promise<void> {
    await this.simulator.close();
  }

  /** Two owners agree, each of them twice, until it is granted or they give up. */
  async #want(
    { action, run }: Failure,
    options: Parameters<Remedies['run']>[0],
  ): Promise<void> {
    const { postgres, urls, random } = options;
    const url = () => urls[Math.floor(random() * urls.length)];
    while (Date.now() < this.#end) {
      const [found] = await postgres.query(
        `select incident_id, run_id, attempt from "ci-medic".incident_occurrences join "ci-medic".runs using (run_id, attempt) where external_id = '${run}' and attempt = 1`,
      );
      if (found) {
        const body = { action, runId: found.run_id, attempt: found.attempt };
        const path = `/incidents/${found.incident_id}`;
        await Promise.all([
          ask(`${url()}${path}/remediations`, 'chaos', body),
          ask(`${url()}${path}/remediations`, 'chaos', body),
        ]);
        const { items = [] } =
          (await ask(`${url()}${path}/plans`, 'other')) ?? {};
        const open = items.find(
          (plan: any) => plan.action === action && plan.state === 'proposed',
        );
        if (open) {
          const { id, hash } = open;
          await Promise.all([
            ask(`${url()}/plans/${id}/approve`, 'other', { hash }),
            ask(`${url()}/plans/${id}/approve`, 'other', { hash }),
          ]);
        }
        const granted = await postgres.query(
          `select id from "ci-medic".remediations where run_id = '${found.run_id}' and action = '${action}'`,
        );
        if (granted.length > 0) {
          this.#asked.add(`${run} ${action}`);
          return;
        }
      }
      await setTimeout(ASK_AGAIN_MS);
    }
  }
}

async function ask(
  url: string,
  person: string,
  body?: object,
): Promise<any | undefined> {
  try {
    const response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', 'x-person': person },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    return await response.json();
  } catch {
    // It is being killed, or its database is; the next one is asked.
    return undefined;
  }
}
