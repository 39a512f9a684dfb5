import { ChaosTimings } from './ReplicaOptions';

/** What is done to a system, and what of it is broken on purpose. */
export type Variant = {
  name: string;
  /** What is wrong with it; absent for the right one. */
  broken?: string;
  /** For the replicas, as `CI_MEDIC_FAILPOINTS` has it. */
  failpoints: string[];
  /** Checks that are left out, by name; what is broken about it. */
  lacks?: string[];
  /** How late the broken one believes that a call can act. */
  tooShort?: string;
  /** Of all replicas but the last, so that one can take over. */
  weakFailpoints?: string[];
  /** Whether each kind of remedy is wanted, not only reruns. */
  hasRemedies?: boolean;
  /** 2 by default. */
  replicas?: number;
  /** Share of reruns that pass; after them the CI system refuses what happens twice. */
  passing?: number;
  timings: ChaosTimings;
  deliveries: number;
  kills: number;
  crashes: number;
  failing: number;
  /** Share of calls, and how late they act in milliseconds. */
  late: { probability: number; from: number; to: number };
  dropped: number;
  failedBefore: number;
  /** Takes away what the database would refuse. */
  sql?: string;
};

const seconds = (value: number) => `PT${value}S`;

/** The system as it is. */
export const whole: Variant = {
  name: 'whole',
  hasRemedies: true,
  failpoints: [
    'remediation.calling=freeze(2500)@0.03',
    'remediation.moving=crash@0.001',
    'inbox.committing=crash@0.0002',
    'webhook.stored=crash@0.0002',
  ],
  timings: {
    call: seconds(2),
    slack: seconds(2),
    latestAction: seconds(7),
    look: seconds(2),
    watch: seconds(5),
  },
  deliveries: 10_000,
  kills: 20,
  crashes: 2,
  failing: 0.5,
  late: { probability: 0.05, from: 3_500, to: 6_500 },
  dropped: 0.1,
  failedBefore: 0.03,
};

const small: Variant = {
  ...whole,
  hasRemedies: false,
  failpoints: [],
  timings: {
    call: seconds(0.5),
    slack: seconds(1),
    latestAction: seconds(1.5),
    look: seconds(0.5),
  },
  deliveries: 300,
  ...{ kills: 0, crashes: 0, failing: 1, passing: 0 },
  late: { probability: 0, from: 700, to: 1_300 },
  dropped: 0.2,
  failedBefore: 0.05,
};

/** Half of the calls act long after whoever made them has given up, and made another one. */
const slow: Pick<Variant, 'late' | 'timings'> = {
  late: { probability: 0.5, from: 3_500, to: 4_500 },
  timings: { ...small.timings, latestAction: seconds(5) },
};

/** Each lacks one thing that the promises rest on. The run has to notice it. */
export const brokenVariants: Variant[] = [
  {
    ...small,
    name: 'blind-retry',
    hasRemedies: true,
    broken: 'a call without an answer is made again at once, without a look',
    lacks: ['remediation.unknown', 'remediation.staleness'],
    ...slow,
  },
  {
    ...small,
    name: 'no-unique-key',
    broken: 'what is asked for twice is done twice',
    lacks: ['remediation.key', 'remediation.staleness'],
    // So slow that the other replica is done with its half before.
    weakFailpoints: ['remediation.observed=freeze(1500)x8'],
    timings: { ...small.timings, slack: seconds(10) },
    sql: `alter table "ci-medic".remediations drop constraint remediations_once; drop index "ci-medic".remediation_plans_open`,
  },
  {
    ...small,
    name: 'answer-before-commit',
    broken: 'a delivery is acknowledged before it is durable',
    lacks: ['webhook.commit'],
    failpoints: ['inbox.committing=crash@0.02'],
  },
  {
    ...small,
    name: 'short-lease',
    broken: 'the lease is over before the CI system acts for the last time',
    ...slow,
    tooShort: seconds(0.001),
  },
  {
    ...small,
    name: 'no-deadline',
    broken:
      'a worker that was frozen makes its call without a look at the clock',
    lacks: ['remediation.deadline'],
    weakFailpoints: ['remediation.calling=freeze(12000)x2'],
    replicas: 3,
  },
  {
    ...small,
    name: 'no-fence',
    broken: 'a worker writes although another one has taken over',
    lacks: ['remediation.fence'],
    weakFailpoints: ['remediation.claimed=freeze(12000)x2'],
    replicas: 3,
  },
];

/** The same trouble for a system that lacks nothing: what the broken one is caught by must not be seen here. */
export function mended(variant: Variant): Variant {
  return { ...variant, lacks: [], sql: undefined, tooShort: undefined };
}
