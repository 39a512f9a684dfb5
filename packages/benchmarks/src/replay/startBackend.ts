import { createBackend } from '@backstage/backend-defaults';
import {
  BackendFeature,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';

/**
 * Starts a real backend with the catalog and CI Medic on the loopback interface, with SQLite in a folder unless
 * there is another database.
 *
 * @param options.catalogFile - entities of the catalog
 * @returns a function that stops it
 */
export async function startBackend(options: {
  port: number;
  folder: string;
  catalogFile: string;
  ciHost: string;
  webhookSecret: string;
  database?: { client: string; connection: string };
  /** Settings of CI Medic beside those that every benchmark has. */
  ciMedic?: object;
  modules?: BackendFeature[];
  /** Configuration beside that of CI Medic. */
  config?: object;
}): Promise<() => Promise<void>> {
  const { port, folder, catalogFile, ciHost, webhookSecret } = options;
  const config = {
    app: { baseUrl: `http://127.0.0.1:${port}` },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database: options.database ?? {
        client: 'better-sqlite3',
        connection: { directory: folder },
      },
      auth: { dangerouslyDisableDefaultAuthPolicy: true },
    },
    integrations: {
      github: [
        {
          host: ciHost,
          apiBaseUrl: `http://${ciHost}/api/v3`,
          token: 'simulated',
        },
      ],
    },
    catalog: {
      rules: [
        {
          allow: [
            ...['Component', 'API', 'System', 'Domain', 'Resource'],
            ...['Group', 'User'],
          ],
        },
      ],
      locations: [{ type: 'file', target: catalogFile }],
    },
    ciMedic: {
      backfill: { days: 0 },
      catalog: { interval: 'PT2S' },
      // Public archives are years old.
      retention: { runs: 'P20Y' },
      github: { webhook: { secret: webhookSecret } },
      ...options.ciMedic,
    },
    ...options.config,
  };
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => new ConfigReader(config),
    }),
  );
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@backstage/plugin-signals-backend'));
  backend.add(import('@ci-medic/plugin-ci-medic-backend'));
  backend.add(import('@ci-medic/plugin-ci-medic-backend-module-github'));
  options.modules?.forEach(module => backend.add(module));
  await backend.start();
  return () => backend.stop();
}
