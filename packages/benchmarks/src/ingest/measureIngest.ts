import { SignedWebhook } from '@ci-medic/ci-simulator';
import { cpus } from 'os';
import { pace, quantile } from '../chaos/Pace';
import { Scene } from '../chaos/Scene';
import { measureInserts } from './measureInserts';

const EVENTS_OF_A_RUN = 9;
const RATE = 50;
const PATIENCE_MS = 10 * 60_000;

/** Times in milliseconds, rates a second. */
export type IngestResult = {
  machine: { cores: number; model: string };
  body_bytes: number;
  /** At 50 deliveries a second. */
  ack_ms: { p50: number; p99: number; most: number; n: number };
  /** Deliveries, from the first one sent until the last one was acknowledged, or worked on. */
  sustained: Record<
    'one_replica' | 'two_replicas',
    { acknowledged: number; processed: number; n: number }
  >;
  /** Of rows like those of the inbox, each durable before the next one, over the same number of connections. */
  raw_inserts: number;
};

/**
 * Measures one replica and then two, each on a PostgreSQL of its own, and the same server's plain inserts.
 */
export async function measureIngest(options: {
  seconds: number;
  deliveries: number;
  start: (replicas: number, runs: number) => Promise<Scene>;
  say: (text: string) => void;
}): Promise<IngestResult> {
  const { seconds, deliveries, start, say } = options;
  const paced = seconds * RATE;
  const runs = (count: number) => Math.ceil((count * 1.05) / EVENTS_OF_A_RUN);
  const first = await start(1, runs(paced + deliveries));
  let acknowledged: Pick<IngestResult, 'ack_ms' | 'body_bytes'>;
  let one: IngestResult['sustained']['one_replica'];
  let rawInserts: number;
  try {
    const all = deliveriesOf(first);
    const bytes = all.reduce((sum, { body }) => sum + body.length, 0);
    say(`${RATE} a second for ${seconds} s`);
    const sent = await pace({
      ...{ deliveries: all.splice(0, paced), urls: first.urls },
      perSecond: RATE,
    });
    await first.untilProcessed(PATIENCE_MS);
    const bodyBytes = Math.round(bytes / (all.length + paced));
    acknowledged = {
      body_bytes: bodyBytes,
      ack_ms: {
        ...{ p50: quantile(sent, 0.5), p99: quantile(sent, 0.99) },
        ...{ most: quantile(sent, 1), n: sent.length },
      },
    };
    say(`${deliveries} at once, one replica`);
    one = await sustain(first, all.slice(0, deliveries));
    say('Plain inserts');
    rawInserts = await measureInserts({
      connection: first.postgres.connection,
      bytes: bodyBytes,
    });
  } finally {
    await first.stop();
  }
  const second = await start(2, runs(deliveries));
  try {
    say(`${deliveries} at once, two replicas`);
    const two = await sustain(
      second,
      deliveriesOf(second).slice(0, deliveries),
    );
    const [{ model }] = cpus();
    return {
      machine: { cores: cpus().length, model },
      ...acknowledged,
      sustained: { one_replica: one, two_replicas: two },
      raw_inserts: rawInserts,
    };
  } finally {
    await second.stop();
  }
}

function deliveriesOf({ simulator }: Scene): SignedWebhook[] {
  return simulator
    .runs()
    .flatMap(({ id }) => simulator.signedWebhooks({ run: id }));
}

async function sustain(scene: Scene, deliveries: SignedWebhook[]) {
  const begin = performance.now();
  const sent = await pace({ deliveries, urls: scene.urls });
  const taken = sent.filter(({ status }) => status === 202).length;
  const perSecond = () =>
    Math.round((taken * 1_000) / (performance.now() - begin));
  const acknowledged = perSecond();
  if (!(await scene.untilProcessed(PATIENCE_MS))) {
    throw new Error('The deliveries were not worked on in time');
  }
  return { acknowledged, processed: perSecond(), n: taken };
}
