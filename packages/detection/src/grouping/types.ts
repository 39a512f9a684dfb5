import { Finding } from '../series/Finding';

/**
 * A finding and where it belongs.
 *
 * @public
 */
export interface PlacedFinding {
  /** Unique among all findings; the finding's own id is unique in its series only. */
  key: string;
  finding: Finding;
  /** What people read: `build-api / main: duration`. */
  series: string;
  repository: string;
  pipeline?: string;
  /** Where the job ran. */
  runnerPool?: string;
  /** Positions in the order of the repository's commits, first and last, in which it began. */
  commits?: [first: number, last: number];
}

/** @public */
export interface GroupOptions {
  /** Findings of one pipeline that began within this many milliseconds belong together: two hours. */
  within?: number;
  /** Unrelated repositories that change together are an event of the infrastructure: 3. */
  repositories?: number;
}

/**
 * Findings that are one event.
 *
 * @public
 */
export interface FindingGroup {
  version: 1;
  /** The key of the finding that began first. */
  id: string;
  /** Why they belong together. */
  reason: 'alone' | 'pipeline' | 'commits' | 'runner_pool' | 'infrastructure';
  /** The strongest first. */
  keys: string[];
  repositories: string[];
  runnerPool?: string;
  /** When the first and the last of them began. */
  began: [first: number, last: number];
  sentence: string;
}
