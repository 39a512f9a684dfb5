import { readFileSync } from 'node:fs';
import { fromRoot } from '../../toolchain/paths.mjs';

/** The committed report.api.md and report.sql.md are what the sources make. */
export const apiReports = {
  name: 'api-reports',
  title: 'report.api.md and report.sql.md are true',
  async run(suiteRun) {
    if (!suiteRun.finished.has('types')) {
      // Errors belong to the suite `types`; declarations are written anyway.
      await suiteRun.tool('tsc', [
        ...['--pretty', 'false'],
        ...['--incremental', 'false'],
      ]);
    }
    const [tool, ...args] = reportCommand();
    const { code, output } = await suiteRun.tool(tool, [...args, '--ci']);
    if (code === 0) {
      return { passed: 1, failed: [], skipped: [] };
    }
    const stale = [...output.matchAll(staleReport)].map(
      ([, file]) => `${file}: run "yarn build:api-reports" and commit it`,
    );
    const errors = output.match(/^Error: .*$/gm) ?? ['api-reports'];
    return { passed: 0, failed: stale.length ? stale : errors, skipped: [] };
  },
};

const staleReport =
  /(?:conflicting file is |file is missing.*api-extractor\/)(\S+?\.(?:api|sql)\.md)/g;

/** The command that writes the reports; with `--ci` it only compares them. */
function reportCommand() {
  const { scripts } = JSON.parse(
    readFileSync(fromRoot('package.json'), 'utf8'),
  );
  return scripts['build:api-reports:only'].split(' ');
}
