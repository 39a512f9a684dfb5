import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  ciMedicEditPlaybookPermission,
  ciMedicOperatePermission,
  Playbook,
  PlaybookDifference,
} from '@ci-medic/plugin-ci-medic-common';
import { Request, Router } from 'express';
import { SeenBy } from '../playbooks';
import { ApiContext } from './ApiContext';

/**
 * Routes of playbooks. One is seen by those who may read an entity that it is about; what concerns other entities is not
 * told.
 */
export function addPlaybookRoutes(router: Router, context: ApiContext): void {
  const { httpAuth, access, ownership, playbooks, incidents } = context;

  async function seenBy(request: Request, id: string): Promise<SeenBy> {
    const credentials = await httpAuth.credentials(request);
    const refs = await playbooks.entityRefs(id);
    const seen = new Set(await access.readable(credentials, refs));
    return ref => seen.has(ref);
  }

  router.get(
    '/entities/:kind/:namespace/:name/playbooks',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request);
      const { kind, namespace, name } = request.params;
      const entity = await access.entity(credentials, {
        kind,
        namespace,
        name,
      });
      const ids = await playbooks.list(stringifyEntityRef(entity));
      const items: Playbook[] = [];
      for (const id of ids) {
        items.push(await playbooks.get(id, await seenBy(request, id)));
      }
      response.json({ items });
    },
  );

  router.get('/incidents/:incidentId/playbook', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const { incidentId } = request.params;
    const { entityRefs } = await incidents.get(incidentId);
    await access.readable(credentials, entityRefs);
    const id = await playbooks.ofIncident(incidentId);
    if (id === undefined) {
      response.json({});
      return;
    }
    const { title } = await playbooks.get(id, await seenBy(request, id));
    response.json({ playbookId: id, title });
  });

  router.get('/playbooks/:playbookId', async (request, response) => {
    const { playbookId } = request.params;
    const seen = await seenBy(request, playbookId);
    const body: Playbook = await playbooks.get(playbookId, seen);
    response.json(body);
  });

  router.get(
    '/playbooks/:playbookId/versions/:version',
    async (request, response) => {
      const { playbookId, version } = request.params;
      const seen = await seenBy(request, playbookId);
      const body: PlaybookDifference = await playbooks.difference(
        playbookId,
        Number(version),
        seen,
      );
      response.json(body);
    },
  );

  router.put('/playbooks/:playbookId/notes', async (request, response) => {
    const { playbookId } = request.params;
    const credentials = await ownership.person(request);
    const seen = await seenBy(request, playbookId);
    const refs = (await playbooks.entityRefs(playbookId)).filter(seen);
    await ownership.require(credentials, refs, ciMedicEditPlaybookPermission);
    const { version, text } = request.body;
    await context.playbookNotes.save({
      ...{ playbookId, version, text },
      actor: credentials.principal.userEntityRef,
    });
    response.json(await playbooks.get(playbookId, seen));
  });

  /** Sites are read by the portal's own plugins, and by operators. */
  async function authorizeDocs(request: Request): Promise<void> {
    const credentials = await httpAuth.credentials(request, {
      allow: ['service', 'user'],
    });
    if ((credentials.principal as { type: string }).type !== 'service') {
      await access.require(credentials, ciMedicOperatePermission);
    }
  }

  router.get('/playbook-docs', async (request, response) => {
    await authorizeDocs(request);
    response.json({ items: await context.playbookDocs.owners() });
  });

  router.get(
    '/playbook-docs/:kind/:namespace/:name',
    async (request, response) => {
      await authorizeDocs(request);
      const { kind, namespace, name } = request.params;
      const owner = stringifyEntityRef({ kind, namespace, name });
      const docs = await context.playbookDocs.read(owner);
      if (docs.files.length <= 2) {
        throw new NotFoundError(`${owner} has no playbooks`);
      }
      response.json(docs);
    },
  );
}
