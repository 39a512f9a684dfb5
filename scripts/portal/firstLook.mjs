import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until the backend has read the builds of a service that is broken, and
 * names it to look at first; else one that is built at all.
 *
 * @returns its page, or `undefined` when none came in `patience` milliseconds
 */
export async function findFirstLook({ address, backend, patience = 30_000 }) {
  const until = Date.now() + patience;
  let entity;
  while (Date.now() < until) {
    const found = await mostBroken(backend).catch(() => undefined);
    entity = found?.entity ?? entity;
    if (found?.incidents > 0) {
      break;
    }
    await sleep(500);
  }
  if (!entity) {
    return undefined;
  }
  const { kind, metadata } = entity;
  const namespace = metadata.namespace ?? 'default';
  const path = `${namespace}/${kind.toLowerCase()}/${metadata.name}`;
  return {
    title: metadata.title ?? metadata.name,
    page: `${address}/catalog/${path}`,
  };
}

/** The service with the most incidents, open ones first. */
async function mostBroken(backend) {
  const session = await json(`${backend}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const { token } = session.backstageIdentity;
  const headers = { authorization: `Bearer ${token}` };
  const query = new URLSearchParams({
    filter: 'kind=component,metadata.annotations.github.com/project-slug',
    limit: '20',
  });
  const { items } = await json(
    `${backend}/api/catalog/entities/by-query?${query}`,
    { headers },
  );
  const counted = [];
  for (const entity of items) {
    const { kind, metadata } = entity;
    const namespace = metadata.namespace ?? 'default';
    const path = `${kind.toLowerCase()}/${namespace}/${metadata.name}`;
    const list = `${backend}/api/ci-medic/entities/${path}/incidents`;
    const all = await json(`${list}?limit=1`, { headers });
    const open = await json(`${list}?limit=1&state=open`, { headers });
    counted.push({
      entity,
      incidents: 100 * (open.totalItems ?? 0) + (all.totalItems ?? 0),
    });
  }
  return counted.sort((left, right) => right.incidents - left.incidents)[0];
}

async function json(address, init) {
  const response = await fetch(address, init);
  if (!response.ok) {
    throw new Error(`${response.status} from ${address}`);
  }
  return response.json();
}
