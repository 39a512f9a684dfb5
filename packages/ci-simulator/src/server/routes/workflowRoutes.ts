import { runShape } from '../../shapes/runShape';
import { workflowShape } from '../../shapes/workflowShape';
import { Run, Workflow } from '../../world/model';
import { newestFirst } from '../../world/World';
import {
  ApiAnswer,
  ApiRequest,
  ApiRoute,
  found,
  repositoryOf,
  ServerContext,
} from '../ApiRoute';
import { MOST_RESULTS, pageOf } from '../paging';
import { isFiltered, runFilter } from './runFilter';

/** Workflows and lists of runs. */
export const workflowRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/actions/workflows',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const page = pageOf(repository.workflows, request, context);
      return {
        headers: page.headers,
        body: {
          total_count: repository.workflows.length,
          workflows: page.items.map(workflow =>
            workflowShape(context.links, repository, workflow),
          ),
        },
      };
    },
  },
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/actions/workflows/{workflow_id}',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const workflow = workflowOf(request, context);
      return { body: workflowShape(context.links, repository, workflow) };
    },
  },
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
    answer: (request, context) => {
      const workflow = workflowOf(request, context);
      return listRuns(request, context, run => run.workflow === workflow);
    },
  },
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/actions/runs',
    answer: (request, context) => listRuns(request, context, () => true),
  },
];

function listRuns(
  request: ApiRequest,
  context: ServerContext,
  belongs: (run: Run) => boolean,
): ApiAnswer {
  const { query } = request;
  const repository = repositoryOf(request, context);
  const fits = runFilter(query);
  const runs = repository.runs
    .filter(run => belongs(run) && fits(run))
    .sort(newestFirst);
  const most = isFiltered(query) ? MOST_RESULTS : Infinity;
  const page = pageOf(runs, request, context, { most });
  return {
    headers: page.headers,
    body: {
      total_count: runs.length,
      workflow_runs: page.items.map(run =>
        runShape({
          ...{ links: context.links, repository, run },
          attempt: run.attempts.at(-1)!,
          excludePullRequests: query.exclude_pull_requests === 'true',
        }),
      ),
    },
  };
}

/** By number or by the name of its file. */
export function workflowOf(
  request: ApiRequest,
  context: ServerContext,
): Workflow {
  const { workflow_id: id } = request.parameters;
  const { workflows } = repositoryOf(request, context);
  return found(
    workflows.find(
      workflow =>
        String(workflow.id) === id || workflow.path.endsWith(`/${id}`),
    ),
  );
}
