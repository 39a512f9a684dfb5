import { json, Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { createHash } from 'crypto';
import { setTimeout as sleep } from 'timers/promises';
import { AnswerFault } from '../faults/FaultPlan';
import { ApiProblem } from './ApiProblem';
import { ApiRequest, ApiRoute, ServerContext } from './ApiRoute';
import { changeWorld } from './changeWorld';
import { actionRoutes } from './routes/actionRoutes';
import { appRoutes } from './routes/appRoutes';
import { branchRoutes } from './routes/branchRoutes';
import { cacheRoutes } from './routes/cacheRoutes';
import { contentRoutes } from './routes/contentRoutes';
import { dependencyRoutes } from './routes/dependencyRoutes';
import { deploymentRoutes } from './routes/deploymentRoutes';
import { hookRoutes } from './routes/hookRoutes';
import { pullRoutes } from './routes/pullRoutes';
import { runnerRoutes } from './routes/runnerRoutes';
import { artifactRoutes } from './routes/artifactRoutes';
import { checkRoutes } from './routes/checkRoutes';
import { commitRoutes } from './routes/commitRoutes';
import { jobRoutes } from './routes/jobRoutes';
import { repositoryRoutes } from './routes/repositoryRoutes';
import { runRoutes } from './routes/runRoutes';
import { statusRoutes } from './routes/statusRoutes';
import { workflowRoutes } from './routes/workflowRoutes';

/** All routes of GitHub's REST API that are served. */
export const apiRoutes: ApiRoute[] = [
  ...repositoryRoutes,
  ...workflowRoutes,
  ...runRoutes,
  ...jobRoutes,
  ...artifactRoutes,
  ...commitRoutes,
  ...checkRoutes,
  ...actionRoutes,
  ...appRoutes,
  ...branchRoutes,
  ...cacheRoutes,
  ...contentRoutes,
  ...dependencyRoutes,
  ...deploymentRoutes,
  ...hookRoutes,
  ...pullRoutes,
  ...runnerRoutes,
  ...statusRoutes,
];

const API_PREFIX = /^\/api\/v3(?=\/|$)/;
/** Routes that redirect to a download: connections are cut there, not here. */
const IS_DOWNLOAD = /\/(logs|zip)$/;

/** Serves the API under `/api/v3`, as on Enterprise, and under `/`. */
export function apiRouter(context: ServerContext): Router {
  const router = PromiseRouter();
  // Clients of GitHub send JSON without saying so.
  const readBody = json({ limit: '1mb', type: () => true });
  for (const route of apiRoutes) {
    // Paths of files and names of references have slashes.
    const path = route.template
      .replace(/(contents\/\{path|git\/refs?\/\{ref)\}/, '$1(*)}')
      .replace(/\{(\w+)(\(\*\))?\}/g, ':$1$2');
    const paths = [path, `/api/v3${path}`];
    if (route.method !== 'get') {
      router[route.method](paths, readBody);
    }
    router[route.method](paths, (request, response) =>
      serve({ route, context, request, response }),
    );
  }
  router.get(['/api/v3', '/api/v3/'], (_request, response) => {
    response.json({ current_user_url: context.links.api('/user') });
  });
  return router;
}

async function serve(options: {
  route: ApiRoute;
  context: ServerContext;
  request: Request;
  response: Response;
}): Promise<void> {
  const { route, context, request, response } = options;
  const { faults, rateLimit } = context;
  const asked = apiRequest(request);
  const isAllowed = rateLimit.take(asked.client);
  response.set(rateLimit.headers(asked.client));
  response.set('X-GitHub-Media-Type', 'github.v3; format=json');
  if (!isAllowed) {
    const message = `API rate limit exceeded for ${asked.client}.`;
    throw new ApiProblem(403, message);
  }
  const { method } = request;
  await applyFaults(faults.takeForAnswer(method, asked.path), asked, context);
  if (!IS_DOWNLOAD.test(asked.path)) {
    const fault = faults.takeForDownload(method, asked.path);
    if (fault?.kind === 'drop') {
      request.socket.destroy();
      return;
    }
  }
  const answer =
    route.method === 'get'
      ? await route.answer(asked, context)
      : await changeWorld({ route, context, asked, request });
  if (!answer) {
    return;
  }
  response.status(answer.status ?? 200).set(answer.headers ?? {});
  if (answer.body === undefined) {
    response.end();
    return;
  }
  const text = JSON.stringify(answer.body);
  const tag = tagOf(text);
  if (route.method !== 'get') {
    response.type('application/json; charset=utf-8').send(text);
    return;
  }
  response.set('ETag', tag);
  response.set('Cache-Control', 'private, max-age=60, s-maxage=60');
  if (isKnown(request.headers['if-none-match'], tag)) {
    rateLimit.giveBack(asked.client);
    response.set(rateLimit.headers(asked.client)).status(304).end();
    return;
  }
  response.type('application/json; charset=utf-8').send(text);
}

function tagOf(text: string): string {
  return `W/"${createHash('sha256').update(text).digest('hex')}"`;
}

/**
 * Whether the client has this answer already. As on GitHub, a request's
 * `Cache-Control: no-cache`, which Node's fetch adds, changes nothing.
 */
function isKnown(header: string | undefined, tag: string): boolean {
  const strong = tag.replace(/^W\//, '');
  return (header ?? '')
    .split(',')
    .some(each => each.trim().replace(/^W\//, '') === strong);
}

async function applyFaults(
  faults: AnswerFault[],
  asked: ApiRequest,
  { rateLimit }: ServerContext,
): Promise<void> {
  for (const fault of faults) {
    if (fault.kind === 'latency') {
      await sleep(fault.milliseconds);
    }
  }
  for (const fault of faults) {
    if (fault.kind === 'status') {
      throw new ApiProblem(
        fault.status,
        fault.message ?? (fault.status === 410 ? 'Gone' : 'Server Error'),
      );
    }
    if (fault.kind === 'rate-limit') {
      throw rateLimited(fault, rateLimit.headers(asked.client));
    }
  }
}

/** GitHub's two ways of refusing: nothing left until then, or too fast. */
function rateLimited(
  fault: Extract<AnswerFault, { kind: 'rate-limit' }>,
  headers: Record<string, string>,
): ApiProblem {
  const { status, secondary, retryAfterSeconds } = fault;
  if (secondary) {
    return new ApiProblem(
      status,
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      { 'Retry-After': String(retryAfterSeconds) },
    );
  }
  const reset = Math.ceil(Date.now() / 1000) + retryAfterSeconds;
  return new ApiProblem(status, 'API rate limit exceeded.', {
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Used': headers['X-RateLimit-Limit'],
    'X-RateLimit-Reset': String(reset),
  });
}

function apiRequest(request: Request): ApiRequest {
  const query = Object.entries(request.query).map(([name, value]) => [
    name,
    Array.isArray(value) ? String(value[0]) : String(value ?? ''),
  ]);
  const { authorization } = request.headers;
  return {
    parameters: request.params,
    query: Object.fromEntries(query),
    path: request.path.replace(API_PREFIX, ''),
    pathAndQuery: request.originalUrl.replace(API_PREFIX, ''),
    // Never the token itself: it would stand in messages.
    client: authorization
      ? createHash('sha256').update(authorization).digest('hex').slice(0, 12)
      : 'anonymous',
    body: request.body ?? {},
  };
}
