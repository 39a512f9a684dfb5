import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  DiagnosisAccuracy,
  IncidentCause,
  IncidentDiagnosis,
  RelatedIncident,
  RootCause,
  wilsonInterval,
} from '@ci-medic/plugin-ci-medic-common';
import { Router } from 'express';
import { ApiContext } from './ApiContext';

const HIDDEN = 'Something upstream that you do not see';

/**
 * Routes of what incidents are, what caused them and how far that reaches. Of what a reader does not see in the catalog,
 * neither names nor reasons are told.
 */
export function addDiagnosisRoutes(router: Router, context: ApiContext): void {
  const { access, diagnoses, feedbackReader, httpAuth } = context;
  const { incidents, ownership, rootCauses } = context;

  async function seen(credentials: BackstageCredentials, incidentId: string) {
    const incident = await incidents.get(incidentId);
    return access.readable(credentials, incident.entityRefs);
  }

  router.get('/incidents/:incidentId/diagnosis', async (request, response) => {
    const { incidentId } = request.params;
    await seen(await httpAuth.credentials(request), incidentId);
    const body: IncidentDiagnosis = await diagnoses.get(incidentId);
    response.json(body);
  });

  router.get('/incidents/:incidentId/cause', async (request, response) => {
    const { incidentId } = request.params;
    const credentials = await httpAuth.credentials(request);
    const own = await seen(credentials, incidentId);
    const rootCause = await rootCauses.get(incidentId);
    const related = await rootCauses.related(incidentId);
    const named = [
      ...related.flatMap(({ entityRefs }) => entityRefs),
      ...(rootCause?.graph?.nodes ?? []).map(({ entityRef }) => entityRef),
      ...(rootCause?.suspects ?? []).flatMap(one => one.entityRef ?? []),
    ];
    const readable = new Set(
      await access.readable(credentials, [...new Set([...own, ...named])]),
    );
    const shown = related.flatMap(one => visible(one, readable) ?? []);
    const affected = new Set([
      ...own,
      ...shown.flatMap(({ entityRefs }) => entityRefs),
    ]);
    const owners = await ownership.ownersOf(credentials, [...affected]);
    const body: IncidentCause = {
      rootCause: rootCause && readableCause(rootCause, readable),
      blastRadius: {
        incidents: shown,
        entities: [...affected].sort().map(entityRef => ({
          entityRef,
          owners: owners.get(entityRef) ?? [],
        })),
        hidden: related.length - shown.length,
      },
    };
    response.json(body);
  });

  router.get(
    '/entities/:kind/:namespace/:name/diagnosis-accuracy',
    async (request, response) => {
      const { kind, namespace, name } = request.params;
      const credentials = await httpAuth.credentials(request);
      const entity = await access.entity(credentials, {
        ...{ kind, namespace, name },
      });
      const judged = await feedbackReader.accuracy(stringifyEntityRef(entity));
      const body: DiagnosisAccuracy = {
        categories: judged.map(one => {
          const { low, high } = wilsonInterval(one.right, one.judged);
          return { ...one, low, high };
        }),
      };
      response.json(body);
    },
  );
}

function visible(
  incident: RelatedIncident,
  readable: Set<string>,
): RelatedIncident | undefined {
  const entityRefs = incident.entityRefs.filter(ref => readable.has(ref));
  return entityRefs.length > 0 ? { ...incident, entityRefs } : undefined;
}

function readableCause(cause: RootCause, readable: Set<string>): RootCause {
  const isSeen = (entityRef?: string) =>
    entityRef === undefined || readable.has(entityRef);
  const isComplete = cause.suspects.every(one => isSeen(one.entityRef));
  return {
    ...cause,
    // The sentence names the likeliest suspect.
    ...(!isComplete && { sentence: HIDDEN }),
    suspects: cause.suspects.map((suspect, index) => {
      const { kind, probability, entityRef } = suspect;
      return isSeen(entityRef)
        ? suspect
        : {
            ...{ id: `hidden-${index}`, kind, probability },
            ...{ title: HIDDEN, reasons: [] },
          };
    }),
    ...(cause.graph && {
      graph: {
        nodes: cause.graph.nodes.filter(({ entityRef }) => isSeen(entityRef)),
        edges: cause.graph.edges.filter(
          ({ from, to }) => isSeen(from) && isSeen(to),
        ),
      },
    }),
  };
}
