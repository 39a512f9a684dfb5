import { SignedWebhook } from '@ci-medic/ci-simulator';
import { Agent } from 'http';
import { setTimeout } from 'timers/promises';
import { Answer, postDelivery } from './Deliveries';

/** What became of a delivery that was sent once. */
export type Sent = Answer & {
  id: string;
  /** When it was sent and how long the answer took, in milliseconds. */
  at: number;
  milliseconds: number;
};

/**
 * Sends each delivery once, at a steady rate or as fast as so many senders can, whatever the answers are.
 */
export async function pace(options: {
  deliveries: SignedWebhook[];
  urls: string[];
  /** Deliveries a second; as fast as possible when missing. */
  perSecond?: number;
  /** At the same time, where there is no rate. */
  senders?: number;
}): Promise<Sent[]> {
  const { deliveries, urls, perSecond, senders = 20 } = options;
  const agent = new Agent({
    ...{ keepAlive: true, maxSockets: 100 },
    // None idles so long that the server closes it while it is being used.
    scheduling: 'fifo',
  });
  const sent: Sent[] = [];
  const send = async (delivery: SignedWebhook, index: number) => {
    const at = performance.now();
    const answer = await postDelivery(
      agent,
      urls[index % urls.length],
      delivery,
    );
    const milliseconds = performance.now() - at;
    sent.push({ ...answer, id: delivery.delivery.id, at, milliseconds });
  };
  if (perSecond) {
    const begin = performance.now();
    const under = deliveries.map(async (delivery, index) => {
      const due = begin + (index * 1_000) / perSecond;
      await setTimeout(Math.max(0, due - performance.now()));
      await send(delivery, index);
    });
    await Promise.all(under);
  } else {
    let next = 0;
    await Promise.all(
      Array.from({ length: senders }, async () => {
        while (next < deliveries.length) {
          const index = next++;
          await send(deliveries[index], index);
        }
      }),
    );
  }
  agent.destroy();
  return sent;
}

/** A value under which that share of the times lies, in whole milliseconds. */
export function quantile(sent: Sent[], share: number): number {
  const sorted = sent
    .map(({ milliseconds }) => milliseconds)
    .sort((left, right) => left - right);
  const place = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return Math.round(sorted[place] ?? 0);
}
