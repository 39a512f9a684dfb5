import { apiReports } from './suites/apiReports.mjs';
import { browser } from './suites/browser.mjs';
import { chaos } from './suites/chaos.mjs';
import { findings } from './suites/findings.mjs';
import { format } from './suites/format.mjs';
import { lint } from './suites/lint.mjs';
import { pythonSuite } from './suites/python.mjs';
import { scripts } from './suites/scripts.mjs';
import { structure } from './suites/structure.mjs';
import { types } from './suites/types.mjs';
import { unit } from './suites/unit.mjs';

/**
 * All suites of `npm test`, in the order in which they run: what fails fast
 * first. A new suite is a file in `suites/` and a line here.
 *
 * A suite has a `name`, a `title`, and `run(suiteRun)`, which returns how many
 * tests `passed`, the names of those that `failed`, and those that were
 * `skipped` with their reasons.
 */
export const suites = [
  format,
  structure,
  scripts,
  types,
  lint,
  apiReports,
  pythonSuite,
  unit,
  chaos,
  findings,
  browser,
];
