import { readdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { fromRoot } from '../toolchain/paths.mjs';

/** Runs the tests below some folders with Node.js' own runner and counts them. */
export async function runNodeTests(suiteRun, name, folders) {
  const files = folders.flatMap(folder =>
    readdirSync(fromRoot(folder), { recursive: true })
      .filter(file => file.endsWith('.test.mjs'))
      .map(file => fromRoot(folder, file)),
  );
  const resultFile = `${suiteRun.folder}/${name}.jsonl`;
  await rm(resultFile, { force: true });
  const { code } = await suiteRun.command([
    ...[suiteRun.toolchain.node, '--test'],
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    `--test-reporter=${fromRoot('scripts/testing/nodeTestReporter.mjs')}`,
    `--test-reporter-destination=${resultFile}`,
    ...files,
  ]);
  const lines = await readFile(resultFile, 'utf8').catch(() => '');
  const tests = lines.split('\n').filter(Boolean).map(JSON.parse);
  const failed = tests.filter(({ status }) => status === 'fail');
  if (code !== 0 && failed.length === 0) {
    failed.push({ name: 'the test runner itself' });
  }
  return {
    passed: tests.filter(({ status }) => status === 'pass').length,
    failed: failed.map(test => test.name),
    skipped: tests
      .filter(({ status }) => status === 'skipped')
      .map(({ name: title, reason }) => ({
        name: title,
        reason: typeof reason === 'string' ? reason : 'no reason given',
      })),
  };
}
