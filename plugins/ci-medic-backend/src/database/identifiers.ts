import { ProjectRef } from '@ci-medic/plugin-ci-medic-common';
import { createHash } from 'crypto';

/**
 * First 24 hexadecimal digits of the SHA-256 of parts that are joined by `|`. The same on every replica.
 */
export function stableId(...parts: (string | number)[]): string {
  return createHash('sha256')
    .update(parts.join('|'))
    .digest('hex')
    .slice(0, 24);
}

/**
 * Id of a repository. Hosts and slugs are compared without case, as the CI systems do.
 */
export function projectIdOf(project: ProjectRef): string {
  return stableId(
    project.provider,
    project.host.toLowerCase(),
    project.slug.toLowerCase(),
  );
}

/**
 * Id of a run, the same for all of its attempts.
 */
export function runIdOf(project: ProjectRef, externalId: string): string {
  return externalIdOf(project, 'run', externalId);
}

/**
 * Id of a job.
 */
export function jobIdOf(project: ProjectRef, externalId: string): string {
  return externalIdOf(project, 'job', externalId);
}

function externalIdOf(
  project: ProjectRef,
  subject: string,
  externalId: string,
): string {
  return stableId(
    project.provider,
    project.host.toLowerCase(),
    project.slug.toLowerCase(),
    subject,
    externalId,
  );
}

/**
 * Id of a job of a pipeline on a branch, over all of its runs.
 */
export function trackIdOf(job: {
  projectId: string;
  pipelineId: string;
  name: string;
  branch: string | null;
}): string {
  const { projectId, pipelineId, name, branch } = job;
  return stableId(projectId, 'track', pipelineId, name, branch ?? '');
}
