import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Advice } from '../toolchain/Advice.mjs';
import { installSystemPackages } from './systemPackages.mjs';

/**
 * Makes sure that the program prometheus is there for the tests that start it.
 * Where it cannot be had they are skipped, and say so.
 */
export async function findPrometheus({ say }) {
  const folders = [...process.env.PATH.split(delimiter), '/usr/bin'];
  if (folders.some(folder => existsSync(join(folder, 'prometheus')))) {
    return;
  }
  try {
    await installSystemPackages({
      packages: ['prometheus'],
      what: 'Testing with a real Prometheus',
      say,
    });
  } catch (error) {
    if (!(error instanceof Advice)) {
      throw error;
    }
    say(`Tests with a real Prometheus are skipped. ${error.message}`);
  }
}
