import { type APIRequestContext, expect } from '@playwright/test';

/** A service of the simulated organisation. */
export type Service = {
  /** As the portal shows it. */
  title: string;
  /** As it stands in paths of the API. */
  entity: string;
  /** Path of its page. */
  path: string;
  /** The group that owns it. */
  owner: string;
};

/** An incident of which failed jobs can be run again. */
export type RerunnableIncident = {
  service: Service;
  /** Path of its page. */
  path: string;
  /** A user who owns the service. */
  owner: string;
};

/** A message in Slack about an incident of which failed jobs can be run again. */
export type MessageToActOn = RerunnableIncident & {
  incidentId: string;
  alertId: string;
  alert: {
    id: string;
    title: string;
    destination: string;
    actions: Array<{ id: string; kind: string }>;
  };
  /** A user who owns nothing of it. */
  stranger: string;
};

type Entity = {
  metadata: { name: string; title?: string };
  spec: { owner: string; members?: string[] };
};

const isAllowed = ({ allowed }: { allowed: boolean }) => allowed;

/** What lets a request through as a user of the organisation. */
export async function headersOf(request: APIRequestContext, user = 'guest') {
  const answer = await request.get('/api/auth/demo/refresh', {
    headers: { 'x-demo-user': user },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { backstageIdentity } = await answer.json();
  return { authorization: `Bearer ${backstageIdentity.token}` };
}

/** All services whose builds are watched, in the order in which the catalog shows them. */
export async function servicesOf(
  request: APIRequestContext,
): Promise<Service[]> {
  const items = await entitiesOf(
    request,
    'kind=component,metadata.annotations.github.com/project-slug',
  );
  return items
    .map(({ metadata: { name, title = name }, spec }) => ({
      title,
      entity: `component/default/${name}`,
      path: `/catalog/default/component/${name}`,
      owner: spec.owner.split('/').at(-1)!,
    }))
    .sort((left, right) => left.title.localeCompare(right.title, 'en'));
}

/** A user who owns a service, by its name in the catalog. */
export async function ownerOf(
  request: APIRequestContext,
  name: string,
): Promise<string> {
  const service = (await servicesOf(request)).find(({ entity }) =>
    entity.endsWith(`/${name}`),
  )!;
  const groups = await entitiesOf(request, 'kind=group');
  return groups.find(({ metadata }) => metadata.name === service.owner)!.spec
    .members![0];
}

/**
 * A service with an open incident, once the backend has read its builds. Webhooks
 * and history arrive while the portal is up already.
 */
export async function brokenService(
  request: APIRequestContext,
): Promise<Service> {
  return untilFound('a service has an open incident', async () => {
    const headers = await headersOf(request);
    for (const service of await servicesOf(request)) {
      const items = await incidentsOf(request, headers, service);
      if (items.length > 0) {
        return service;
      }
    }
    return undefined;
  });
}

/** Path of the page of a run that failed and that nobody ran again. */
export async function failedRun(request: APIRequestContext): Promise<string> {
  return untilFound('a run has failed', async () => {
    const headers = await headersOf(request);
    for (const { entity, path } of await servicesOf(request)) {
      const answer = await request.get(
        `/api/ci-medic/entities/${entity}/runs?outcome=failed`,
        { headers },
      );
      const { items } = await answer.json();
      // Its log was read.
      const known = items.filter(
        (run: { incidentIds: string[] }) => run.incidentIds.length > 0,
      );
      if (known.length > 0) {
        return `${path}/ci-health/runs/${known.at(-1).id}`;
      }
    }
    return undefined;
  });
}

/**
 * An incident whose failed jobs an owner may run again now.
 *
 * @param tried - paths of those that are not wanted
 */
export async function rerunnableIncident(
  request: APIRequestContext,
  tried: string[] = [],
): Promise<RerunnableIncident> {
  return untilFound('an owner may run failed jobs again', async () => {
    const groups = await entitiesOf(request, 'kind=group');
    for (const service of await servicesOf(request)) {
      const owner = groups.find(
        ({ metadata }) => metadata.name === service.owner,
      )!.spec.members![0];
      const headers = await headersOf(request, owner);
      for (const { id } of await incidentsOf(request, headers, service)) {
        const answer = await request.get(
          `/api/ci-medic/incidents/${id}/remediations`,
          { headers },
        );
        const { items, options } = await answer.json();
        const path = `${service.path}/incidents/${id}`;
        if (
          items.length === 0 &&
          options.some(isAllowed) &&
          !tried.includes(path)
        ) {
          return { service, owner, path };
        }
      }
    }
    return undefined;
  });
}

/**
 * A message in Slack.
 *
 * @param kind - with a button of that kind, if any
 */
export async function messageInSlack(
  request: APIRequestContext,
  kind?: string,
  incidentId?: string,
): Promise<MessageToActOn> {
  return untilFound('a message in Slack offers it', async () => {
    const groups = await entitiesOf(request, 'kind=group,spec.type=team');
    for (const service of await servicesOf(request)) {
      const membersOf = ({ spec }: Entity) => spec.members ?? [];
      const own = groups.find(
        ({ metadata: { name } }) => name === service.owner,
      );
      const other = groups.find(
        one => one !== own && membersOf(one).length > 0,
      );
      if (!own || !other) {
        continue;
      }
      const [[owner], [stranger]] = [membersOf(own), membersOf(other)];
      const headers = await headersOf(request, owner);
      // What can be acted on is open; what was said stays.
      const query = kind ? 'state=open' : '';
      const incidents = await incidentsOf(request, headers, service, query);
      const wanted = incidents.filter(
        ({ id }) => incidentId === undefined || id === incidentId,
      );
      for (const { id } of wanted) {
        const answer = await request.get(
          `/api/ci-medic/incidents/${id}/alerts`,
          { headers },
        );
        const alert = (await answer.json()).items?.find(
          ({
            channel,
            actions,
          }: { channel: string } & MessageToActOn['alert']) =>
            channel === 'slack' &&
            (!kind || actions.some(action => action.kind === kind)),
        );
        if (alert) {
          const path = `${service.path}/incidents/${id}`;
          const found = { service, owner, stranger, path, alert };
          return { ...found, incidentId: id, alertId: alert.id };
        }
      }
    }
    return undefined;
  });
}

async function incidentsOf(
  request: APIRequestContext,
  headers: { authorization: string },
  { entity }: Service,
  query = 'state=open',
): Promise<Array<{ id: string }>> {
  const answer = await request.get(
    `/api/ci-medic/entities/${entity}/incidents?${query}`,
    { headers },
  );
  return answer.ok() ? (await answer.json()).items : [];
}

async function entitiesOf(
  request: APIRequestContext,
  filter: string,
): Promise<Entity[]> {
  const answer = await request.get('/api/catalog/entities/by-query', {
    headers: await headersOf(request),
    params: { filter, limit: 100 },
  });
  return answer.ok() ? (await answer.json()).items : [];
}

async function untilFound<T>(
  message: string,
  look: () => Promise<T | undefined>,
): Promise<T> {
  let found: T | undefined;
  await expect
    .poll(
      async () => {
        found ??= await look();
        return found !== undefined;
      },
      { message, timeout: 120_000 },
    )
    .toBe(true);
  return found!;
}
