import { checkRunShape } from '../../shapes/checkRunShape';
import { findCommit } from '../../world/history';
import { Repository } from '../../world/model';
import { LocatedJob, newestFirst } from '../../world/World';
import { ApiRoute, found, idOf, repositoryOf } from '../ApiRoute';
import { pageOf } from '../paging';

/** Jobs as checks of commits. */
export const checkRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/commits/{ref}/check-runs',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const { sha } = found(findCommit(repository, request.parameters.ref));
      const { check_name: name, status } = request.query;
      const all = checksOf(repository, sha).filter(
        ({ job }) =>
          (!name || job.name === name) && (!status || job.status === status),
      );
      const page = pageOf(all, request, context);
      return {
        headers: page.headers,
        body: {
          total_count: all.length,
          check_runs: page.items.map(each =>
            checkRunShape(context.links, each),
          ),
        },
      };
    },
  },
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/check-runs/{check_run_id}',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const located = found(context.world.job(idOf(request, 'check_run_id')));
      found(located.repository === repository ? located : undefined);
      return { body: checkRunShape(context.links, located) };
    },
  },
];

/** The newest attempt of each run of a commit counts. */
function checksOf(repository: Repository, sha: string): LocatedJob[] {
  return repository.runs
    .filter(run => run.sha === sha)
    .sort(newestFirst)
    .flatMap(run => {
      const attempt = run.attempts.at(-1)!;
      return attempt.jobs.map(job => ({ repository, run, attempt, job }));
    });
}
