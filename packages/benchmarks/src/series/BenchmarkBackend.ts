import { BackendFeature } from '@backstage/backend-plugin-api';
import { CiMedicClient } from '@ci-medic/plugin-ci-medic-common';
import { randomBytes } from 'crypto';
import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { setTimeout } from 'timers/promises';
import { freePort } from '../chaos/PostgresServer';
import { startBackend } from '../replay/startBackend';

const WAIT_MS = 250;

/** A real backend and a client of it. */
export class BenchmarkBackend {
  static async start(options: {
    catalog: string;
    ciHost: string;
    ciMedic?: object;
    /** SQLite in a folder of its own by default. */
    database?: { client: string; connection: string };
    modules?: BackendFeature[];
    /** Configuration beside that of CI Medic. */
    config?: object;
  }): Promise<BenchmarkBackend> {
    const folder = await mkdtemp(join(tmpdir(), 'ci-medic-series-'));
    const port = await freePort();
    const secret = randomBytes(24).toString('hex');
    const catalogFile = join(folder, 'catalog.yaml');
    await writeFile(catalogFile, options.catalog);
    const stop = await startBackend({
      ...{ port, folder, catalogFile, ciHost: options.ciHost },
      webhookSecret: secret,
      ...{ ciMedic: options.ciMedic, database: options.database },
      ...{ modules: options.modules, config: options.config },
    });
    return new BenchmarkBackend(folder, port, secret, stop);
  }

  readonly baseUrl: string;
  readonly client: CiMedicClient;
  /** Where a CI system sends what happens, and what it signs it with. */
  readonly webhook: { url: string; secret: string };
  readonly #folder: string;
  readonly #stop: () => Promise<void>;

  private constructor(
    folder: string,
    port: number,
    secret: string,
    stop: () => Promise<void>,
  ) {
    this.baseUrl = `http://127.0.0.1:${port}`;
    const url = `${this.baseUrl}/api/ci-medic/webhooks/github`;
    this.webhook = { url, secret };
    this.#folder = folder;
    this.#stop = stop;
    this.client = new CiMedicClient({
      fetchApi: { fetch },
      discoveryApi: {
        getBaseUrl: async () => `${this.baseUrl}/api/ci-medic`,
      },
    });
  }

  /** Waits until the catalog has so many components. */
  async untilInCatalog(components: number): Promise<void> {
    const url = `${this.baseUrl}/api/catalog/entities/by-query?filter=kind=component&limit=1`;
    for (;;) {
      const answer = await fetch(url).catch(() => undefined);
      const { totalItems = 0 } = answer?.ok ? await answer.json() : {};
      if (totalItems >= components) {
        return;
      }
      await setTimeout(WAIT_MS);
    }
  }

  /** Waits until so many repositories are known. */
  async untilKnown(projects: number): Promise<void> {
    for (;;) {
      const status = await this.client.getStatus().catch(() => undefined);
      if ((status?.providers[0]?.projects ?? 0) >= projects) {
        return;
      }
      await setTimeout(WAIT_MS);
    }
  }

  /** Waits until there is no more work of some kinds; of any kind by default. */
  async untilIdle(
    kinds?: string[],
    onProgress?: (left: number) => void,
  ): Promise<void> {
    for (let idle = 0; idle < 4; ) {
      const status = await this.client.getStatus().catch(() => undefined);
      const left = (status?.work ?? [])
        .filter(({ kind }) => !kinds || kinds.includes(kind))
        .reduce((sum, { queued, running }) => sum + queued + running, 0);
      onProgress?.(left);
      // Work follows from work; it has to stay quiet for a moment.
      idle = status && left === 0 ? idle + 1 : 0;
      await setTimeout(WAIT_MS);
    }
  }

  async stop(): Promise<void> {
    await this.#stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
