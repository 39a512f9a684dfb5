/**
 * What speaks for or against a hypothesis. The weight of each name, in natural logarithms of odds, is in
 * `evidenceWeights`; `custom` carries its own.
 *
 * @public
 */
export type EvidenceName =
  | 'line_in_log'
  | 'path_in_log'
  | 'same_module'
  | 'package_in_log'
  | 'co_failure'
  | 'ci_change'
  | 'event_near'
  | 'repositories_affected'
  | 'harmless_files'
  | 'reverts_suspect'
  | 'size'
  | 'upstream_incident'
  | 'upstream_release'
  | 'only_change_of_kind'
  | 'seen_before'
  | 'diagnosed'
  | 'custom';

/** @public */
export interface Evidence {
  name: EvidenceName;
  /**
   * The number that the name asks for: `co_failure` a lift, `repositories_affected` other repositories, `size` changed
   * lines, `upstream_incident` and `upstream_release` steps in the catalog's graph (1 is a direct neighbour),
   * `diagnosed` a probability.
   */
  value?: number;
  /** Replaces the usual weight, in natural logarithms of odds; needed for `custom`. */
  weight?: number;
  /** Replaces the usual words: "the only change that touches `pom.xml`". */
  text?: string;
}

/**
 * A change that may have caused the failure.
 *
 * @public
 */
export interface Suspect {
  /** Unique in the case: a commit, `axios@1.7.0..1.8.0`, an event, an entity reference. */
  id: string;
  kind:
    | 'commit'
    | 'dependency'
    | 'workflow'
    | 'runner'
    | 'event'
    | 'upstream'
    | (string & {});
  /** What people read; the id when missing. */
  title?: string;
  /** The first position in the order of changes that contains it. Several suspects may share one. */
  position: number;
  evidence?: Evidence[];
}

/**
 * A run of the failing thing, in order of time; reruns are further observations.
 *
 * @public
 */
export interface Observation {
  /** The run contains all suspects up to this position. */
  position: number;
  outcome: 'pass' | 'fail';
}

/**
 * What is asked of {@link rankSuspects}: plain data, so that it can be stored and asked again with one more observation.
 *
 * @public
 */
export interface CulpritCase {
  /** What is explained: runs that fail, or a figure that moved. `failure` when missing. */
  subject?: 'failure' | 'figure';
  suspects: Suspect[];
  /** At least one must have failed. The first failure is why the case exists and says nothing by itself. */
  observations: Observation[];
  /** *Nobody: flaky*. */
  flaky?: {
    /** Probability before anything of this case is known: 0.4, the share of flakes among broken ranges. */
    prior?: number;
    /** Same-commit flips of this test or job so far, and verdicts in which they were seen. */
    flips?: number;
    verdicts?: number;
    evidence?: Evidence[];
  };
  infrastructure?: {
    /** 0.1 */
    prior?: number;
    evidence?: Evidence[];
  };
  /** Probability that the cause is a change that is not listed: 0.05. */
  unlistedPrior?: number;
  /** How often the thing fails once it is broken: 0.98; less for a rise of a rate. */
  failureRate?: number;
  /** How often it fails without a cause: 0.02. */
  backgroundRate?: number;
  /** Where the change began, from a change point of a series; shared evenly by the suspects at a position. */
  positions?: { position: number; probability: number }[];
  /** Where a rerun is possible; each suspect's position and the last passing one when missing. */
  rerunnable?: number[];
  /** Stop advising reruns from this probability: 0.99. */
  enough?: number;
}

/** @public */
export interface RankedHypothesis {
  /** The suspect's id, `flaky`, `infrastructure` or `unlisted`. */
  id: string;
  kind: 'suspect' | 'flaky' | 'infrastructure' | 'unlisted';
  title: string;
  probability: number;
  /** Before reruns and evidence weighed in: what the runs alone say. */
  positionProbability: number;
  /** The strongest first, in words. */
  reasons: string[];
}

/** @public */
export interface NextRerun {
  position: number;
  /** Expected to be learned, in bits. */
  information: number;
  failureProbability: number;
  /** What either outcome would mean, in words. */
  reason: string;
}

/** @public */
export interface CulpritRanking {
  version: 1;
  /**
   * `suspect`, `nobody` (flaky) or `infrastructure` when one of them has at least half of the probability, all suspects
   * together counting as one; else `undecided`.
   */
  verdict: 'suspect' | 'nobody' | 'infrastructure' | 'undecided';
  /** One hypothesis has reached `enough`. */
  settled: boolean;
  /** Every hypothesis, the likeliest first. */
  hypotheses: RankedHypothesis[];
  /** At most five suspects, the likeliest first. */
  suspects: RankedHypothesis[];
  /** The rerun that teaches most, unless settled or nothing would be learned. */
  next?: NextRerun;
  sentence: string;
}
