import { World } from '../world/World';

/**
 * A run in a few words, for those who steer the server.
 *
 * @public
 */
export type RunSummary = {
  id: number;
  /** `owner/name`. */
  repository: string;
  workflow: string;
  number: number;
  branch: string;
  attempts: number;
  /** Of the newest attempt. */
  status: string;
  conclusion?: string;
  createdAt: string;
};

/** All runs, the newest first. */
export function describeRuns(world: World): RunSummary[] {
  return world.runs().map(({ repository, run }) => {
    const { status, conclusion } = run.attempts.at(-1)!;
    return {
      id: run.id,
      repository: `${repository.owner}/${repository.name}`,
      workflow: run.workflow.name,
      number: run.number,
      branch: run.branch,
      attempts: run.attempts.length,
      status,
      conclusion,
      createdAt: new Date(run.attempts[0].createdAt).toISOString(),
    };
  });
}
