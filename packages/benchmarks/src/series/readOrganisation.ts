import { BackendFeature } from '@backstage/backend-plugin-api';
import {
  createSimulator,
  Simulator,
  writeCatalog,
} from '@ci-medic/ci-simulator';
import { BenchmarkBackend } from './BenchmarkBackend';

/** The simulated organisation, and a backend that has read all of its history. */
export type ReadOrganisation = {
  simulator: Simulator;
  backend: BenchmarkBackend;
  /** `owner/name`, with the entity that each is in the catalog. */
  repositories: Map<string, string>;
  seconds: number;
};

/**
 * Lets an organisation live for some weeks, and a real backend read its history as it would read a new customer's.
 */
export async function readOrganisation(options: {
  seed: string;
  weeks: number;
  /** When its history ends, in epoch milliseconds; a working morning some days ago when missing. */
  until?: number;
  say(text: string): void;
  /** Settings of CI Medic beside those that every benchmark has. */
  ciMedic?: object;
  modules?: BackendFeature[];
}): Promise<ReadOrganisation> {
  const { seed, weeks, until, say } = options;
  say(`An organisation lives for ${weeks} weeks …`);
  const simulator = await createSimulator({
    organisation: { seed, weeks, until, speed: 0 },
    rateLimit: { limit: 10_000_000, windowSeconds: 3_600 },
  });
  const slugs = [
    ...new Set(simulator.runs().map(({ repository }) => repository)),
  ];
  const repositories = new Map(
    slugs.map(slug => [slug, `component:default/${slug.split('/')[1]}`]),
  );
  const backend = await BenchmarkBackend.start({
    catalog: writeCatalog(),
    ciHost: new URL(simulator.url).host,
    // A disk that is waited for says nothing about what is measured here.
    database: { client: 'better-sqlite3', connection: ':memory:' },
    // What passing jobs print says nothing about what is measured here.
    ciMedic: { logs: { collect: 'failed' }, ...options.ciMedic },
    modules: options.modules,
  });
  await backend.untilKnown(repositories.size);
  const startedAt = Date.now();
  for (const entityRef of repositories.values()) {
    await backend.client.startBackfill({ entityRef, days: 7 * weeks + 14 });
  }
  let said = 0;
  await backend.untilIdle(undefined, left => {
    if (Date.now() - said > 15_000) {
      said = Date.now();
      say(`The backend reads it: ${left} pieces of work are left`);
    }
  });
  const seconds = (Date.now() - startedAt) / 1_000;
  return { simulator, backend, repositories, seconds };
}
