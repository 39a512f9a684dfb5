import {
  createSimulator,
  LedgerEntry,
  Simulator,
} from '@ci-medic/ci-simulator';
import { setTimeout } from 'timers/promises';
import { sendDeliveries } from './Deliveries';
import { PostgresServer } from './PostgresServer';

const MINUTE_MS = 60_000;
const MOST_MINUTES = 240;
const MOST_TURNS = 20;
/** Simulated time to real time while what was started runs. */
const SPEED = 60;
const ASK_AGAIN_MS = 400;
const MOST_ODD = 10;
/** The discard port, on which nobody listens. */
const NOWHERE = 'http://127.0.0.1:9/';

/** What breaks, and what is done about it. Deployments come first: they take the longest to fail. */
const wanted = [
  { kind: 'bad_deployment', service: 'checkout', action: 'rollback' },
  { kind: 'bad_deployment', service: 'parcels', action: 'rollback' },
  { kind: 'disk_full', action: 'fresh-runner' },
  { kind: 'regression', service: 'identity', action: 'canary' },
  { kind: 'regression', service: 'pricing', action: 'canary' },
  { kind: 'flaky_test', service: 'notifications', action: 'rebuild' },
  { kind: 'flaky_test', service: 'storefront', action: 'rebuild' },
] as const;

/** A run that failed, and what people want done about it. */
type Failure = { action: string; run: number; repository: string };

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

/** Actions that none of some failures is for. */
function ungrantedOf(failures: { action: string }[]): string[] {
  const actions = new Set<string>(wanted.map(({ action }) => action));
  failures.forEach(({ action }) => actions.delete(action));
  return [...actions];
}

/** Brings what is wanted, and lets time pass until it shows. */
function breakThings(simulator: Simulator): Failure[] {
  const failures: Failure[] = [];
  const open = new Map(
    wanted.map(({ action, ...what }) => [
      simulator.bring(what).id,
      action as string,
    ]),
  );
  for (let minute = 0; minute < MOST_MINUTES && open.size > 0; minute++) {
    simulator.timeline.advance(MINUTE_MS);
    for (const { causes, run, conclusion } of simulator.truth!.jobs()) {
      const action = open.get(causes[0]);
      const { repository, run: found } = simulator.world.run(run)!;
      const [newest] = [...found.attempts].reverse();
      if (action && conclusion === 'failure' && newest.conclusion) {
        open.delete(causes[0]);
        const { owner, name } = repository;
        failures.push({ action, run, repository: `${owner}/${name}` });
      }
    }
  }
  return failures;
}

/** Whether nobody was faster, and the action has something to act on, now that time stands still. */
function canBeTreated({ world }: Simulator, { action, run }: Failure): boolean {
  const { repository, run: failed } = world.run(run)!;
  const { workflow, branch, attempts } = failed;
  const { runs, deployments = [], caches = [] } = repository;
  if (attempts.length > 1 || attempts[0].conclusion !== 'failure') {
    return false;
  }
  switch (action) {
    case 'rollback': {
      const production = deployments.filter(
        ({ environment }) => environment === 'production',
      );
      const isAtRest = runs
        .filter(each => each.workflow === workflow)
        .every(each => each.attempts.at(-1)!.status === 'completed');
      const isHealthy = ({ statuses }: (typeof production)[number]) =>
        statuses.some(({ state }) => state === 'success');
      return (
        isAtRest && production.at(-1)?.run === run && production.some(isHealthy)
      );
    }
    case 'rebuild':
      return caches.some(({ ref }) => ref === `refs/heads/${branch}`);
    default:
      return true;
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

/** What happened, in words that a plan has as well. */
function keysOf({
  action,
  repository,
  run,
  fromAttempt,
  details = {},
}: LedgerEntry): string[] {
  const { inputs, ref, runner, caches } = details as Record<string, any>;
  switch (action) {
    case 'dispatch':
      return [`${repository} dispatch ${inputs?.correlation_id}`];
    case 'create-ref':
    case 'delete-ref':
      return [`${repository} ${action} ${ref}`];
    case 'set-runner-labels':
      return [`${action} ${runner}`];
    case 'delete-cache':
      return caches.map(
        ({ key }: { key: string }) => `${repository} ${action} ${key}`,
      );
    default:
      return [`${repository} ${action} ${run} ${fromAttempt}`];
  }
}

/** What a remediation may do, in the order of its stages. */
function plannedKeys(row: any): string[] {
  const { action, slug, id, external_id: run, attempt } = row;
  const parameters = JSON.parse(row.parameters);
  const rerun = `${slug} rerun-failed-jobs ${run} ${attempt}`;
  const dispatch = (part = '') => `${slug} dispatch ci-medic-${id}${part}`;
  switch (action) {
    case 'rollback':
      return [dispatch()];
    case 'fresh-runner':
      return [`set-runner-labels ${parameters.runner}`, rerun];
    case 'rebuild':
      return [
        ...parameters.caches.map(
          ({ key }: { key: string }) => `${slug} delete-cache ${key}`,
        ),
        rerun,
      ];
    case 'canary': {
      const sides = ['suspect', 'parent'];
      const ref = (side: string) => `refs/heads/${parameters.branch[side]}`;
      return [
        ...sides.map(side => `${slug} create-ref ${ref(side)}`),
        ...Array.from({ length: parameters.times }, (_, index) =>
          sides.map(side => dispatch(`-${side}-${index + 1}`)),
        ).flat(),
        ...sides.map(side => `${slug} delete-ref ${ref(side)}`),
      ];
    }
    default:
      return [rerun];
  }
}
