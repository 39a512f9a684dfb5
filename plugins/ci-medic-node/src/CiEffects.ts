import { CustomErrorBase } from '@backstage/errors';
import { Conclusion, ExecutionStatus } from '@ci-medic/plugin-ci-medic-common';
import { CiRequest } from './CiRequest';
import {
  CacheEffects,
  DeploymentEffects,
  RefEffects,
  RunnerEffects,
  WorkflowEffects,
} from './CiParts';
import { PreparedEffect } from './PreparedEffect';

/**
 * The CI system says no, and did nothing. Any other error of an effect means that nobody knows whether it happened.
 *
 * @public
 */
export class EffectRefusedError extends CustomErrorBase {
  name = 'EffectRefusedError' as const;
}

/**
 * A run as it is at this moment.
 *
 * @public
 */
export type RunObservation = {
  /** The latest attempt. */
  attempt: number;
  status: ExecutionStatus;
  conclusion?: Conclusion;
  headSha: string;
  /** The newest commit of its branch; absent when the branch is gone or unknown. */
  branchHead?: string;
};

/**
 * What can be done in a CI system.
 *
 * @remarks
 *
 * Nothing here is tried again by itself. A prepared effect rejects with `EffectRefusedError` or `RateLimitedError` when
 * the system certainly did nothing.
 *
 * @public
 */
export interface CiEffects {
  /** How long after a lost connection the system may still carry out what it was asked, in milliseconds. */
  readonly latestActionMs: number;

  /** How often a run can be run again. */
  readonly mostAttempts: number;

  /** How old a run may be to be run again, in milliseconds. */
  readonly oldestRunMs: number;

  /** Never answered from a cache. */
  observeRun(
    request: CiRequest & { runId: string; branch?: string },
  ): Promise<RunObservation>;

  /** Gets ready to run the failed jobs of the latest attempt again; whatever takes time is done before. */
  prepareRerunFailedJobs(
    request: CiRequest & { runId: string },
  ): Promise<PreparedEffect>;

  /** The same for one job and those that need it. */
  prepareRerunJob?(
    request: CiRequest & { jobId: string },
  ): Promise<PreparedEffect>;

  readonly runners?: RunnerEffects;
  readonly caches?: CacheEffects;
  readonly workflows?: WorkflowEffects;
  readonly deployments?: DeploymentEffects;
  readonly refs?: RefEffects;
}
