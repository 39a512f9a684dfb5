import { existsSync } from 'node:fs';
import { Advice } from '../toolchain/Advice.mjs';
import { runCommand } from '../toolchain/runCommand.mjs';

/**
 * Installs packages of the system, where that is possible without asking.
 *
 * @param packages - their names in Debian
 * @param what - what needs them, for the sentence when it is not possible
 */
export async function installSystemPackages({ packages, what, say }) {
  const names = packages.join(' ');
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Advice(
      `${what} needs ${names}: install it with your system's package manager and run the same command again.`,
    );
  }
  if (process.getuid() !== 0) {
    throw new Advice(
      `${what} needs ${names}: run "sudo apt-get install -y ${names}" and then the same command again.`,
    );
  }
  say(`Installing ${names} with apt-get`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand('apt-get', ['update', '-q'], { env });
  const { code, output } = await runCommand(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', ...packages],
    { env },
  );
  if (code !== 0) {
    const reason = /No space left/i.test(output)
      ? 'the disk is full'
      : output.trim().split('\n').slice(-3).join(' ');
    throw new Advice(
      `${what} needs ${names} and apt-get could not install it (${reason}): install it and run the same command again.`,
    );
  }
}
