import { Evidence } from '@ci-medic/detection';
import { ProjectRef, Suspect } from '@ci-medic/plugin-ci-medic-common';
import { CommitComparison } from './CiChanges';

/**
 * A run at one end of the range.
 *
 * @public
 */
export type RangeEnd = {
  runId: string;
  sha: string;
  jobId: string;
  /** ISO 8601. */
  at: string;
};

/**
 * An incident of which the cause is sought. Texts come from logs and are not to be trusted.
 *
 * @public
 */
export type SuspectedIncident = {
  id: string;
  /** `figure` where nothing failed: `lastPass` ran as before, `firstFail` surely did not. `failure` when missing. */
  subject?: 'failure' | 'figure';
  project: ProjectRef;
  entityRefs: string[];
  fingerprint: string;
  /** Name of the job and path of the pipeline's definition. */
  jobName: string;
  pipelinePath?: string;
  branch?: string;
  lastPass?: RangeEnd;
  firstFail: RangeEnd;
  /** What the log says of the failure, in lines. */
  lines: { number: number; text: string }[];
  /** Files that it names, with lines of them. */
  files: { path: string; line?: number }[];
  /** Packages that it names, the most suspected first. */
  packages: { name: string; version?: string; line?: number }[];
  /** Probabilities of the categories of its diagnosis. */
  probabilities: Partial<Record<string, number>>;
  /** What lies between the last pass and the first failure, where that is known. */
  comparison?: CommitComparison;
};

/**
 * What a source brings in: a suspect with what people see of it.
 *
 * @public
 */
export type SuspectCandidate = {
  id: string;
  kind: Suspect['kind'];
  title: string;
  /** The commit with which it came; absent for what came from outside. */
  commitSha?: string;
  evidence: Evidence[];
  /** The incident upstream that would be the cause of this one. */
  incidentId?: string;
  /** Further fields that are shown. */
  shown?: Partial<
    Pick<
      Suspect,
      'author' | 'at' | 'url' | 'package' | 'entityRef' | 'commitSha'
    >
  >;
};

/**
 * What a source found.
 *
 * @public
 */
export type SuspectFindings = {
  suspects: SuspectCandidate[];
  /** What speaks for or against infrastructure as a whole. */
  infrastructure?: Evidence[];
  /** What could not be asked, each with the reason. */
  missing?: { part: string; reason: string }[];
};

/**
 * Where suspects come from, such as commits or the catalog.
 *
 * @public
 */
export interface SuspectSource {
  /** Short and stable. */
  readonly id: string;
  readonly title: string;

  /**
   * @throws RateLimitedError to be asked later. Anything else is shown as missing; the other sources answer without it.
   */
  collect(
    incident: SuspectedIncident,
    signal: AbortSignal,
  ): Promise<SuspectFindings>;
}
