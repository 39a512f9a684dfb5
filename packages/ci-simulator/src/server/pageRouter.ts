import { Router } from 'express';
import { ServerContext } from './ApiRoute';
import { runPage } from './runPage';

/** Pages for people, so that the links in answers lead somewhere. */
export function pageRouter(context: ServerContext): Router {
  const router = Router();
  const page = '/:owner/:repo/actions/runs/:id';
  const paths = [page, `${page}/job/:job`, `${page}/attempts/:attempt`];
  router.get(paths, (request, response, next) => {
    const { owner, repo, id, job, attempt } = request.params;
    const located = context.world.run(Number(id));
    if (
      !located ||
      located.repository !== context.world.repository(owner, repo)
    ) {
      next();
      return;
    }
    const html = runPage({
      ...located,
      attempt: attempt === undefined ? undefined : Number(attempt),
      jobId: job === undefined ? undefined : Number(job),
    });
    response
      .set(
        'Content-Security-Policy',
        "default-src 'none'; style-src 'unsafe-inline'",
      )
      .type('html')
      .send(html);
  });
  router.get('/:owner/:repo/*', (request, response, next) => {
    const { owner, repo } = request.params;
    if (!context.world.repository(owner, repo)) {
      next();
      return;
    }
    response
      .status(404)
      .type('text')
      .send('The simulated server has no page for this. Runs have one.');
  });
  return router;
}
