import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromRoot } from '../toolchain/paths.mjs';
import { buildApp } from './appBuild.mjs';
import { Service } from '../processes/Service.mjs';

const backstageCli = fromRoot(
  ...['node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'],
);

/**
 * Brings up the parts of the portal, one after the other.
 *
 * With `github` the portal reads app-config.local.yaml and talks to the CI
 * systems that are named there; without, a CI server on this machine plays
 * recorded builds. With `dev` the sources are translated as they change.
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

  if (!github) {
    say(`CI simulator on port ${ports.simulator}`);
    await startSimulator({ run, ports, secret, toolchain });
  }
  if (!dev) {
    await buildApp({ toolchain, say });
  }
  const env = {
    ...toolchain.env,
    NODE_ENV: dev ? 'development' : 'production',
    CI_SIMULATOR_HOST: `localhost:${ports.simulator}`,
    CI_SIMULATOR_TOKEN: secret,
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

async function startSimulator({ run, ports, secret, toolchain }) {
  const simulator = run('ci-simulator', {
    args: [
      ...['--import', 'tsx', 'packages/ci-simulator/src/cli.ts', 'serve'],
      ...['--host', '127.0.0.1', '--port', String(ports.simulator)],
      ...['--webhook-secret', secret, '--webhook-url'],
      `http://127.0.0.1:${ports.portal}/api/ci-medic/webhooks/github`,
    ],
    cwd: fromRoot('.'),
    env: toolchain.env,
  });
  await simulator.saysLine(/^ready http/);
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
