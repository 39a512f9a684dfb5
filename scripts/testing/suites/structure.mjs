import { runNodeTests } from '../nodeTests.mjs';

/** The rules of the house: arrows, sizes, cycles, names. */
export const structure = {
  name: 'structure',
  title: 'Boundaries, cycles, file sizes',
  run: suiteRun => runNodeTests(suiteRun, 'structure', ['scripts/structure']),
};
