import { fullRepositoryShape } from '../../shapes/repositoryShape';
import { ApiRoute, repositoryOf } from '../ApiRoute';

/** The repository itself, and what a client may still ask for. */
export const repositoryRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: '/repos/{owner}/{repo}',
    answer: (request, context) => ({
      body: fullRepositoryShape(context.links, repositoryOf(request, context)),
    }),
  },
  {
    method: 'get',
    template: '/rate_limit',
    answer: ({ client }, { rateLimit }) => {
      const core = rateLimit.state(client);
      return { body: { resources: { core, search: core }, rate: core } };
    },
  },
];
