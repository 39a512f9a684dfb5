import { setTimeout } from 'timers/promises';
import { planDeliveries, sendDeliveries, SendReport } from './Deliveries';
import { randomOf } from './random';
import { RemediesResult } from './Remedies';
import { Reruns } from './Reruns';
import { Scene } from './Scene';
import { Variant } from './variants';

const JOBS_OF_A_RUN = 4;
/** Of the run itself, and of each job. */
const EVENTS_OF_A_RUN = 3 + 3 * JOBS_OF_A_RUN;
const REPOSITORIES = 10;
const RERUN = '/repos/*/*/actions/runs/*/rerun-failed-jobs';

/** What a state that comes after nothing else comes after. */
const comesAfter: Record<string, string> = {
  claimed: 'approved',
  intent_recorded: 'claimed',
  calling: 'intent_recorded',
};

/** What came out of a run. All but `ack_ms` and `seconds` are numbers of things. */
export type ChaosResult = {
  seed: number;
  variant: string;
  delivered: number;
  /** Deliveries that were acknowledged and not processed, or failures that no incident knows. */
  lost: number;
  /** Incidents more than there are causes. */
  duplicate_incidents: number;
  /** Failed runs for which a rerun was granted. */
  asked: number;
  /** Reruns that happened. */
  executed: number;
  /** Reruns of an attempt that was run again already. */
  doubled: number;
  /** Granted reruns that neither happened nor say why not, or that say something else than what happened. */
  missing: number;
  /** Remediations with a history that cannot be: somebody wrote who was not at it any more. */
  disordered: number;
  kills: number;
  crashes: number;
  ack_ms: { p50: number; p99: number };
  seconds: number;
  /** What is no rerun of the load: rollbacks, fresh runners, canaries, rebuilds. */
  remedies?: RemediesResult;
  /** Reruns by where they stand in the end. */
  states: Record<string, number>;
  /** Requests that were refused, with their number. */
  refused: Record<string, number>;
};

/**
 * Plays deliveries into two replicas of the backend while processes die, connections break and calls act late, and
 * accounts for everything afterwards.
 */
export class Chaos {
  /**
   * @param options.folder - an empty folder for the database and the logs
   * @param options.script - the replica, see `buildReplica`
   */
  static async run(options: {
    variant: Variant;
    seed: number;
    folder: string;
    script: string;
    /** How long to wait for everything to settle, in milliseconds. */
    patienceMs: number;
    say: (text: string) => void;
  }): Promise<ChaosResult> {
    const chaos = new Chaos(options);
    try {
      await chaos.#start();
      return await chaos.#play();
    } finally {
      await chaos.#stop();
    }
  }

  readonly #options: Parameters<typeof Chaos.run>[0];
  readonly #random: () => number;
  #scene?: Scene;
  #isOver = false;
  #kills = 0;
  #crashes = 0;

  private constructor(options: Parameters<typeof Chaos.run>[0]) {
    this.#options = options;
    this.#random = randomOf(options.seed);
  }

