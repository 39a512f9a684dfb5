import { runNpm } from './npm.mjs';
import { fromRoot } from './paths.mjs';
import { runCommand } from './runCommand.mjs';

/**
 * Where Yarn is to fetch packages from, if not from where it would by itself.
 *
 * Yarn does not read npm's settings. Behind a company's proxy often only the
 * registry that npm is set up with answers, so that one is passed on.
 *
 * @returns an address, or `undefined` when Yarn's own choice is right
 */
export async function registryForYarn(yarn) {
  if (process.env.YARN_NPM_REGISTRY_SERVER) {
    return undefined;
  }
  const [ofYarn, ofNpm, npmDefault] = await Promise.all([
    yarnRegistry(yarn),
    npmRegistry([]),
    npmRegistry([
      `--userconfig=${fromRoot('.toolchain', 'no-user-settings')}`,
      `--globalconfig=${fromRoot('.toolchain', 'no-global-settings')}`,
    ]),
  ]);
  if (!ofNpm || !ofYarn || ofYarn.effective !== ofYarn.default) {
    return undefined;
  }
  if (ofNpm !== npmDefault) {
    return ofNpm;
  }
  if (await answers(ofYarn.effective)) {
    return undefined;
  }
  return (await answers(ofNpm)) ? ofNpm : undefined;
}

async function yarnRegistry([command, ...args]) {
  const { output } = await runCommand(command, [...args, 'config', '--json'], {
    cwd: fromRoot('.'),
  });
  const line = output
    .split('\n')
    .find(text => text.startsWith('{"key":"npmRegistryServer"'));
  return line && JSON.parse(line);
}

async function npmRegistry(flags) {
  const env = flags.length ? { npm_config_registry: undefined } : {};
  const { code, output } = await runNpm(
    ['config', 'get', 'registry', ...flags],
    { cwd: fromRoot('.toolchain'), env },
  );
  const address = output.trim().split('\n').pop();
  return code === 0 && /^https?:/.test(address) ? address : undefined;
}

/** Asked through npm, because npm knows the machine's proxy and certificates. */
async function answers(registry) {
  const { code } = await runNpm(
    [
      'view',
      'yarn',
      'name',
      `--registry=${registry}`,
      '--fetch-retries=0',
      '--fetch-timeout=8000',
      '--prefer-online',
    ],
    { cwd: fromRoot('.toolchain') },
  );
  return code === 0;
}
