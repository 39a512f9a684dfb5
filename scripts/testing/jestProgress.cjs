// Tells `npm test` about each finished file, so that it can show where it is.
module.exports = class JestProgress {
  onTestResult(test, result, { numTotalTestSuites, ...results }) {
    const done =
      results.numPassedTestSuites +
      results.numFailedTestSuites +
      results.numPendingTestSuites;
    const state =
      result.numFailingTests || result.testExecError ? 'FAILED' : 'ok';
    const file = test.path.slice(process.cwd().length + 1);
    process.stdout.write(
      `\n@@ ${done}/${numTotalTestSuites} ${state} ${file}\n`,
    );
  }
};
