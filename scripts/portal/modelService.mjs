import { fromRoot } from '../toolchain/paths.mjs';

/**
 * Starts the server of the models that come with the project, on any free port,
 * and waits until it answers.
 *
 * @param run - starts a service: a name and a command in, the service out
 * @returns its address
 */
export async function startModelService({ run, env }) {
  const service = run('model-service', {
    args: [
      ...['--import', 'tsx', 'packages/model-service/src/cli/cli.ts'],
      ...['serve', '--port', '0'],
    ],
    cwd: fromRoot('.'),
    env,
  });
  const line = await service.saysLine(/^ready http/);
  return line.replace(/^ready /, '').trim();
}
