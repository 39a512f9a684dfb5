import { jobShape } from '../../shapes/jobShape';
import { LocatedJob } from '../../world/World';
import {
  ApiRequest,
  ApiRoute,
  found,
  idOf,
  repositoryOf,
  ServerContext,
} from '../ApiRoute';

const JOB = '/repos/{owner}/{repo}/actions/jobs/{job_id}';

/** One job and its log. */
export const jobRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: JOB,
    answer: (request, context) => ({
      body: jobShape({ ...jobOf(request, context), links: context.links }),
    }),
  },
  {
    method: 'get',
    template: `${JOB}/logs`,
    answer: (request, context) => {
      const { job } = jobOf(request, context);
      found(job.status === 'completed' ? job.log : undefined);
      const ticket = { kind: 'job-log' as const, id: String(job.id) };
      const Location = context.tickets.issue(ticket, request.path);
      return { status: 302, headers: { Location } };
    },
  },
];

/** The job of a request; throws what becomes a 404. */
export function jobOf(request: ApiRequest, context: ServerContext): LocatedJob {
  const repository = repositoryOf(request, context);
  const located = found(context.world.job(idOf(request, 'job_id')));
  return found(located.repository === repository ? located : undefined);
}
