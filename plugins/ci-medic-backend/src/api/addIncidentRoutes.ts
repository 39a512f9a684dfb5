import { IncidentDetail } from '@ci-medic/plugin-ci-medic-common';
import { Router } from 'express';
import { ApiContext } from './ApiContext';

/**
 * Routes of incidents. Of an incident that concerns several entities, a reader sees what belongs to theirs.
 */
export function addIncidentRoutes(router: Router, context: ApiContext): void {
  const { httpAuth, access, incidents, explanations, remediations } = context;

  router.get('/incidents/:incidentId', async (request, response) => {
    const { incidentId } = request.params;
    const credentials = await httpAuth.credentials(request);
    const incident = await incidents.get(incidentId);
    const entityRefs = await access.readable(credentials, incident.entityRefs);
    const occurrences = await incidents.occurrences(incidentId, entityRefs);
    const evidence = await incidents.evidenceJob(incidentId, entityRefs);
    const body: IncidentDetail = {
      incident: {
        ...incident,
        entityRefs,
        // Nothing is told of services that the reader does not see.
        ...(entityRefs.length < incident.entityRefs.length && {
          occurrences: occurrences.length,
          pipelines: namesOf(occurrences.map(({ pipeline }) => pipeline)),
          jobs: namesOf(occurrences.map(({ jobName }) => jobName)),
          branches: namesOf(occurrences.map(({ branch }) => branch)),
        }),
      },
      timeline: [
        ...(await incidents.timeline(incidentId, entityRefs, occurrences)),
        ...remediations.timelineOf(
          await remediations.list(
            incidentId,
            occurrences.map(({ runId }) => runId),
          ),
        ),
      ].sort((left, right) => (left.at < right.at ? -1 : 1)),
      occurrences,
      evidence: evidence ? await explanations.read(evidence) : undefined,
    };
    response.json(body);
  });
}

function namesOf(names: (string | undefined)[]): string[] {
  const present = names.filter((name): name is string => name !== undefined);
  return [...new Set(present)].sort();
}
