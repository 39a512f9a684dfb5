/** TypeScript over the whole repository; its output feeds the API reports. */
export const types = {
  name: 'types',
  title: 'TypeScript, strict',
  async run(suiteRun) {
    const { code, output } = await suiteRun.tool('tsc', [
      ...['--pretty', 'false'],
      // The order of literal types in declarations depends on what is compiled together.
      ...['--incremental', 'false'],
    ]);
    const errors = output.match(/^.*error TS\d+.*$/gm) ?? [];
    return code === 0
      ? { passed: 1, failed: [], skipped: [] }
      : { passed: 0, failed: errors.length ? errors : ['tsc'], skipped: [] };
  },
};
