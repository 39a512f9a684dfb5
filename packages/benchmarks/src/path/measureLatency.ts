import { createSimulator, SignedWebhook } from '@ci-medic/ci-simulator';
import { BenchmarkBackend } from '../series/BenchmarkBackend';
import { PostedMessages } from './PostedMessages';

const PATIENCE_MS = 120_000;

/** Seconds from the webhook of a failed job to the message about it; the second pair to the one with the diagnosis. */
export type Latency = {
  lines: number;
  n: number;
  posted: { p50: number; p95: number };
  diagnosed: { p50: number; p95: number };
};

/**
 * Runs fail one after the other, each with a long log of its own. Each time it is measured how long it takes from the
 * webhook that tells of the failed job until its owners have the message.
 */
export async function measureLatency(options: {
  lines: number;
  failures: number;
  modelUrl: string;
  say(text: string): void;
}): Promise<Latency> {
  const { lines, failures, modelUrl, say } = options;
  const simulator = await createSimulator({
    load: { runs: failures, failing: 1, repositories: failures, lines },
    rateLimit: { limit: 10_000_000, windowSeconds: 3_600 },
  });
  // What is found by asking before a webhook tells of it has no latency.
  simulator.faults.add({
    ...{ kind: 'status', path: '/repos/*/*/actions/runs', method: 'GET' },
    ...{ status: 503, count: 'always', probability: 1 },
  });
  const messages = await PostedMessages.start();
  const runs = simulator.runs();
  const backend = await BenchmarkBackend.start({
    catalog: runs.map(({ repository }) => entityOf(repository)).join('---\n'),
    ciHost: new URL(simulator.url).host,
    ciMedic: {
      diagnosis: { model: { url: modelUrl } },
      alerts: { notifications: false },
    },
    modules: [messages.module],
  });
  try {
    await backend.untilKnown(runs.length);
    simulator.setWebhook(backend.webhook);
    const posted: number[] = [];
    const diagnosed: number[] = [];
    const told = new Set<string>();
    for (const { id } of runs) {
      // The run is over already: whatever came before would tell of the failure, too early.
      const all = simulator.signedWebhooks({ run: id });
      const since = performance.now();
      for (const webhook of all.slice(all.findIndex(tellsOfFailure))) {
        await send(backend.webhook.url, webhook);
      }
      const timeoutMs = PATIENCE_MS;
      // Messages of those before may still change.
      const first = await messages.first(
        ({ incidentId }) => !told.has(incidentId),
        { since, timeoutMs },
      );
      const complete = await messages.first(
        ({ incidentId, turningPoint }) =>
          incidentId === first?.incidentId && turningPoint === 'diagnosed',
        { since, timeoutMs },
      );
      if (!first || !complete) {
        throw new Error(`No message came within ${timeoutMs / 1_000} s`);
      }
      posted.push((first.at - since) / 1_000);
      diagnosed.push((complete.at - since) / 1_000);
      told.add(first.incidentId);
      // What follows of one must not be taken for the next.
      await backend.untilIdle([
        ...['alerts.plan', 'alerts.send', 'diagnosis.run', 'rootcause.run'],
      ]);
    }
    const n = posted.length;
    const latency = {
      ...{ lines, n },
      posted: quantiles(posted),
      diagnosed: quantiles(diagnosed),
    };
    say(JSON.stringify(latency));
    return latency;
  } finally {
    await backend.stop();
    await messages.stop();
    await simulator.close();
  }
}

function tellsOfFailure({ body }: SignedWebhook): boolean {
  const { workflow_job: job } = JSON.parse(String(body));
  return job?.conclusion === 'failure';
}

async function send(url: string, { body, headers }: SignedWebhook) {
  const response = await fetch(url, { method: 'POST', body, headers });
  await response.arrayBuffer();
  if (!response.ok) {
    throw new Error(`A webhook was answered with ${response.status}`);
  }
}

function entityOf(repository: string): string {
  const name = repository.split('/')[1];
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    'metadata:',
    `  name: ${name}`,
    '  annotations:',
    `    github.com/project-slug: ${repository}`,
    'spec:',
    '  type: service',
    '  lifecycle: production',
    `  owner: group:default/owners-of-${name}`,
    '',
  ].join('\n');
}

function quantiles(seconds: number[]) {
  const sorted = [...seconds].sort((left, right) => left - right);
  const at = (share: number) =>
    Math.round(100 * sorted[Math.ceil(sorted.length * share) - 1]) / 100;
  return { p50: at(0.5), p95: at(0.95) };
}
