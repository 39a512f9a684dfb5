import { readFile, rm } from 'node:fs/promises';
import { freePort } from '../../processes/ports.mjs';

/** Playwright against the whole product: simulator, backend and built app. */
export const browser = {
  name: 'browser',
  title: 'End to end in Chromium',
  async run(suiteRun) {
    const resultFile = `${suiteRun.folder}/browser.json`;
    await rm(resultFile, { force: true });
    const { code } = await suiteRun.tool('playwright', ['test'], {
      env: {
        CHROMIUM: await suiteRun.chromium(),
        CI_MEDIC_E2E_PORT: String(await freePort()),
        CI_MEDIC_E2E_SIMULATOR_PORT: String(await freePort()),
        PLAYWRIGHT_JSON_OUTPUT_NAME: resultFile,
      },
    });
    const result = await readFile(resultFile, 'utf8').then(
      JSON.parse,
      () => undefined,
    );
    if (!result) {
      return { passed: 0, failed: ['Playwright itself'], skipped: [] };
    }
    const counted = countPlaywrightTests(result);
    if (code !== 0 && counted.failed.length === 0) {
      counted.failed.push(
        ...result.errors.map(({ message }) => message.split('\n')[0]),
        `Playwright ended with exit code ${code}`,
      );
    }
    return counted;
  },
};

/** Reads Playwright's own report. A test that passes only when repeated failed. */
export function countPlaywrightTests({ suites }) {
  const specs = suites.flatMap(allSpecs);
  const tests = specs.flatMap(({ title, file, tests: runs }) =>
    runs.map(run => ({ name: `${file}: ${title}`, ...run })),
  );
  return {
    passed: tests.filter(({ status }) => status === 'expected').length,
    failed: tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ name }) => name),
    skipped: tests
      .filter(({ status }) => status === 'skipped')
      .map(({ name, annotations }) => ({
        name,
        reason:
          annotations.find(({ description }) => description)?.description ??
          'no reason given',
      })),
  };
}

function allSpecs({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(allSpecs)];
}
