/** What a runner says of itself at the head of a log. */
export type RunnerFacts = {
  image?: string;
  imageVersion?: string;
  runnerVersion?: string;
};

const LONGEST = 200;

const patterns: [keyof RunnerFacts, RegExp][] = [
  // GitHub Actions
  ['image', /^Image: (\S{1,200})/],
  ['imageVersion', /^Version: (\S{1,200})/],
  ['runnerVersion', /^Current runner version: '([^']{1,200})'/],
  // GitLab
  ['runnerVersion', /^Running with gitlab-runner (\S{1,200})/],
  ['image', /^Using docker image \S{1,200} for (\S{1,200})/i],
  ['imageVersion', /with digest (\S{1,200})/],
];

/** Reads the head of a log. The first that says something counts, as the rest may be anything. */
export function runnerFacts(head: string[]): RunnerFacts {
  const facts: RunnerFacts = {};
  for (const line of head) {
    for (const [name, pattern] of patterns) {
      // A version stands below its image.
      const isTooEarly = name === 'imageVersion' && !facts.image;
      if (facts[name] === undefined && !isTooEarly) {
        const found = pattern.exec(line.trim().slice(0, 2 * LONGEST));
        if (found) {
          facts[name] = found[1];
        }
      }
    }
  }
  return facts;
}
