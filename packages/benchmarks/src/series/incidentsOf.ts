import { CiMedicClient, Incident } from '@ci-medic/plugin-ci-medic-common';
import { readAll } from './readAll';

/** All incidents of some entities, each once. */
export async function incidentsOf(
  client: CiMedicClient,
  entityRefs: Iterable<string>,
): Promise<Incident[]> {
  const incidents = new Map<string, Incident>();
  for (const entityRef of entityRefs) {
    const items = await readAll(cursor =>
      client.listIncidents({ entityRef, cursor, limit: 100 }),
    );
    items.forEach(incident => incidents.set(incident.id, incident));
  }
  return [...incidents.values()];
}
