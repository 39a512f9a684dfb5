import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  Backfill,
  ciMedicBackfillPermission,
  Health,
  Incident,
  IncidentState,
  Page,
  RunQuery,
  RunSummary,
} from '@ci-medic/plugin-ci-medic-common';
import { Request, Router } from 'express';
import { IANAZone } from 'luxon';
import { Project, readProject } from '../database';
import { ApiContext } from './ApiContext';
import { numberOf, pagingOf, textOf } from './readQuery';

const ENTITY = '/entities/:kind/:namespace/:name';
const DEFAULT_DAYS = 14;

/**
 * Routes below an entity: its figures, its runs, its incidents and the reading of its history.
 */
export function addEntityRoutes(router: Router, context: ApiContext): void {
  const { httpAuth, access, backfills, health, incidents, runs } = context;

  async function readable(request: Request): Promise<Entity> {
    const credentials = await httpAuth.credentials(request);
    return access.entity(credentials, refOf(request));
  }

  router.get(`${ENTITY}/health`, async (request, response) => {
    const entity = await readable(request);
    const entityRef = stringifyEntityRef(entity);
    const timeZone = textOf(request, 'timeZone') ?? 'UTC';
    if (!IANAZone.isValidZone(timeZone)) {
      throw new InputError(`'${timeZone}' is not the name of a time zone`);
    }
    const project = await projectOf(context, entity);
    const filter = {
      branch: textOf(request, 'branch'),
      pipeline: textOf(request, 'pipeline'),
    };
    const days = numberOf(request, 'days') ?? DEFAULT_DAYS;
    const provider = context.providers.get(project.ref.provider);
    const body: Health = {
      entityRef,
      project: project.ref,
      projectUrl: provider.projectUrl(project.ref),
      ...filter,
      ...(await health.read({ entityRef, days, timeZone, ...filter })),
      openIncidents: await incidents.count({
        entityRef,
        state: 'open',
        ...filter,
      }),
      backfill: await backfills.latest(project.id),
    };
    response.json(body);
  });

  router.get(`${ENTITY}/runs`, async (request, response) => {
    const body: Page<RunSummary> = await runs.list({
      entityRef: stringifyEntityRef(await readable(request)),
      branch: textOf(request, 'branch'),
      pipeline: textOf(request, 'pipeline'),
      outcome: textOf(request, 'outcome') as RunQuery['outcome'],
      ...pagingOf(request),
    });
    response.json(body);
  });

  router.get(`${ENTITY}/incidents`, async (request, response) => {
    const page: Page<Incident> = await incidents.list({
      entityRef: stringifyEntityRef(await readable(request)),
      state: textOf(request, 'state') as IncidentState | undefined,
      branch: textOf(request, 'branch'),
      pipeline: textOf(request, 'pipeline'),
      text: textOf(request, 'text'),
      ...pagingOf(request),
    });
    const struck = new Set(page.items.flatMap(item => item.entityRefs));
    // Other entities that an incident struck are named to those only who may see them.
    const seen =
      struck.size > 0
        ? await access.readable(await httpAuth.credentials(request), [
            ...struck,
          ])
        : [];
    response.json({
      ...page,
      items: page.items.map(item => ({
        ...item,
        entityRefs: item.entityRefs.filter(ref => seen.includes(ref)),
      })),
    });
  });

  async function manageable(request: Request) {
    const credentials = await httpAuth.credentials(request);
    const entity = await access.entity(
      credentials,
      refOf(request),
      ciMedicBackfillPermission,
    );
    const project = await projectOf(context, entity);
    const { principal } = credentials as { principal?: any };
    return { project, who: principal?.userEntityRef ?? principal?.subject };
  }

  router.post(`${ENTITY}/backfill`, async (request, response) => {
    const { project, who } = await manageable(request);
    const body: Backfill = await backfills.start({
      projectId: project.id,
      days: request.body?.days ?? (context.backfillDays || 30),
      requestedBy: who,
    });
    response.json(body);
  });

  router.delete(`${ENTITY}/backfill`, async (request, response) => {
    const { project } = await manageable(request);
    const body: Backfill = await backfills.cancel(project.id);
    response.json(body);
  });
}

function refOf(request: Request) {
  const { kind, namespace, name } = request.params;
  return { kind, namespace, name };
}

/**
 * Where an entity is built. One that is new is taken in at once.
 *
 * @throws InputError when an annotation is malformed, NotFoundError when there is none.
 */
async function projectOf(
  context: ApiContext,
  entity: Entity,
): Promise<Project> {
  const entityRef = stringifyEntityRef(entity);
  const find = () =>
    context.database
      .knex('entity_projects')
      .leftJoin('projects', 'projects.id', 'entity_projects.project_id')
      .where({ entity_ref: entityRef })
      .orderBy('entity_projects.provider')
      .first(
        'entity_projects.problem',
        'projects.id',
        'projects.provider',
        'projects.host',
        'projects.slug',
      );
  let row = await find();
  if (!row) {
    await context.catalogSync.take(entity);
    row = await find();
  }
  if (!row) {
    const keys = context.providers.list().flatMap(one => one.annotations);
    throw new NotFoundError(
      `${entityRef} has none of the annotations ${keys.join(', ')}`,
    );
  }
  if (!row.id) {
    throw new InputError(`An annotation is malformed: ${row.problem}`);
  }
  return readProject(row);
}
