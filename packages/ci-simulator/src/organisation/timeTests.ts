import { chanceOf } from '../engine/random';

/** The rest is compiling and starting. */
const SHARE_OF_TESTS = 0.6;
const TIMED_CASE = /<testcase\b[^>]*?\bname="([^"]*)"[^>]*>/g;

/**
 * Lets the tests of a JUnit report take as long together as their step did, each its own part of that: recordings are of
 * tests that take no time.
 *
 * @param seed - decides by how much each differs from run to run
 */
export function timeTests(
  report: string,
  milliseconds: number,
  seed: string,
): string {
  const names = [...report.matchAll(TIMED_CASE)].map(([, name]) => name);
  const weightOf = (name: string) => 0.2 + chanceOf('weight', name);
  const total = names.reduce((sum, name) => sum + weightOf(name), 0);
  return report.replace(TIMED_CASE, (tag, name: string) => {
    const noise = 0.9 + 0.2 * chanceOf('time', seed, name);
    const share = (SHARE_OF_TESTS * weightOf(name) * noise) / total;
    const seconds = ((milliseconds / 1_000) * share).toFixed(3);
    return tag.replace(/(\btime=")[^"]*"/, `$1${seconds}"`);
  });
}
