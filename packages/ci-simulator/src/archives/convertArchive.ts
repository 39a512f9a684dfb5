import { basename } from 'path';
import { TimeShift } from '../recordings/TimeShift';
import { Repository, Run, Workflow } from '../world/model';
import { stableId } from '../world/stableId';
import { ArchiveFile } from './ArchiveFile';
import { contentOf, convertJobs } from './convertJobs';
import { RunDescription } from './describeRun';
import { worstOf } from './judgeSteps';
import { ArchiveContent } from './readArchive';
import { RunDetails } from './readRunDetails';

/** An archive that has been read. */
export type LoadedArchive = {
  path: string;
  archive: ArchiveFile;
  content: ArchiveContent;
  details?: RunDetails;
  description: RunDescription;
};

/**
 * Makes a run out of an archive and adds it to its repository, which is made
 * when it is not there yet.
 *
 * @param options - `isTaken`: whether an identifier belongs to another run
 */
export function convertArchive(
  options: LoadedArchive & {
    shift: TimeShift;
    repositories: Map<string, Repository>;
    isTaken: (id: number) => boolean;
  },
): { repository: Repository; run: Run } {
  const { archive, content, details, description, shift } = options;
  const repository = repositoryOf(description.slug, options);
  const times = content.jobs.flatMap(({ facts }) =>
    facts?.firstTime === undefined ? [] : [facts.firstTime, facts.lastTime!],
  );
  const start = details ? Date.parse(details.created_at) : Math.min(...times);
  const end = Math.max(start, ...times);
  for (const commit of description.commits) {
    if (!repository.commits.has(commit.sha)) {
      const at = details
        ? Date.parse(details.head_commit.timestamp)
        : // Not in the archive either; some time before the run.
          start - (commit.sha === description.sha ? 60_000 : 3_600_000);
      repository.commits.set(commit.sha, { ...commit, at: shift.apply(at) });
    }
  }
  const id = details?.id ?? freeId(options);
  const jobs = convertJobs({
    ...{ jobs: content.jobs, archive, runId: id, runAt: start, shift },
    conclusion: details?.conclusion,
  });
  const { actor, branch, event, number, pullRequest, sha, title } = description;
  const run: Run = {
    ...{ id, number, event, branch, sha, actor, title },
    workflow: workflowOf(repository, description.workflow),
    pullRequests: pullRequest
      ? [
          {
            number: pullRequest.number,
            head: { branch, sha },
            base: { branch: repository.defaultBranch, sha: pullRequest.base },
          },
        ]
      : [],
    attempts: [
      {
        attempt: 1,
        status: 'completed',
        conclusion:
          details?.conclusion ?? worstOf(jobs.map(job => job.conclusion!)),
        triggeredBy: actor,
        createdAt: shift.apply(start),
        startedAt: shift.apply(start),
        completedAt: shift.apply(end),
        jobs,
        artifacts: [],
        logFiles: content.files.map(name => ({
          name,
          ...contentOf(archive, [name], shift),
        })),
      },
    ],
  };
  repository.runs.push(run);
  return { repository, run };
}

function repositoryOf(
  slug: string,
  options: LoadedArchive & { repositories: Map<string, Repository> },
): Repository {
  const key = slug.toLowerCase();
  const known = options.repositories.get(key);
  if (known) {
    return known;
  }
  const [owner, name] = slug.split('/');
  const repository: Repository = {
    id: stableId(['repository', owner, name], 9),
    ...{ owner, name, description: options.description.description },
    defaultBranch: 'main',
    workflows: [],
    commits: new Map(),
    runs: [],
  };
  options.repositories.set(key, repository);
  return repository;
}

function workflowOf(
  repository: Repository,
  { name, path }: { name: string; path: string },
): Workflow {
  const known = repository.workflows.find(each => each.path === path);
  if (known) {
    return known;
  }
  const id = stableId(['workflow', repository.id, path], 8);
  const workflow = { id, name, path };
  repository.workflows.push(workflow);
  return workflow;
}

/** From the file's name, so that it is the same wherever the archive lies. */
function freeId(options: {
  path: string;
  isTaken: (id: number) => boolean;
}): number {
  for (let attempt = 0; ; attempt++) {
    const id = stableId(['archive', basename(options.path), attempt], 10);
    if (!options.isTaken(id)) {
      return id;
    }
  }
}
