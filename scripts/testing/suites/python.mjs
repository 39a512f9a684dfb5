import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fromRoot } from '../../toolchain/paths.mjs';

const project = fromRoot('packages', 'model-training');
const environment = fromRoot('.venv');
const python = fromRoot('.venv', 'bin', 'python');

/** Training of the model, in a Python environment of its own with pinned packages. */
export const pythonSuite = {
  name: 'python',
  title: 'Training of the model (pytest)',
  async run(suiteRun) {
    const reason = await prepare(suiteRun);
    if (reason) {
      suiteRun.say(`    not run: ${reason}`);
      return {
        passed: 0,
        failed: [],
        skipped: [{ name: 'packages/model-training', reason }],
        isOptional: true,
      };
    }
    const { code, output } = await suiteRun.command(
      [python, '-m', 'pytest', '-q', '-rfE', '-p', 'no:cacheprovider'],
      {
        cwd: project,
        // Matrices of this size gain nothing from threads.
        env: { OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
      },
    );
    return countPytest({ code, output });
  },
};

/** Makes the environment where it is missing or made for other packages; says why it could not. */
async function prepare(suiteRun) {
  const requirements = await readFile(`${project}/requirements.txt`, 'utf8');
  const mark = `${environment}/ci-medic-requirements.txt`;
  const made = await readFile(mark, 'utf8').catch(() => '');
  if (existsSync(python) && made === requirements) {
    return undefined;
  }
  const version = await suiteRun.command([
    ...['python3', '-c'],
    'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))',
  ]);
  if (version.code !== 0) {
    return 'there is no Python 3.11 or later with venv (on Debian: python3-venv)';
  }
  suiteRun.say('    making the Python environment');
  const steps = [
    ['python3', '-m', 'venv', environment],
    [
      ...[python, '-m', 'pip', 'install', '-q', '--disable-pip-version-check'],
      ...['-r', `${project}/requirements.txt`],
    ],
  ];
  for (const step of steps) {
    const { code, output } = await suiteRun.command(step);
    if (code !== 0) {
      const last = output.trim().split('\n').pop();
      return `its packages could not be installed (${last})`;
    }
  }
  await writeFile(mark, requirements);
  return undefined;
}

/** Reads the last lines of pytest. */
export function countPytest({ code, output }) {
  const count = word =>
    Number(output.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? 0);
  const failed = [...output.matchAll(/^(?:FAILED|ERROR) (\S+)/gm)].map(
    ([, name]) => name,
  );
  if (code !== 0 && failed.length === 0) {
    failed.push(`pytest ended with exit code ${code}`);
  }
  return { passed: count('passed'), failed, skipped: [] };
}
