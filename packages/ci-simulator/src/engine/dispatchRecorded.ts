import { ApiProblem } from '../server/ApiProblem';
import { findCommit } from '../world/history';
import { Run } from '../world/model';
import { newestFirst } from '../world/World';
import { stableId } from '../world/stableId';
import { needsOf } from './needsOf';
import { DispatchRequest } from './RunActions';
import { RunEngine } from './RunEngine';

/** Starts a run of a recorded workflow: the jobs are those of its newest run. */
export function dispatchRecorded(
  engine: RunEngine,
  { repository, workflow, ref }: DispatchRequest,
  by: string,
): Run {
  const ofWorkflow = repository.runs.filter(run => run.workflow === workflow);
  const [model] = [...ofWorkflow].sort(newestFirst);
  const commit = findCommit(repository, ref);
  if (!model || !commit) {
    throw new ApiProblem(
      422,
      "Workflow does not have 'workflow_dispatch' trigger",
    );
  }
  const { jobs } = model.attempts.at(-1)!;
  const needs = needsOf(jobs);
  const number = Math.max(...ofWorkflow.map(run => run.number)) + 1;
  const run: Run = {
    id: stableId(['run', repository.id, workflow.id, number]),
    ...{ number, workflow, event: 'workflow_dispatch', actor: by },
    branch: ref.replace(/^refs\/(heads|tags)\//, ''),
    sha: commit.sha,
    title: workflow.name,
    ...{ pullRequests: [], attempts: [] },
  };
  const outlines = jobs.map(job => ({
    name: job.name,
    needs: needs.get(job)!,
    labels: job.runner?.labels ?? [],
  }));
  engine.startRun({ repository, run, outlines });
  return run;
}
