/** Prettier, checked and not changed; `yarn fix` changes. */
export const format = {
  name: 'format',
  title: 'Prettier',
  async run(suiteRun) {
    const { code, output } = await suiteRun.tool('prettier', ['--check', '.']);
    const files = output.match(/^\[(?:warn|error)\] \S+\.\w+.*$/gm);
    return code === 0
      ? { passed: 1, failed: [], skipped: [] }
      : { passed: 0, failed: files ?? ['prettier'], skipped: [] };
  },
};
