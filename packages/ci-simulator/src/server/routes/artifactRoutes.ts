import { artifactShape } from '../../shapes/artifactShape';
import { LocatedArtifact, LocatedRun } from '../../world/World';
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
import { pageOf } from '../paging';
import { runOf } from './runRoutes';

const ARTIFACTS = '/repos/{owner}/{repo}/actions/artifacts';

/** What runs left behind. */
export const artifactRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
    answer: (request, context) =>
      list(request, context, artifactsOf(runOf(request, context))),
  },
  {
    method: 'get',
    template: ARTIFACTS,
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const all = repository.runs.flatMap(run =>
        artifactsOf({ repository, run }),
      );
      return list(request, context, all);
    },
  },
  {
    method: 'get',
    template: `${ARTIFACTS}/{artifact_id}`,
    answer: (request, context) => ({
      body: artifactShape(context.links, artifactOf(request, context)),
    }),
  },
  {
    method: 'get',
    template: `${ARTIFACTS}/{artifact_id}/{archive_format}`,
    answer: (request, context) => {
      if (request.parameters.archive_format !== 'zip') {
        throw ApiProblem.notFound();
      }
      const { artifact } = artifactOf(request, context);
      const ticket = { kind: 'artifact' as const, id: String(artifact.id) };
      const Location = context.tickets.issue(ticket, request.path);
      return { status: 302, headers: { Location } };
    },
  },
];

function artifactsOf({ repository, run }: LocatedRun): LocatedArtifact[] {
  return run.attempts.flatMap(attempt =>
    attempt.artifacts.map(artifact => ({
      ...{ repository, run, attempt, artifact },
    })),
  );
}

function list(
  request: ApiRequest,
  context: ServerContext,
  all: LocatedArtifact[],
): ApiAnswer {
  const { name } = request.query;
  const fitting = all
    .filter(({ artifact }) => !name || artifact.name === name)
    .sort((one, other) => other.artifact.createdAt - one.artifact.createdAt);
  const page = pageOf(fitting, request, context);
  return {
    headers: page.headers,
    body: {
      total_count: fitting.length,
      artifacts: page.items.map(each => artifactShape(context.links, each)),
    },
  };
}

function artifactOf(
  request: ApiRequest,
  context: ServerContext,
): LocatedArtifact {
  const repository = repositoryOf(request, context);
  const located = found(context.world.artifact(idOf(request, 'artifact_id')));
  return found(located.repository === repository ? located : undefined);
}
