import { argumentsOf, valuesIn } from '../benchmarkOutput.mjs';

const runs = [
  {
    args: [],
    tests: ([result]) => [
      {
        name: 'R1, R14, R15: two replicas under fire lose nothing, and each action happens at most once',
        isRight: isClean(result),
        figures: result,
      },
    ],
  },
  {
    args: ['--broken'],
    tests: results =>
      results.map(result => ({
        name: `R44: it is noticed when ${result.broken}`,
        isRight: result.caught,
        figures: result,
      })),
    count: 6,
  },
  {
    args: ['--promises'],
    tests: ([results = []]) =>
      results.map(({ promise, kept, figures }) => ({
        name: promise,
        isRight: kept,
        figures,
      })),
    count: 4,
  },
];

/**
 * Whole processes that are killed, cut off and frozen. One after the other, with
 * nothing else on the machine: some promises are about time.
 */
export const chaos = {
  name: 'chaos',
  title: 'Processes killed, connections cut, calls that act late',
  async run(suiteRun) {
    // It makes servers of its own; this sees to it that there are programs for them.
    await suiteRun.postgres();
    const command = argumentsOf('chaos');
    const failed = [];
    let passed = 0;
    for (const { args, tests, count = 1 } of runs) {
      const { output } = await suiteRun.command([
        suiteRun.toolchain.node,
        ...command,
        ...args,
      ]);
      const results = tests(valuesIn(output));
      for (const { name, isRight, figures } of results) {
        suiteRun.say(`    ${isRight ? '✓' : '✗'} ${name}`);
        if (isRight) {
          passed++;
        } else {
          failed.push(`${name}: ${JSON.stringify(figures)}`);
        }
      }
      if (results.length < count) {
        const missing = count - results.length;
        failed.push(`yarn chaos ${args.join(' ')}: ${missing} did not run`);
      }
    }
    return { passed, failed, skipped: [] };
  },
};

function isClean(result) {
  if (!result?.remedies) {
    return false;
  }
  const { ungranted, doubled, missing, wrong_target } = result.remedies;
  return (
    result.delivered >= 10_000 &&
    ungranted.length + doubled + missing + wrong_target === 0 &&
    result.lost +
      result.duplicate_incidents +
      result.doubled +
      result.missing +
      result.disordered ===
      0
  );
}
