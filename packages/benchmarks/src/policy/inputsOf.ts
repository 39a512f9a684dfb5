// eslint-disable-next-line @backstage/no-forbidden-package-imports
import { PolicyInput } from '@ci-medic/plugin-ci-medic-backend/src/remediation/gates/RemediationPolicy';

const categories = [
  ...['flaky_test', 'dependency', 'infrastructure', 'configuration', 'code'],
  'unknown',
];
const actions = ['rerun', 'fresh-runner', 'rebuild', 'rollback', 'canary'];

/** What is asked for failures of all kinds: the same for the same seed. */
export function inputsOf(seed: number, count: number): PolicyInput[] {
  let state = seed;
  const next = () => {
    // A linear congruential generator is even enough to pick examples.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const one = <T>(values: T[]) => values[Math.floor(next() * values.length)];
  return Array.from({ length: count }, (_, index) => ({
    action: one(actions),
    strategy: 'rerun-flaky-test',
    category: one(categories),
    sub_category: 'flaky_test.timing',
    ...{ confidence: next(), transient: next(), attempt: 1 + (index % 3) },
    entity: {
      ref: `component:default/service-${index % 300}`,
      ...{ kind: 'component', type: 'service', system: 'system:default/shop' },
      lifecycle: one(['production', 'experimental', 'deprecated']),
      tier: one(['1', '2', '3']),
      owner: `group:default/team-${index % 30}`,
    },
    environment: one(['production', 'staging', undefined]),
    branch: one(['main', 'feature/a-rather-long-name-of-a-branch']),
    ...{ event: 'push', pipeline: 'CI', cost: { minutes: next() * 300 } },
    ...{ hour: Math.floor(next() * 24), weekday: 1 + Math.floor(next() * 7) },
    change_freeze: one([
      { active: false },
      { active: false },
      { active: true, reason: 'The end of the year' },
    ]),
  }));
}
