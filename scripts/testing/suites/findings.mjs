import { argumentsOf, valuesIn } from '../benchmarkOutput.mjs';

const WEEKS = 8;
const SEED = '1';

/** What may go wrong at most; when this was written it was 1, 0, 1 and 0. */
const most = {
  slowDownsMissed: 2,
  slowDownsInvented: 1,
  flakyMissed: 2,
  flakyInvented: 1,
};

/**
 * An organisation lives for eight weeks with hidden slow-downs, flaky tests, outages and bad images, and a backend of its
 * own reads all of it: what was found in the tabs of the right entities, what was missed, and what was invented.
 */
export const findings = {
  name: 'findings',
  title: 'Hidden causes found, missed and invented over eight weeks',
  async run(suiteRun) {
    const { output, code } = await suiteRun.command([
      suiteRun.toolchain.node,
      ...argumentsOf('benchmarks'),
      ...['series', 'findings', '--weeks', String(WEEKS), '--seed', SEED],
    ]);
    const [result] = valuesIn(output);
    if (!result) {
      return {
        passed: 0,
        failed: [`yarn benchmarks series findings ended with ${code}`],
        skipped: [],
      };
    }
    const { slow_downs: slow, flaky_tests: flaky } = result;
    const failed = [];
    let passed = 0;
    const expect = (name, isRight, figures) => {
      suiteRun.say(`    ${isRight ? '✓' : '✗'} ${name}`);
      if (isRight) {
        passed++;
      } else {
        failed.push(`${name}: ${JSON.stringify(figures)}`);
      }
    };
    expect(
      `slow-downs: ${slow.found} of ${slow.there} found, ${slow.missed.length} of ${slow.visible} missed that struck enough runs, ${slow.invented} invented`,
      slow.visible >= 3 &&
        slow.found >= 3 &&
        slow.missed.length <= most.slowDownsMissed &&
        slow.invented <= most.slowDownsInvented,
      slow,
    );
    expect(
      `flaky tests: ${flaky.found} of ${flaky.there} found, ${flaky.missed.length} of ${flaky.visible} missed that were run again, ${flaky.invented.length} invented`,
      flaky.visible >= 10 &&
        flaky.missed.length <= most.flakyMissed &&
        flaky.invented.length <= most.flakyInvented,
      flaky,
    );
    const kinds = Object.entries(result.outages_and_bad_images);
    for (const [kind, score] of kinds) {
      expect(
        `${kind}: ${score.found} of ${score.there} found`,
        score.missed.length === 0,
        score,
      );
    }
    expect(
      'there were outages and bad images',
      ['bad_image', 'mass_outage'].every(kind =>
        kinds.some(([known]) => known === kind),
      ),
      result.outages_and_bad_images,
    );
    return { passed, failed, skipped: [] };
  },
};
