import { LocatedJob } from '../../world/World';
import { z } from 'zod';
import {
  ApiAnswer,
  ApiRequest,
  ApiRoute,
  found,
  repositoryOf,
  ServerContext,
} from '../ApiRoute';
import { parseBody } from '../parseBody';
import { jobOf } from './jobRoutes';
import { runOf } from './runRoutes';
import { workflowOf } from './workflowRoutes';

const ACTIONS = '/repos/{owner}/{repo}/actions';
const RUN = `${ACTIONS}/runs/{run_id}`;

const dispatchSchema = z.object({
  ref: z.string().min(1),
  inputs: z.record(z.string(), z.coerce.string()).default({}),
  return_run_details: z.boolean().default(false),
});

/** What clients may do to runs. */
export const actionRoutes: ApiRoute[] = [
  {
    method: 'post',
    template: `${RUN}/rerun`,
    answer: (request, context) => {
      context.actions.rerun(runOf(request, context), request);
      return { status: 201, body: {} };
    },
  },
  {
    method: 'post',
    template: `${RUN}/rerun-failed-jobs`,
    answer: (request, context) => {
      context.actions.rerunFailedJobs(runOf(request, context), request);
      return { status: 201, body: {} };
    },
  },
  {
    method: 'post',
    template: `${ACTIONS}/jobs/{job_id}/rerun`,
    answer: (request, context) => {
      const located: LocatedJob = jobOf(request, context);
      context.actions.rerunJob(located, request);
      return { status: 201, body: {} };
    },
  },
  ...['cancel', 'force-cancel'].map<ApiRoute>(name => ({
    method: 'post',
    template: `${RUN}/${name}`,
    answer: (request, context) => {
      context.actions.cancel(runOf(request, context), request);
      return { status: 202, body: {} };
    },
  })),
  {
    method: 'post',
    template: `${ACTIONS}/workflows/{workflow_id}/dispatches`,
    answer: dispatch,
  },
];

function dispatch(request: ApiRequest, context: ServerContext): ApiAnswer {
  const workflow = workflowOf(request, context);
  const repository = repositoryOf(request, context);
  const {
    ref,
    inputs,
    return_run_details: isAsked,
  } = parseBody(dispatchSchema, request.body);
  const { run: id } = context.actions.dispatch(
    { repository, workflow, ref, inputs },
    request,
  );
  if (!isAsked) {
    return { status: 204 };
  }
  const { run } = found(context.world.run(id!));
  return {
    status: 200,
    body: {
      workflow_run_id: run.id,
      run_url: context.links.run(repository, run),
      html_url: context.links.runPage(repository, run),
    },
  };
}