  async #start() {
    const { variant, folder, script, say, seed } = this.#options;
    this.#scene = await Scene.start({
      ...{ folder, script },
      timings: {
        ...variant.timings,
        ...(variant.tooShort && { latestAction: variant.tooShort }),
      },
      load: {
        runs: Math.ceil((variant.deliveries * 0.9) / EVENTS_OF_A_RUN),
        failing: variant.failing,
        jobs: JOBS_OF_A_RUN,
        repositories: REPOSITORIES,
        seed,
      },
      // Most fail again, so that the CI system does not refuse what happens twice.
      reruns: { passing: variant.passing ?? 0.2, haste: 600, seed },
      // What would be too much in an hour is what this is about.
      failpoints: [
        ...variant.failpoints,
        ...['remediation.budget', ...(variant.lacks ?? [])].map(
          name => `${name}=skip`,
        ),
      ],
      weakFailpoints: variant.weakFailpoints,
      remedies: variant.hasRemedies ? seed : undefined,
      replicas: variant.replicas,
    });
    const { simulator, postgres } = this.#scene;
    say(`${variant.name}: ${simulator.runs().length} runs\n`);
    if (variant.sql) {
      await postgres.query(variant.sql);
    }
    this.#scene.remedies?.disturb(seed, variant.late);
    const { faults } = simulator;
    const often = { path: RERUN, count: 'always' as const };
    faults.add({
      ...often,
      ...{ kind: 'fail-before', probability: variant.failedBefore, seed },
    });
    faults.add({
      ...often,
      ...{ kind: 'execute-then-drop', probability: variant.dropped, seed },
    });
    if (variant.late.probability > 0) {
      faults.add({
        ...often,
        ...{ kind: 'act-late', probability: variant.late.probability, seed },
        ...{ milliseconds: variant.late.from, atMost: variant.late.to },
      });
    }
  }

  async #play(): Promise<ChaosResult> {
    const { variant, say, patienceMs } = this.#options;
    const started = Date.now();
    const { urls, postgres, simulator } = this.#scene!;
    const random = this.#random;
    const deliveries = planDeliveries({
      ...{ simulator, total: variant.deliveries, random },
      ...{ duplicates: 0.1, outOfOrder: 0.05 },
    });
    const reruns = new Reruns({ postgres, urls, random });
    const clicking = reruns.run();
    const { remedies } = this.#scene!;
    const wanting = remedies?.run({
      ...{ postgres, urls, random, patienceMs },
      untilNone: query => this.#scene!.untilNone(patienceMs, query),
    });
    const guard = this.#keepAlive();
    const troubles = [this.#killReplicas(), this.#crashPostgres()];
    const report = await sendDeliveries({
      ...{ deliveries, urls, random, patienceMs },
    });
    say(`  sent after ${seconds(started)} s\n`);
    await Promise.all(troubles);
    await this.#untilProcessed(patienceMs);
    say(`  processed after ${seconds(started)} s\n`);
    reruns.finish();
    remedies?.finish(patienceMs);
    await clicking;
    await wanting;
    await this.#untilTreated(patienceMs);
    this.#isOver = true;
    await guard;
    return this.#account(deliveries.length, report, reruns, started);
  }

  async #account(
    delivered: number,
    { acknowledged, times }: SendReport,
    { asked, refused }: Reruns,
    started: number,
  ): Promise<ChaosResult> {
    const { variant, seed } = this.#options;
    const inbox = await this.#scene!.postgres.query(
      `select delivery_id from "ci-medic".inbox where state in ('processed', 'ignored')`,
    );
    const processed = new Set(inbox.map(row => row.delivery_id));
    const lostDeliveries = [...acknowledged].filter(id => !processed.has(id));
    const known = new Set(
      (
        await this.#scene!.postgres.query(
          `select distinct runs.external_id from "ci-medic".incident_occurrences join "ci-medic".runs using (run_id, attempt) where attempt = 1`,
        )
      ).map(row => row.external_id),
    );
    const failed = this.#scene!.simulator.runs().filter(
      run =>
        this.#scene!.simulator.world.run(run.id)!.run.attempts[0].conclusion ===
        'failure',
    );
    const unseen = failed.filter(({ id }) => !known.has(String(id)));
    const [{ incidents }] = await this.#scene!.postgres.query(
      `select count(*)::int as incidents from "ci-medic".incidents join "ci-medic".projects on projects.id = incidents.project_id where slug like 'load/%'`,
    );
    const causes = new Set(failed.map(({ repository }) => repository)).size;
    const entries = this.#scene!.simulator.ledgerEntries().filter(
      ({ action }) => action === 'rerun-failed-jobs',
    );
    const executed = new Set(
      entries
        .filter(({ fromAttempt }) => fromAttempt === 1)
        .map(({ run }) => String(run)),
    );
    const treated = await this.#scene!.postgres.query(
      `select remediations.run_id, state, external_id from "ci-medic".remediations join "ci-medic".runs using (run_id, attempt) join "ci-medic".projects on projects.id = remediations.project_id where slug like 'load/%'`,
    );
    const told = new Map(treated.map(row => [row.run_id, row]));
    const states: Record<string, number> = {};
    for (const { state } of treated) {
      states[state] = (states[state] ?? 0) + 1;
    }
    const missing = [...asked.keys()].filter(runId => {
      const row = told.get(runId);
      const isDone = row && executed.has(row.external_id);
      return isDone
        ? !['succeeded', 'failed'].includes(row.state)
        : row?.state !== 'needs_human';
    });
    const sorted = times.sort((left, right) => left - right);
    const at = (share: number) =>
      Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
    return {
      ...{ seed, variant: variant.name, delivered },
      lost: lostDeliveries.length + unseen.length,
      duplicate_incidents: Math.max(0, incidents - causes),
      asked: asked.size,
      executed: entries.length,
      doubled: entries.length - executed.size,
      missing: missing.length,
      disordered: await this.#countDisordered(),
      ...{ kills: this.#kills, crashes: this.#crashes },
      ack_ms: { p50: at(0.5), p99: at(0.99) },
      seconds: Number(seconds(started)),
      remedies: await this.#scene!.remedies?.account(this.#scene!.postgres),
      states,
      refused: Object.fromEntries(refused),
    };
  }

  async #countDisordered(): Promise<number> {
    const events = await this.#scene!.postgres.query(
      `select remediation_id, state, lag(state) over (partition by remediation_id order by version) as before from "ci-medic".remediation_events`,
    );
    const isOdd = (event: any) =>
      comesAfter[event.state] && event.before !== comesAfter[event.state];
    return new Set(events.filter(isOdd).map(each => each.remediation_id)).size;
  }

  async #killReplicas() {
    while (this.#kills < this.#options.variant.kills) {
      await setTimeout(500 + this.#random() * 2_500);
      const replica = this.#scene!.replicas[Math.floor(this.#random() * 2)];
      if (replica.isAlive) {
        await replica.kill();
        this.#kills++;
      }
    }
  }

  async #crashPostgres() {
    while (this.#crashes < this.#options.variant.crashes) {
      await setTimeout(8_000);
      await this.#scene!.postgres.crash();
      this.#crashes++;
    }
  }

  /** What dies is started again, as an operator's platform does. */
  async #keepAlive() {
    while (!this.#isOver) {
      for (const replica of this.#scene!.replicas) {
        if (!replica.isAlive) {
          replica.start();
        }
      }
      await setTimeout(100);
    }
  }

  async #untilProcessed(patienceMs: number) {
    await this.#scene!.untilNone(
      patienceMs,
      `select count(*)::int from "ci-medic".work where state in ('queued', 'running') and kind in ('ingest.delivery', 'ingest.run', 'logs.read', 'incidents.observe')`,
    );
  }

  async #untilTreated(patienceMs: number) {
    await this.#scene!.untilNone(
      patienceMs,
      `select count(*)::int from "ci-medic".remediations where state not in ('succeeded', 'failed', 'superseded', 'expired', 'cancelled', 'denied', 'needs_human')`,
    );
    const { simulator, remedies } = this.#scene!;
    await this.#scene!.until(patienceMs, async () =>
      [simulator, remedies?.simulator].every(
        each => !each || each.faults.underWay === 0,
      ),
    );
  }

  async #stop() {
    this.#isOver = true;
    await this.#scene?.stop();
  }
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1_000).toFixed(1);
}
