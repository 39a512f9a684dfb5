import { Insights } from '@ci-medic/plugin-ci-medic-common';
import { Router } from 'express';
import { ApiContext } from './ApiContext';
import { numberOf, textOf } from './readQuery';

const DEFAULT_DAYS = 90;

/**
 * Trends over all entities that the caller may read, for those who lead.
 */
export function addInsightRoutes(router: Router, context: ApiContext): void {
  const { httpAuth, insights, insightsScope } = context;

  router.get('/insights', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    const owner = textOf(request, 'owner')?.toLocaleLowerCase('en-US');
    const system = textOf(request, 'system')?.toLocaleLowerCase('en-US');
    const entity = textOf(request, 'entity')?.toLocaleLowerCase('en-US');
    const all = await insightsScope.entities(credentials);
    const chosen = all.filter(
      one =>
        (owner === undefined || one.owners.includes(owner)) &&
        (system === undefined || one.systems.includes(system)) &&
        (entity === undefined || one.ref === entity),
    );
    const found = await insights.read({
      entityRefs: chosen.map(({ ref }) => ref),
      days: numberOf(request, 'days') ?? DEFAULT_DAYS,
    });
    const ownersOf = new Map(all.map(one => [one.ref, one.owners]));
    const seen = new Set(all.map(({ ref }) => ref));
    const body: Insights = {
      ...found,
      owners: [...new Set(all.flatMap(({ owners }) => owners))].sort(),
      systems: [...new Set(all.flatMap(({ systems }) => systems))].sort(),
      causes: found.causes.map(cause => ({
        ...cause,
        owners: [
          ...new Set(cause.entityRefs.flatMap(ref => ownersOf.get(ref) ?? [])),
        ],
      })),
      // Of what struck several entities, those are named that the reader sees.
      redPeriods: found.redPeriods.map(period => ({
        ...period,
        entityRefs: period.entityRefs.filter(ref => seen.has(ref)),
      })),
    };
    response.json(body);
  });
}
