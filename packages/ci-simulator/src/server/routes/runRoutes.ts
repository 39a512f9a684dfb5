import { jobShape } from '../../shapes/jobShape';
import { runShape } from '../../shapes/runShape';
import { Attempt } from '../../world/model';
import { LocatedRun } from '../../world/World';
import {
  ApiAnswer,
  ApiRequest,
  ApiRoute,
  found,
  idOf,
  repositoryOf,
  ServerContext,
} from '../ApiRoute';
import { pageOf } from '../paging';

const RUN = '/repos/{owner}/{repo}/actions/runs/{run_id}';
const ATTEMPT = `${RUN}/attempts/{attempt_number}`;

/** One run, its attempts, their jobs and the archive of their logs. */
export const runRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: RUN,
    answer: (request, context) => {
      const located = runOf(request, context);
      return showRun(request, context, located.run.attempts.at(-1)!);
    },
  },
  {
    method: 'get',
    template: ATTEMPT,
    answer: (request, context) =>
      showRun(request, context, attemptOf(request, context)),
  },
  {
    method: 'get',
    template: `${RUN}/jobs`,
    answer: (request, context) => {
      const { attempts } = runOf(request, context).run;
      const isAll = request.query.filter === 'all';
      return listJobs(request, context, isAll ? attempts : attempts.slice(-1));
    },
  },
  {
    method: 'get',
    template: `${ATTEMPT}/jobs`,
    answer: (request, context) =>
      listJobs(request, context, [attemptOf(request, context)]),
  },
  {
    method: 'get',
    template: `${RUN}/logs`,
    answer: (request, context) => {
      const { run } = runOf(request, context);
      return downloadLogs(request, context, run.attempts.at(-1)!);
    },
  },
  {
    method: 'get',
    template: `${ATTEMPT}/logs`,
    answer: (request, context) =>
      downloadLogs(request, context, attemptOf(request, context)),
  },
];

/** The run of a request; throws what becomes a 404. */
export function runOf(request: ApiRequest, context: ServerContext): LocatedRun {
  const repository = repositoryOf(request, context);
  const located = found(context.world.run(idOf(request, 'run_id')));
  return found(located.repository === repository ? located : undefined);
}

function attemptOf(request: ApiRequest, context: ServerContext): Attempt {
  const number = idOf(request, 'attempt_number');
  const { attempts } = runOf(request, context).run;
  return found(attempts.find(({ attempt }) => attempt === number));
}

function showRun(
  request: ApiRequest,
  context: ServerContext,
  attempt: Attempt,
): ApiAnswer {
  return {
    body: runShape({
      ...{ ...runOf(request, context), attempt, links: context.links },
      excludePullRequests: request.query.exclude_pull_requests === 'true',
    }),
  };
}

function listJobs(
  request: ApiRequest,
  context: ServerContext,
  attempts: Attempt[],
): ApiAnswer {
  const located = runOf(request, context);
  const jobs = attempts.flatMap(attempt =>
    attempt.jobs.map(job => ({ attempt, job })),
  );
  const page = pageOf(jobs, request, context);
  const { links } = context;
  return {
    headers: page.headers,
    body: {
      total_count: jobs.length,
      jobs: page.items.map(each => jobShape({ links, ...located, ...each })),
    },
  };
}

function downloadLogs(
  request: ApiRequest,
  context: ServerContext,
  attempt: Attempt,
): ApiAnswer {
  const { run } = runOf(request, context);
  found(attempt.status === 'completed' ? attempt : undefined);
  const id = `${run.id}-${attempt.attempt}`;
  const Location = context.tickets.issue(
    { kind: 'attempt-logs', id },
    request.path,
  );
  return { status: 302, headers: { Location } };
}
