import {
  createSimulator,
  LoadOptions,
  Simulator,
} from '@ci-medic/ci-simulator';
import { randomBytes } from 'crypto';
import { mkdir } from 'fs/promises';
import { join } from 'path';
import { setTimeout } from 'timers/promises';
import { freePort, PostgresServer } from './PostgresServer';
import { Remedies } from './Remedies';
import { Replica } from './Replica';
import { ChaosTimings } from './ReplicaOptions';

const READY_MS = 120_000;

/** What a scene is made of. */
export type SceneOptions = {
  /** An empty folder for the database and the logs. */
  folder: string;
  /** The replica, see `buildReplica`. */
  script: string;
  load: LoadOptions;
  /** Whether something else than reruns is wanted as well, by the seed of the organisation in which that is. */
  remedies?: number;
  reruns?: { passing: number; haste: number; seed?: number };
  replicas?: number;
  timings?: ChaosTimings;
  /** As `CI_MEDIC_FAILPOINTS` has them. */
  failpoints?: string[];
  /** Of all replicas but the last, so that one can take over. */
  weakFailpoints?: string[];
  /** For Node.js. */
  nodeOptions?: string[];
};

const usualTimings: ChaosTimings = {
  ...{ call: 'PT2S', slack: 'PT2S', latestAction: 'PT7S', look: 'PT2S' },
};

/** A PostgreSQL server, a simulated CI system, and replicas of the backend. */
export class Scene {
  static async start(options: SceneOptions): Promise<Scene> {
    await mkdir(options.folder, { recursive: true });
    const postgres = await PostgresServer.start(options.folder);
    const scene = new Scene(postgres);
    try {
      await scene.#start(options);
      return scene;
    } catch (error) {
      await scene.stop();
      throw error;
    }
  }

  readonly postgres: PostgresServer;
  readonly replicas: Replica[] = [];
  remedies?: Remedies;
  #simulator?: Simulator;

  private constructor(postgres: PostgresServer) {
    this.postgres = postgres;
  }

  get simulator(): Simulator {
    return this.#simulator!;
  }

  /** Where the replicas are. */
  get urls(): string[] {
    return this.replicas.map(({ url }) => url);
  }

  async #start(options: SceneOptions) {
    const { folder, script, load, failpoints = [], nodeOptions } = options;
    const secret = randomBytes(24).toString('hex');
    const ports: number[] = [];
    for (let count = 0; count < (options.replicas ?? 2); count++) {
      ports.push(await freePort());
    }
    const urls = ports.map(port => `http://127.0.0.1:${port}`);
    this.#simulator = await createSimulator({
      load,
      reruns: options.reruns,
      rateLimit: { limit: 100_000_000, windowSeconds: 3_600 },
      webhook: { url: `${urls[0]}/api/ci-medic/webhooks/github`, secret },
    });
    if (options.remedies !== undefined) {
      this.remedies = await Remedies.prepare({
        seed: options.remedies,
        webhook: { url: `${urls[0]}/api/ci-medic/webhooks/github`, secret },
      });
    }
    const runs = this.#simulator.runs();
    const repositories = [
      ...new Set(runs.map(run => run.repository)),
      ...(this.remedies?.repositories ?? []),
    ];
    for (const [index, port] of ports.entries()) {
      const isLast = index === ports.length - 1;
      const own = isLast ? [] : options.weakFailpoints ?? [];
      const replica = new Replica({
        ...{ script, nodeOptions },
        failpoints: [...failpoints, ...own].join(';'),
        logFile: join(folder, `replica-${index + 1}.log`),
        replica: {
          ...{ port, url: urls[index], secret, repositories },
          connection: this.postgres.connection,
          ciHosts: [
            this.#simulator,
            ...(this.remedies ? [this.remedies.simulator] : []),
          ].map(({ url }) => new URL(url).host),
          timings: options.timings ?? usualTimings,
        },
      });
      this.replicas.push(replica);
      replica.start();
      await this.untilReady(replica);
    }
    // The catalog was read, so that runs are given to their entities.
    await this.until(READY_MS, async () => {
      const [{ count }] = await this.postgres.query(
        `select count(*)::int from "ci-medic".entity_projects`,
      );
      return count >= repositories.length;
    });
  }

  async untilReady(replica: Replica): Promise<void> {
    if (!(await this.until(READY_MS, () => replica.isReady()))) {
      throw new Error(`A replica does not come up: see ${replica.logFile}`);
    }
  }

  /** Every delivery that was taken has been worked on. */
  async untilProcessed(patienceMs: number): Promise<boolean> {
    return this.untilNone(
      patienceMs,
      `select count(*)::int from "ci-medic".inbox where state = 'received'`,
    );
  }

  /**
   * Whether a count went down to none.
   *
   * @param patienceMs - how long it may stay where it is; slow machines get there, too
   */
  async untilNone(patienceMs: number, query: string): Promise<boolean> {
    let least = Infinity;
    let end = Date.now() + patienceMs;
    for (;;) {
      const [{ count }] = await this.postgres.query(query);
      if (count === 0) {
        return true;
      }
      if (count < least) {
        least = count;
        end = Date.now() + patienceMs;
      }
      if (Date.now() > end) {
        return false;
      }
      await setTimeout(200);
    }
  }

  /** Whether it was reached in time. */
  async until(
    patienceMs: number,
    isReached: () => Promise<boolean>,
  ): Promise<boolean> {
    for (const end = Date.now() + patienceMs; Date.now() < end; ) {
      if (await isReached()) {
        return true;
      }
      await setTimeout(200);
    }
    return false;
  }

  async stop(): Promise<void> {
    await Promise.all(this.replicas.map(replica => replica.kill()));
    await this.#simulator?.close();
    await this.remedies?.stop();
    await this.postgres.stop();
  }
}
