/** The committed report.api.md and report.sql.md are what the sources make. */
export const apiReports = {
  name: 'api-reports',
  title: 'report.api.md and report.sql.md are true',
  async run(suiteRun) {
    const needsTypes = !suiteRun.finished.has('types');
    const { code, output } = await suiteRun.tool('backstage-repo-tools', [
      ...['api-reports', '--ci', '--sql-reports'],
      ...(needsTypes ? ['--tsc'] : []),
    ]);
    const reports = output.match(/^.*report(?:-\w+)?\.(?:api|sql)\.md.*$/gm);
    return code === 0
      ? { passed: 1, failed: [], skipped: [] }
      : { passed: 0, failed: reports ?? ['api-reports'], skipped: [] };
  },
};
