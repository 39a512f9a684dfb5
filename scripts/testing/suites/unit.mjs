import { readFile, rm } from 'node:fs/promises';
import { fromRoot } from '../../toolchain/paths.mjs';
import { findOpa } from '../opa.mjs';
import { findPrometheus } from '../prometheus.mjs';

/**
 * Jest over all packages. Tests that use a database run on SQLite and on
 * PostgreSQL.
 */
export const unit = {
  name: 'unit',
  title: 'Unit and integration, SQLite and PostgreSQL',
  async run(suiteRun) {
    const { connectionString } = await suiteRun.postgres();
    await findPrometheus(suiteRun);
    await findOpa(suiteRun);
    const resultFile = `${suiteRun.folder}/unit.json`;
    await rm(resultFile, { force: true });
    const { code } = await suiteRun.tool(
      'backstage-cli',
      [
        ...['repo', 'test', '--watchAll=false', '--maxWorkers=2'],
        ...['--json', '--outputFile', resultFile, '--reporters=default'],
        `--reporters=${fromRoot('scripts/testing/jestProgress.cjs')}`,
      ],
      {
        env: {
          // Without this, Backstage's test databases look for Docker when CI is
          // set; the name stands for whichever version the server has.
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING:
            connectionString,
        },
        onLine: line =>
          line.startsWith('@@ ') && suiteRun.say(`    ${line.slice(3)}`),
      },
    );
    const result = await readFile(resultFile, 'utf8').then(
      JSON.parse,
      () => undefined,
    );
    if (!result) {
      return { passed: 0, failed: ['Jest itself'], skipped: [] };
    }
    const counted = countJestTests(result);
    if (code !== 0 && counted.failed.length === 0) {
      counted.failed.push(`Jest ended with exit code ${code}`);
    }
    return counted;
  },
};

/** Reads Jest's own report; a file that cannot be loaded is one failure. */
export function countJestTests({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const named = status =>
    tests.filter(test => test.status === status).map(test => test.fullName);
  const brokenFiles = testResults
    .filter(
      ({ status, assertionResults }) =>
        status === 'failed' &&
        !assertionResults.some(test => test.status === 'failed'),
    )
    .map(({ name, message }) => `${name}: ${message.trim().split('\n')[0]}`);
  return {
    passed: named('passed').length,
    failed: [...named('failed'), ...brokenFiles],
    skipped: [...named('pending'), ...named('todo')].map(name => ({
      name,
      reason: name.match(/\(([^()]*)\)\s*$/)?.[1] ?? 'see its name',
    })),
  };
}
