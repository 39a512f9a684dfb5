import { runNodeTests } from '../nodeTests.mjs';

/** The launchers themselves. */
export const scripts = {
  name: 'scripts',
  title: 'Launchers',
  run: suiteRun =>
    runNodeTests(suiteRun, 'scripts', [
      'scripts/freshApp',
      'scripts/portal',
      'scripts/processes',
      'scripts/testing',
      'scripts/toolchain',
    ]),
};
