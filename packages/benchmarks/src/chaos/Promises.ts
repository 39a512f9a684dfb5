import { SignedWebhook } from '@ci-medic/ci-simulator';
import { readFile } from 'fs/promises';
import { connect, Socket } from 'net';
import { setTimeout } from 'timers/promises';
import { pace, quantile, Sent } from './Pace';
import { Scene } from './Scene';

const MEGABYTE = 1024 * 1024;
const MOST_MEMORY = 700 * MEGABYTE;

/** A promise of the documentation, held against a running process. */
export type PromiseResult = {
  promise: string;
  kept: boolean;
  figures: Record<string, number | string>;
};

/**
 * Promises that only a whole process can keep or break: one replica with little memory, under load, without its
 * database, and asked to end.
 */
export class Promises {
  static async check(options: {
    folder: string;
    script: string;
    say: (text: string) => void;
  }): Promise<PromiseResult[]> {
    const scene = await Scene.start({
      ...{ folder: options.folder, script: options.script, replicas: 1 },
      load: { runs: 1_000, failing: 0.1, repositories: 10, seed: 1 },
      nodeOptions: ['--max-old-space-size=512'],
    });
    try {
      const promises = new Promises(scene);
      const results: PromiseResult[] = [];
      for (const check of [
        () => promises.#acknowledges(),
        () => promises.#bearsFloods(),
        () => promises.#admitsThatItCannot(),
        () => promises.#endsInOrder(),
      ]) {
        const result = await check();
        options.say(
          `  ${result.kept ? 'kept' : 'BROKEN'}  ${result.promise}\n`,
        );
        results.push(result);
      }
      return results;
    } finally {
      await scene.stop();
    }
  }

  readonly #scene: Scene;
  readonly #deliveries: SignedWebhook[];

  private constructor(scene: Scene) {
    this.#scene = scene;
    this.#deliveries = scene.simulator
      .runs()
      .flatMap(({ id }) => scene.simulator.signedWebhooks({ run: id }));
  }

  async #acknowledges(): Promise<PromiseResult> {
    const sent = await this.#send(1_000, 50);
    const figures = {
      p99: quantile(sent, 0.99),
      most: quantile(sent, 1),
      refused: sent.filter(({ status }) => status !== 202).length,
    };
    const { p99, most, refused } = figures;
    return {
      promise: 'R2: 50 deliveries a second are acknowledged in time',
      kept: p99 <= 500 && most <= 2_000 && refused === 0,
      figures,
    };
  }

  async #bearsFloods(): Promise<PromiseResult> {
    const { pid } = this.#scene.replicas[0];
    const flood = await this.#send(5_000);
    // The workers are saturated now, and more comes.
    const more = await this.#send(1_000, 200);
    const isDrained = await this.#scene.untilProcessed(180_000);
    const isAlive = this.#scene.replicas[0].pid === pid;
    const memory = await mostMemoryOf(pid!);
    const answers = [...flood, ...more].map(({ status }) => status);
    const others = answers.filter(status => status !== 202 && status !== 503);
    return {
      promise: 'R10: a flood is taken or told to come again, within its memory',
      kept:
        isDrained && isAlive && memory <= MOST_MEMORY && others.length === 0,
      figures: {
        megabytes: Math.round(memory / MEGABYTE),
        taken: answers.filter(status => status === 202).length,
        later: answers.filter(status => status === 503).length,
        others: others.length,
        p99_saturated: quantile(more, 0.99),
      },
    };
  }

  async #admitsThatItCannot(): Promise<PromiseResult> {
    const { postgres, replicas } = this.#scene;
    const { pid } = replicas[0];
    const sending = this.#send(400, 40);
    await setTimeout(2_000);
    await postgres.stop();
    const down = performance.now();
    await setTimeout(4_000);
    const up = performance.now();
    await postgres.start();
    const isBack = performance.now();
    const sent = await sending;
    const during = sent.filter(
      ({ at, milliseconds }) => at > down && at + milliseconds < up,
    );
    const lies = during.filter(({ status }) => status !== 503).length;
    const hasNoTime = during.filter(({ retryAfter }) => !retryAfter).length;
    const again = await this.#scene.until(10_000, async () => {
      const [one] = await this.#send(1);
      return one.status === 202;
    });
    const recovered = Math.round(performance.now() - isBack);
    const stored = await this.#stored();
    const lost = sent.filter(
      ({ status, id }) => status === 202 && !stored.has(id),
    ).length;
    return {
      promise: 'R3: without its database it says so, and comes back by itself',
      kept:
        again &&
        during.length > 20 &&
        lies + hasNoTime + lost === 0 &&
        replicas[0].pid === pid,
      figures: { during: during.length, lies, lost, recovered },
    };
  }

  async #endsInOrder(): Promise<PromiseResult> {
    const [replica] = this.#scene.replicas;
    const port = Number(new URL(replica.url).port);
    const half = this.#take(50).map(delivery => ({
      delivery,
      ...openHalf(port, replica.url, delivery),
    }));
    await Promise.all(half.map(({ connected }) => connected));
    await setTimeout(300);
    const begin = performance.now();
    const ended = replica.terminate();
    half.forEach(({ finish }) => finish());
    const answers = await Promise.all(half.map(({ answer }) => answer));
    await ended;
    const seconds = (performance.now() - begin) / 1_000;
    const stored = await this.#stored();
    const lies = half.filter(
      ({ delivery }, index) =>
        answers[index] === 202 && !stored.has(delivery.delivery.id),
    ).length;
    const others = answers.filter(
      status => status !== 202 && status !== 503 && status !== 0,
    ).length;
    const isRefused = await refusesConnections(port);
    return {
      promise: 'R8: asked to end, it finishes what it took and ends',
      kept: lies + others === 0 && isRefused && seconds <= 30,
      figures: {
        taken: answers.filter(status => status === 202).length,
        refused: answers.filter(status => status !== 202).length,
        lies,
        seconds: Number(seconds.toFixed(1)),
      },
    };
  }

  #take(count: number): SignedWebhook[] {
    if (this.#deliveries.length < count) {
      throw new Error('There are not enough deliveries');
    }
    return this.#deliveries.splice(0, count);
  }

  #send(count: number, perSecond?: number): Promise<Sent[]> {
    const { urls } = this.#scene;
    return pace({ deliveries: this.#take(count), urls, perSecond });
  }

  async #stored(): Promise<Set<string>> {
    const rows = await this.#scene.postgres.query(
      `select delivery_id from "ci-medic".inbox`,
    );
    return new Set(rows.map(row => row.delivery_id));
  }
}

/** The most memory that a process ever had, as Linux counts it. */
async function mostMemoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(status) ?? [];
  return Number(kilobytes) * 1024;
}

/** Sends one half of a delivery. */
function openHalf(port: number, url: string, delivery: SignedWebhook) {
  const { body, headers } = delivery;
  const socket: Socket = connect(port, '127.0.0.1');
  const middle = Math.floor(body.length / 2);
  const path = new URL(`${url}/webhooks/github`).pathname;
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${body.length}`,
    'Connection: close',
  ];
  const connected = new Promise<void>(resolve => {
    socket.once('connect', () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      socket.write(body.subarray(0, middle), () => resolve());
    });
  });
  let text = '';
  socket.on('data', chunk => {
    text += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  const answer = new Promise<number>(resolve => {
    socket.once('close', () => {
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0));
    });
  });
  return {
    connected,
    answer,
    finish: () => socket.write(body.subarray(middle)),
  };
}

function refusesConnections(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}
