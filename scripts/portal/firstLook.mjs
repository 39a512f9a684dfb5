import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until the catalog has read the services that are built somewhere, and
 * names one of them to look at first.
 *
 * @returns its page, or `undefined` when none came in `patience` milliseconds
 */
export async function findFirstLook({ address, backend, patience = 30_000 }) {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const entity = await firstBuiltEntity(backend).catch(() => undefined);
    if (entity) {
      const { kind, metadata } = entity;
      const namespace = metadata.namespace ?? 'default';
      return {
        title: metadata.title ?? metadata.name,
        page: `${address}/catalog/${namespace}/${kind.toLowerCase()}/${
          metadata.name
        }`,
      };
    }
    await sleep(500);
  }
  return undefined;
}

async function firstBuiltEntity(backend) {
  const session = await json(`${backend}/api/auth/guest/refresh`, {
    method: 'POST',
  });
  const query = new URLSearchParams({
    filter: 'kind=component,metadata.annotations.github.com/project-slug',
    limit: '1',
  });
  const { items } = await json(
    `${backend}/api/catalog/entities/by-query?${query}`,
    {
      headers: { authorization: `Bearer ${session.backstageIdentity.token}` },
    },
  );
  return items[0];
}

async function json(address, init) {
  const response = await fetch(address, init);
  if (!response.ok) {
    throw new Error(`${response.status} from ${address}`);
  }
  return response.json();
}
