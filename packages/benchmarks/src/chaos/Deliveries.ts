import { SignedWebhook, Simulator } from '@ci-medic/ci-simulator';
import { request as httpRequest, Agent } from 'http';
import { setTimeout } from 'timers/promises';

const SENDERS = 20;
const PATIENCE_MS = 10_000;

/** What became of the sending. Times in milliseconds. */
export type SendReport = {
  sent: number;
  /** Ids of what was acknowledged. */
  acknowledged: Set<string>;
  /** How long the answers with 2xx took. */
  times: number[];
};

/**
 * The deliveries of all runs, some of them twice, some out of order.
 */
export function planDeliveries(options: {
  simulator: Simulator;
  total: number;
  duplicates: number;
  outOfOrder: number;
  random: () => number;
}): SignedWebhook[] {
  const { simulator, total, duplicates, outOfOrder, random } = options;
  const unique: SignedWebhook[] = [];
  const most = Math.round(total * (1 - duplicates));
  for (const { id } of simulator.runs().reverse()) {
    unique.push(...simulator.signedWebhooks({ run: id }));
    if (unique.length >= most) {
      break;
    }
  }
  const planned = [...unique];
  while (planned.length < total) {
    const one = unique[Math.floor(random() * unique.length)];
    planned.splice(Math.floor(random() * planned.length), 0, one);
  }
  for (let swap = 0; swap < (planned.length * outOfOrder) / 2; swap++) {
    const left = Math.floor(random() * (planned.length - 60));
    const right = left + 1 + Math.floor(random() * 50);
    [planned[left], planned[right]] = [planned[right], planned[left]];
  }
  return planned;
}

/** Sends each delivery until it is acknowledged, as somebody would who redelivers what failed. */
export async function sendDeliveries(options: {
  deliveries: SignedWebhook[];
  urls: string[];
  random: () => number;
  /** How long nothing may be acknowledged before it is given up, in milliseconds. */
  patienceMs: number;
}): Promise<SendReport> {
  const { deliveries, urls, random, patienceMs } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
  const report: SendReport = { sent: 0, acknowledged: new Set(), times: [] };
  let end = Date.now() + patienceMs;
  let next = 0;
  const send = async () => {
    while (next < deliveries.length) {
      const delivery = deliveries[next++];
      report.sent++;
      for (;;) {
        const url = urls[Math.floor(random() * urls.length)];
        const started = performance.now();
        const { status } = await postDelivery(agent, url, delivery);
        if (status >= 200 && status < 300) {
          report.times.push(performance.now() - started);
          report.acknowledged.add(delivery.delivery.id);
          end = Date.now() + patienceMs;
          break;
        }
        if (Date.now() > end) {
          return;
        }
        await setTimeout(50 + random() * 200);
      }
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  agent.destroy();
  return report;
}

/** The status is 0 when there was no answer. */
export type Answer = { status: number; retryAfter?: string };

/** Sends a delivery once. */
export function postDelivery(
  agent: Agent,
  url: string,
  { body, headers }: SignedWebhook,
): Promise<Answer> {
  return new Promise(resolve => {
    const none = () => resolve({ status: 0 });
    const request = httpRequest(`${url}/webhooks/github`, {
      ...{ method: 'POST', agent, headers, timeout: PATIENCE_MS },
    });
    request.on('response', response => {
      response.resume();
      const { statusCode: status = 0, headers: answered } = response;
      const retryAfter = answered['retry-after'];
      response.on('end', () => resolve({ status, retryAfter }));
      response.on('error', none);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', none);
    request.end(body);
  });
}
