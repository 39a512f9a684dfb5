import { fromRoot } from '../toolchain/paths.mjs';

/**
 * Starts the CI server of the simulated organisation, and waits until it
 * answers, with weeks of history behind it.
 *
 * @param run - starts a service: a name and a command in, the service out
 * @param backend - address of the backend that gets the webhooks
 * @returns the file with the entities of the organisation
 */
export async function startSimulator({ run, port, backend, secret, env }) {
  const catalog = fromRoot('.data', 'organisation', `catalog-${port}.yaml`);
  const simulator = run('ci-simulator', {
    args: [
      ...['--import', 'tsx', 'packages/ci-simulator/src/cli.ts', 'serve'],
      ...['--organisation', '--catalog', catalog],
      ...['--host', '127.0.0.1', '--port', String(port)],
      ...['--webhook-secret', secret, '--webhook-url'],
      `${backend}/api/ci-medic/webhooks/github`,
      // As the portal's configuration names the CI system.
      ...['--public-url', `http://localhost:${port}`],
      // The whole history is read at once, on a machine of one's own.
      ...['--rate-limit', '1000000'],
    ],
    cwd: fromRoot('.'),
    env,
  });
  await simulator.saysLine(/^ready http/);
  return { catalog };
}
