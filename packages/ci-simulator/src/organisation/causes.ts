/**
 * All kinds of causes.
 *
 * @public
 */
export const causeKinds = [
  'flaky_test',
  'upstream_release',
  'registry_outage',
  'network_outage',
  'mass_outage',
  'disk_full',
  'out_of_memory',
  'bad_image',
  'expired_credential',
  'configuration',
  'regression',
  'slow_down',
  'bad_deployment',
] as const;

/**
 * Why builds break, as the simulator knows it.
 *
 * @public
 */
export type CauseKind = (typeof causeKinds)[number];

/**
 * What makes the cause go away.
 *
 * @public
 */
export type Remedy =
  | 'rerun'
  | 'fresh-runner'
  | 'wait'
  | 'pin-or-revert'
  | 'fix-or-revert'
  | 'rotate-credential'
  | 'previous-image';

/**
 * How a cause shows: in which steps, as which recordings, how likely.
 *
 * @public
 */
export type Symptom = { step: string; fragment: string; probability: number };

/**
 * A cause with everything that is true about it. Nobody but benchmarks may read
 * it.
 *
 * @public
 */
export type Cause = {
  id: string;
  kind: CauseKind;
  /** Of CI Medic's categories, the right one. */
  category:
    | 'flaky_test'
    | 'dependency'
    | 'infrastructure'
    | 'configuration'
    | 'code';
  /** A rerun of the same commit may pass. */
  transient: boolean;
  remedy: Remedy;
  /** Milliseconds since the epoch; without an end it is still there. */
  from: number;
  until?: number;
  /** Repositories that it can strike, `owner/name`. */
  repositories: string[];
  /** The commit that brought it, and the one that ended it. */
  commit?: { repository: string; sha: string };
  fix?: { repository: string; sha: string };
  /** The entity upstream that is to blame. */
  upstream?: string;
  runner?: string;
  pool?: string;
  image?: string;
  test?: string;
  /** How likely each execution is hit; of a slow-down, how much is added. */
  rate?: number;
  /** Strikes only so many of the first attempts of a run. */
  firstAttempts?: number;
  /** The hours of the day in which it strikes, UTC: from, to. */
  hours?: [number, number];
  /** Where it shows, when that is not the same for all of the kind. */
  symptoms?: Symptom[];
  /** Causes that came together, or one that set off others. */
  with?: string[];
};

const all = (steps: string[], fragment: string, probability: number) =>
  steps.map(step => ({ step, fragment, probability }));

/** How causes that come from outside show. */
export const symptoms: Partial<Record<CauseKind, Symptom[]>> = {
  registry_outage: [
    ...all(['install'], 'registry', 0.85),
    ...all(['package'], 'registry', 0.5),
  ],
  network_outage: [
    ...all(['checkout'], 'network', 0.25),
    ...all(['install', 'deploy', 'smoke'], 'network', 0.4),
    ...all(['integration'], 'network', 0.6),
    ...all(['integration'], 'dependency', 0.3),
  ],
  mass_outage: [
    ...all(['checkout'], 'network', 0.6),
    ...all(['install', 'package', 'deploy'], 'network', 0.9),
  ],
  disk_full: all(['checkout', 'install', 'build', 'package'], 'disk-full', 0.8),
  out_of_memory: all(['build', 'unit'], 'out-of-memory', 0.7),
  bad_image: [
    ...all(['install', 'package'], 'image', 0.95),
    ...all(['build'], 'image', 0.5),
  ],
};
