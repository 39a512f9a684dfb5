import { Ledger } from '../engine/Ledger';
import { RunActions } from '../engine/RunActions';
import { Timeline } from '../engine/Timeline';
import { Organisation } from '../organisation/Organisation';
import { WebhookSender } from '../webhooks/WebhookSender';
import { FaultPlan } from '../faults/FaultPlan';
import { Links } from '../shapes/Links';
import { Repository } from '../world/model';
import { World } from '../world/World';
import { ApiProblem } from './ApiProblem';
import { BlobTickets } from './BlobTickets';
import { RateLimit } from './RateLimit';

/** What every route works with. */
export type ServerContext = {
  world: World;
  links: Links;
  faults: FaultPlan;
  tickets: BlobTickets;
  rateLimit: RateLimit;
  actions: RunActions;
  ledger: Ledger;
  timeline: Timeline;
  sender: WebhookSender;
  /** Where the world lives. */
  organisation?: Organisation;
};

/** A request for one route, free of the HTTP library. */
export type ApiRequest = {
  /** From the path, decoded. */
  parameters: Record<string, string>;
  /** Only the first of several values. */
  query: Record<string, string | undefined>;
  /** Path without `/api/v3` and query. */
  path: string;
  /** Path and query without `/api/v3`. */
  pathAndQuery: string;
  /** Who asks, for counting only. */
  client: string;
  /** Of a change: what was sent, `{}` when nothing. */
  body: Record<string, unknown>;
  /** The fault under which a change is made. */
  fault?: string;
};

/** An answer: JSON when there is a body. */
export type ApiAnswer = {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
};

/** A route of GitHub's REST API, under its name in the OpenAPI description. */
export type ApiRoute = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** E.g. `/repos/{owner}/{repo}`. */
  template: string;
  answer(
    request: ApiRequest,
    context: ServerContext,
  ): ApiAnswer | Promise<ApiAnswer>;
};

/** The repository of a request; throws what becomes a 404. */
export function repositoryOf(
  request: ApiRequest,
  { world }: ServerContext,
): Repository {
  const { owner, repo } = request.parameters;
  return found(world.repository(owner, repo));
}

/** Throws what becomes a 404 when there is nothing. */
export function found<T>(value: T | undefined): T {
  if (value === undefined) {
    throw ApiProblem.notFound();
  }
  return value;
}

/** A number from the path; throws what becomes a 404 when it is none. */
export function idOf(request: ApiRequest, name: string): number {
  const text = request.parameters[name];
  return found(/^\d{1,15}$/.test(text) ? Number(text) : undefined);
}
