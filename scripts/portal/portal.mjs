import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { findDocsTools } from '../documentation/docsTools.mjs';
import { fromRoot } from '../toolchain/paths.mjs';
import { buildApp } from './appBuild.mjs';
import { startModelService } from './modelService.mjs';
import { startSimulator } from './simulator.mjs';
import { Service } from '../processes/Service.mjs';

const backstageCli = fromRoot(
  ...['node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'],
);

/**
 * Brings up the parts of the portal, one after the other.
 *
 * With `github` the portal reads app-config.local.yaml and talks to the CI
 * systems that are named there; without, a simulated organisation on this machine
 * builds and breaks. With `dev` the sources are translated as they change.
 *
 * @returns the services that run, to be stopped in reverse order, and the
 *   address of the portal. `services` is filled while they start, so that a
 *   caller can stop what runs already.
 */
export async function startPortal(options) {
  const { ports, dev, github, services, say, toolchain } = options;
  const address = `http://localhost:${dev ? ports.app : ports.portal}`;
  const backend = `http://localhost:${ports.portal}`;
  const secret = randomBytes(24).toString('hex');
  const run = (name, command) => {
    const service = Service.start({
      name,
      command: toolchain.node,
      logFile: fromRoot('.data', 'logs', `${name}.log`),
      echo: dev,
      ...command,
    });
    services.push(service);
    return service;
  };

  let catalog = '';
  if (!github) {
    say(`Simulated organisation on port ${ports.simulator}`);
    ({ catalog } = await startSimulator({
      run,
      secret,
      port: ports.simulator,
      backend: `http://127.0.0.1:${ports.portal}`,
      env: toolchain.env,
    }));
  }
  say('Model service');
  const model = await startModelService({ run, env: toolchain.env });
  if (!dev) {
    await buildApp({ toolchain, say });
  }
  const docs = await findDocsTools({ say, path: toolchain.env.PATH });
  if (docs.missing) {
    say(`Note: ${docs.missing}`);
  }
  const env = {
    ...toolchain.env,
    ...(docs.path && { PATH: docs.path }),
    NODE_ENV: dev ? 'development' : 'production',
    CI_SIMULATOR_HOST: `localhost:${ports.simulator}`,
    CI_SIMULATOR_TOKEN: secret,
    CI_SIMULATOR_CATALOG: catalog,
    CI_MEDIC_MODEL_URL: model,
    CI_MEDIC_WEBHOOK_SECRET: process.env.CI_MEDIC_WEBHOOK_SECRET ?? secret,
    APP_CONFIG_app_baseUrl: JSON.stringify(address),
    APP_CONFIG_backend_baseUrl: JSON.stringify(backend),
    APP_CONFIG_backend_listen_port: JSON.stringify(ports.portal),
    APP_CONFIG_backend_cors_origin: JSON.stringify(address),
  };
  const configs = [
    'app-config.yaml',
    github ? 'app-config.local.yaml' : 'app-config.demo.yaml',
  ].flatMap(file => ['--config', fromRoot(file)]);
  say(`Backend on port ${ports.portal}`);
  const server = run('backend', {
    args: dev
      ? [backstageCli, 'package', 'start', ...configs]
      : ['--enable-source-maps', '--require', nodeTransform(), 'src/index.ts']
          // The app's own sources are not watched, only what it was built to.
          .concat(configs),
    cwd: fromRoot('packages', 'backend'),
    env,
  });
  await server.orEnd(answers(`${backend}/.backstage/health/v1/readiness`));
  if (dev) {
    say(`Web app on port ${ports.app}`);
    const app = run('app', {
      args: [backstageCli, 'package', 'start', ...configs],
      cwd: fromRoot('packages', 'app'),
      env: { ...env, PORT: String(ports.app) },
    });
    await app.orEnd(answers(address));
  }
  return { address, backend };
}

function nodeTransform() {
  return fromRoot(
    ...['node_modules', '@backstage', 'cli', 'config', 'nodeTransform.cjs'],
  );
}

async function answers(address) {
  for (;;) {
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok) {
      return;
    }
    await sleep(250);
  }
}
