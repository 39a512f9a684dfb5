/** ESLint with Backstage's rules; a warning is a failure. */
export const lint = {
  name: 'lint',
  title: 'ESLint, no warnings',
  async run(suiteRun) {
    const { code, output } = await suiteRun.tool('backstage-cli', [
      ...['repo', 'lint', '--max-warnings', '0'],
    ]);
    const failed = output.match(/^Lint failed in .*$/gm) ?? ['repo lint'];
    return code === 0
      ? { passed: 1, failed: [], skipped: [] }
      : { passed: 0, failed, skipped: [] };
  },
};
