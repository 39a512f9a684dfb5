import { z } from 'zod';
import {
  deploymentShape,
  deploymentStatusShape,
} from '../../shapes/deploymentShape';
import { Deployment } from '../../world/model';
import { findCommit } from '../../world/history';
import { ApiProblem } from '../ApiProblem';
import {
  ApiAnswer,
  ApiRequest,
  ApiRoute,
  found,
  idOf,
  repositoryOf,
  ServerContext,
} from '../ApiRoute';
import { note } from '../note';
import { pageOf } from '../paging';
import { parseBody } from '../parseBody';

const DEPLOYMENTS = '/repos/{owner}/{repo}/deployments';

const CLIENT_LOGIN = 'ci-medic[bot]';

const deploymentSchema = z.object({
  ref: z.string().min(1),
  environment: z.string().min(1).max(100).default('production'),
  description: z.string().max(1000).nullish(),
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
});

const statusSchema = z.object({
  state: z.enum([
    ...(['error', 'failure', 'inactive', 'in_progress'] as const),
    ...(['queued', 'pending', 'success'] as const),
  ]),
  description: z.string().max(140).default(''),
});

/** What was deployed where, and how that went. */
export const deploymentRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: DEPLOYMENTS,
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const { sha, ref, environment } = request.query;
      const all = (repository.deployments ?? [])
        .filter(
          each =>
            (!sha || each.sha === sha) &&
            (!ref || each.ref === ref) &&
            (!environment || each.environment === environment),
        )
        .reverse();
      const page = pageOf(all, request, context);
      return {
        headers: page.headers,
        body: page.items.map(each =>
          deploymentShape(context.links, repository, each),
        ),
      };
    },
  },
  {
    method: 'get',
    template: `${DEPLOYMENTS}/{deployment_id}`,
    answer: (request, context) => ({
      body: deploymentShape(
        context.links,
        repositoryOf(request, context),
        deploymentOf(request, context),
      ),
    }),
  },
  {
    method: 'get',
    template: `${DEPLOYMENTS}/{deployment_id}/statuses`,
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const deployment = deploymentOf(request, context);
      const page = pageOf([...deployment.statuses].reverse(), request, context);
      return {
        headers: page.headers,
        body: page.items.map(status =>
          deploymentStatusShape(context.links, repository, deployment, status),
        ),
      };
    },
  },
  { method: 'post', template: DEPLOYMENTS, answer: announce },
  {
    method: 'post',
    template: `${DEPLOYMENTS}/{deployment_id}/statuses`,
    answer: report,
  },
];

function announce(request: ApiRequest, context: ServerContext): ApiAnswer {
  const repository = repositoryOf(request, context);
  const { deployments, services } = found(context.organisation);
  const service = found(services.get(repository.name));
  const { ref, environment, payload } = parseBody(
    deploymentSchema,
    request.body,
  );
  const commit = findCommit(repository, ref);
  if (!commit) {
    throw new ApiProblem(422, `No ref found for: ${ref}`);
  }
  const { image } = typeof payload === 'object' ? payload : { image: payload };
  const deployment = deployments.announce(service, {
    ...{ ref, environment, sha: commit.sha, creator: CLIENT_LOGIN },
    image: typeof image === 'string' ? image : service.imageOf(commit.sha),
  });
  note(request, context, 'create-deployment', { ref, environment });
  const body = deploymentShape(context.links, repository, deployment);
  return { status: 201, body };
}

function report(request: ApiRequest, context: ServerContext): ApiAnswer {
  const repository = repositoryOf(request, context);
  const deployment = deploymentOf(request, context);
  const { deployments, services } = found(context.organisation);
  const service = found(services.get(repository.name));
  const { state, description } = parseBody(statusSchema, request.body);
  deployments.report(service, deployment, state, description);
  const { id } = deployment;
  note(request, context, 'create-deployment-status', { id, state });
  const status = deployment.statuses.at(-1)!;
  return {
    status: 201,
    body: deploymentStatusShape(context.links, repository, deployment, status),
  };
}

function deploymentOf(request: ApiRequest, context: ServerContext): Deployment {
  const id = idOf(request, 'deployment_id');
  const { deployments = [] } = repositoryOf(request, context);
  return found(deployments.find(each => each.id === id));
}
