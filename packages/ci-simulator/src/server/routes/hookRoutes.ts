import { stableId } from '../../world/stableId';
import { Delivery } from '../../webhooks/Delivery';
import { ApiProblem } from '../ApiProblem';
import {
  ApiAnswer,
  ApiRequest,
  ApiRoute,
  found,
  idOf,
  ServerContext,
} from '../ApiRoute';
import { githubTime } from '../../shapes/time';
import { pageOf } from '../paging';

/** Deliveries of webhooks, of an App, an organisation and a repository. */
export const hookRoutes: ApiRoute[] = [
  '/app/hook/deliveries',
  '/orgs/{org}/hooks/{hook_id}/deliveries',
  '/repos/{owner}/{repo}/hooks/{hook_id}/deliveries',
].flatMap<ApiRoute>(template => [
  { method: 'get', template, answer: list },
  {
    method: 'get',
    template: `${template}/{delivery_id}`,
    answer: (request, context) => {
      const delivery = deliveryOf(request, context);
      const { body } = found(context.sender.delivery(delivery.id));
      return {
        body: {
          ...itemShape(delivery, context),
          url: context.sender.url() ?? '',
          request: {
            headers: { 'X-GitHub-Delivery': delivery.id },
            payload: JSON.parse(body.toString()),
          },
          response: { headers: {}, payload: '' },
        },
      };
    },
  },
  {
    method: 'post',
    template: `${template}/{delivery_id}/attempts`,
    answer: (request, context) => {
      const { id } = deliveryOf(request, context);
      if (!context.sender.hasTarget()) {
        throw new ApiProblem(422, 'No address for webhooks is configured');
      }
      // As on GitHub, the answer does not wait for it.
      context.sender.redeliver(id).catch(() => {});
      return { status: 202, body: {} };
    },
  },
]);

function list(request: ApiRequest, context: ServerContext): ApiAnswer {
  const { owner, repo } = request.parameters;
  const { status } = request.query;
  const all = context.sender
    .deliveries()
    .filter(
      each =>
        (!owner || each.repository === `${owner}/${repo}`) &&
        (!status || (status === 'success') === isTaken(each)),
    )
    .reverse();
  const { cursor } = request.query;
  const from = cursor
    ? Math.max(
        0,
        all.findIndex(each => each.id === cursor),
      )
    : 0;
  const rest = all.slice(from);
  const page = pageOf(rest, request, context);
  const size = page.items.length;
  const url = new URL(context.links.api(request.pathAndQuery));
  const next = rest[size];
  if (next) {
    url.searchParams.set('cursor', next.id);
  }
  return {
    // Here pages are reached by a cursor.
    headers: next ? { Link: `<${url}>; rel="next"` } : {},
    body: page.items.map(each => itemShape(each, context)),
  };
}

function deliveryOf(request: ApiRequest, context: ServerContext): Delivery {
  const id = idOf(request, 'delivery_id');
  return found(context.sender.deliveries().find(each => numberOf(each) === id));
}

function numberOf({ id }: Delivery): number {
  return stableId(['delivery', id], 12);
}

function isTaken({ attempts }: Delivery): boolean {
  const status = attempts.at(-1)?.status ?? 0;
  return status >= 200 && status < 300;
}

/** GitHub's `hook-delivery-item`. */
function itemShape(delivery: Delivery, context: ServerContext) {
  const last = delivery.attempts.at(-1);
  const [owner = '', name = ''] = (delivery.repository ?? '').split('/');
  const repository = context.world.repository(owner, name);
  return {
    id: numberOf(delivery),
    guid: delivery.id,
    delivered_at: last?.at ?? delivery.at ?? githubTime(0),
    redelivery: delivery.attempts.length > 1,
    duration: (last?.milliseconds ?? 0) / 1000,
    status: last?.status ? String(last.status) : last?.error ?? 'pending',
    status_code: last?.status ?? 0,
    event: delivery.event,
    action: delivery.action,
    installation_id: null,
    repository_id: repository?.id ?? null,
    throttled_at: null,
  };
}
