import { fromRoot } from './paths.mjs';
import { runCommand } from './runCommand.mjs';

/**
 * Runs npm, the one that started us if it did. Its cache stays inside the
 * repository.
 */
export function runNpm(args, options = {}) {
  const own = process.env.npm_execpath;
  const [command, first] = /npm-cli\.c?js$/.test(own ?? '')
    ? [process.execPath, [own]]
    : ['npm', []];
  return runCommand(command, [...first, ...args], {
    ...options,
    env: {
      ...process.env,
      npm_config_cache: fromRoot('.toolchain', 'npm-cache'),
      npm_config_update_notifier: 'false',
      ...options.env,
    },
  });
}
