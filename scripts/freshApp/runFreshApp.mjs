import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { findFirstLook } from '../portal/firstLook.mjs';
import { startSimulator } from '../portal/simulator.mjs';
import { freePort } from '../processes/ports.mjs';
import { Service } from '../processes/Service.mjs';
import { fromRoot } from '../toolchain/paths.mjs';

/**
 * Starts the built app together with a CI simulator.
 *
 * @param services - filled while they start, so that a caller can stop them
 * @returns the app's address and the name of a service in its catalog
 */
export async function runFreshApp({ folder, logs, toolchain, services }) {
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const address = `http://localhost:${port}`;
  const secret = randomBytes(24).toString('hex');
  const run = (name, command) => {
    const logFile = join(logs, `${name}.log`);
    const service = Service.start({
      name,
      logFile,
      command: toolchain.node,
      ...command,
    });
    services.push(service);
    return service;
  };
  const { catalog } = await startSimulator({
    run,
    secret,
    port: simulatorPort,
    backend: address,
    env: toolchain.env,
  });
  const config = join(folder, 'app-config.fresh.yaml');
  writeFileSync(
    config,
    stringify(settings({ address, port, simulatorPort, catalog })),
  );
  const backend = run('fresh-backend', {
    args: [
      ...[...toolchain.yarn.slice(1), 'workspace', 'backend', 'start'],
      ...['--config', join(folder, 'app-config.yaml'), '--config', config],
    ],
    cwd: folder,
    env: {
      ...toolchain.env,
      CI_MEDIC_WEBHOOK_SECRET: secret,
      CI_SIMULATOR_TOKEN: secret,
      GITHUB_TOKEN: '',
    },
  });
  await backend.orEnd(answers(`${address}/.backstage/health/v1/readiness`));
  const look = await findFirstLook({
    address,
    backend: address,
    patience: 120_000,
  });
  if (!look) {
    throw new Error('The catalog of the fresh app has no service with builds');
  }
  return { address, service: look.page.split('/').pop() };
}

/** What differs between machines: ports, and GitHub, which is a simulator. */
function settings({ address, port, simulatorPort, catalog }) {
  const host = `localhost:${simulatorPort}`;
  return {
    app: { baseUrl: address },
    backend: {
      baseUrl: address,
      listen: { host: '127.0.0.1', port },
      cors: { origin: address },
    },
    integrations: {
      github: [
        {
          host,
          apiBaseUrl: `http://${host}/api/v3`,
          // eslint-disable-next-line no-template-curly-in-string
          token: '${CI_SIMULATOR_TOKEN}',
        },
      ],
    },
    catalog: {
      locations: [
        {
          type: 'file',
          target: catalog,
          rules: [
            { allow: ['Component', 'System', 'API', 'Resource'] },
            { allow: ['User', 'Group'] },
          ],
        },
      ],
    },
  };
}

async function answers(address) {
  for (;;) {
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok) {
      return;
    }
    await sleep(500);
  }
}
