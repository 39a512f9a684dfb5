import { ProjectRef } from '@ci-medic/plugin-ci-medic-common';
import { CiProvider } from './CiProvider';
import { EffectReceipt, PreparedEffect } from './PreparedEffect';

/**
 * The run that is treated.
 *
 * @public
 */
export type TreatmentTarget = {
  project: ProjectRef;
  /** The run's id in the CI system. */
  externalId: string;
  /** The attempt that failed. */
  attempt: number;
  branch?: string;
  commitSha: string;
  /** File of the workflow. */
  workflow?: string;
};

/**
 * What is known of a failure when a plan is made for it.
 *
 * @public
 */
export type TreatmentCase = {
  incidentId: string;
  title: string;
  category: string;
  subCategory?: string;
  /** Failed jobs of the run. */
  jobs: {
    /** Id in the CI system. */
    externalId: string;
    name: string;
    runner?: string;
    runnerLabels: string[];
    minutes?: number;
  }[];
  /** The commit that most likely caused it. */
  suspectSha?: string;
  /** Redacted lines of the log that explain it. */
  evidence: string[];
  /** What helped before, the most recent first. */
  helped: string[];
};

/**
 * Anything that JSON can hold.
 *
 * @public
 */
export type TreatmentFacts = Record<string, unknown>;

/**
 * What would be done, by the world as it is now.
 *
 * @public
 */
export type TreatmentProposal = {
  /** All that decides what is done; part of what people agree to. */
  parameters: TreatmentFacts;
  /** The world that the plan fits. */
  observed: TreatmentFacts;
  /** One effect each, in words, in their order. For a treatment without effects: steps for a person. */
  stages: string[];
  what: string;
  target: string;
  worstCase: string;
  undo: string;
  /** Runner minutes, where they can be told. */
  minutes?: number;
  /** Where it deploys to. */
  environment?: string;
};

/**
 * One effect of a treatment that is under way.
 *
 * @public
 */
export type TreatmentStep = {
  remediationId: string;
  target: TreatmentTarget;
  parameters: TreatmentFacts;
  /** The world that the plan was made for. */
  planned: TreatmentFacts;
  /** Counts from 0; as many as there are stages when all are done. */
  stage: number;
  /** What the stages before brought about. */
  traces: TreatmentFacts[];
  signal?: AbortSignal;
};

/**
 * Whether a stage may begin.
 *
 * @public
 */
export type TreatmentReadiness =
  | { kind: 'ready' }
  /** There is nothing left to do: the world is already as it should be. */
  | { kind: 'done'; reason: string }
  /** Not yet. */
  | { kind: 'wait'; reason: string }
  /** The plan does not fit the world any more. */
  | { kind: 'stale'; reason: string };

/**
 * What became of an effect of which nobody knows whether it happened.
 *
 * @public
 */
export type TreatmentFinding =
  | { kind: 'happened'; trace: TreatmentFacts }
  /** The world is provably as it was before. */
  | { kind: 'unchanged' }
  | { kind: 'unclear'; reason: string };

/**
 * How something ended.
 *
 * @public
 */
export type TreatmentOutcome = {
  succeeded: boolean;
  reason: string;
  /** What it says of the commit that was suspected. */
  verdict?: { sha: string; is: 'confirmed' | 'cleared' | 'undecided' };
};

/**
 * What came after a treatment had succeeded.
 *
 * @public
 */
export type TreatmentAftermath = {
  isWell: boolean;
  /** With its basis, such as "4 later jobs on farm-02 did not fail alike". */
  reason: string;
};

/**
 * A way to treat a failure.
 *
 * @remarks
 *
 * It looks at the world before each of its effects and afterwards, and never acts by itself: what `prepare` returns is
 * called by the executor, which sees to it that it happens at most once. Nothing but `prepare`'s result may change
 * anything.
 *
 * @public
 */
export interface Treatment {
  /** Short and stable, such as `rerun`; part of stored rows. */
  readonly action: string;
  /** For people, such as "Rerun failed jobs". */
  readonly title: string;
  /** How it is found out whether it helped. */
  readonly verification: string;
  /** It only gives advice: there is nothing to carry out. */
  readonly isAdvice?: boolean;
  /** It runs jobs of the same commit again, so that it could turn a check green. */
  readonly rerunsJobs?: boolean;
  /** The end of the new attempt says all: what is collected of it already is enough. */
  readonly endsWithAttempt?: boolean;
  /** Never without a person, and never by the author alone. */
  readonly needsPerson?: boolean;
  /** The treatment that takes back what this one did. */
  readonly undoneBy?: { action: string; title: string };

  /**
   * @throws ConflictError with the reason when it does not fit, InputError when a parameter is wrong.
   */
  propose(request: {
    remediationId: string;
    target: TreatmentTarget;
    failure: TreatmentCase;
    /** From the strategy. */
    parameters: TreatmentFacts;
    signal?: AbortSignal;
  }): Promise<TreatmentProposal>;

  /** The world as far as it matters to a stage; never answered from a cache. */
  observe(step: TreatmentStep): Promise<TreatmentFacts>;

  readiness(step: TreatmentStep, observed: TreatmentFacts): TreatmentReadiness;

  /** Gets the effect of a stage ready; whatever takes time is done here. */
  prepare(step: TreatmentStep): Promise<PreparedEffect>;

  /** What the answer to an effect leaves behind for the stages to come. */
  traceOf(step: TreatmentStep, receipt: EffectReceipt): TreatmentFacts;

  find(step: TreatmentStep, observed: TreatmentFacts): TreatmentFinding;

  /** How it ended, `undefined` while it goes on. */
  outcome(
    step: TreatmentStep,
    observed: TreatmentFacts,
  ): TreatmentOutcome | undefined;

  /**
   * Looks at what came since it succeeded, for a while: what helped at once can fail later. Absent where the end of the
   * run says all.
   *
   * @param since - when it had succeeded, in ISO 8601
   */
  aftermath?(step: TreatmentStep, since: string): Promise<TreatmentAftermath>;

  /** How long after a lost connection the effect of a stage may still happen, in milliseconds. */
  latestActionMs(step: TreatmentStep): number;
}

/**
 * What a treatment is made with.
 *
 * @public
 */
export type TreatmentContext = {
  provider(id: string): CiProvider;
  history: TreatmentHistory;
};

/**
 * What CI Medic saw of the world around a treatment.
 *
 * @public
 */
export interface TreatmentHistory {
  /** Where the newest canary of a commit stands that was begun within a day; `undefined` when there is none. */
  canaryOf(request: {
    project: ProjectRef;
    sha: string;
    /** This one does not count. */
    remediationId: string;
  }): Promise<{ reason: string } | undefined>;

  /** How many jobs of any repository ended on some runners since, and how many of those failed by the treated incident or one of the same failure. */
  jobsOn(request: {
    remediationId: string;
    runners: string[];
    /** ISO 8601. */
    since: string;
  }): Promise<{ ended: number; alike: number }>;

  /** What became unusual since in the series of the treated pipeline and in figures of its entities, but for what went back. */
  unusualSince(request: {
    remediationId: string;
    /** ISO 8601. */
    since: string;
  }): Promise<{
    /** Series that had figures since. */
    series: number;
    /** In one sentence each, the earliest first; at most 5. */
    findings: string[];
  }>;
}
