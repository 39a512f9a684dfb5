import { CauseGraph, Suspect } from '@ci-medic/plugin-ci-medic-common';
import { UpstreamEntity } from './UpstreamGraph';

const MOST_NODES = 40;

/** The shortest way from each suspect upstream down to what is affected; `undefined` when nothing upstream is suspected. */
export function causeGraph(
  affected: string[],
  suspects: Pick<Suspect, 'entityRef'>[],
  walk: UpstreamEntity[],
): CauseGraph | undefined {
  const reached = new Map(walk.map(one => [one.entityRef, one]));
  const blamed = suspects.flatMap(({ entityRef }) =>
    entityRef && reached.has(entityRef) ? entityRef : [],
  );
  if (blamed.length === 0) {
    return undefined;
  }
  const roles = new Map<string, CauseGraph['nodes'][number]['role']>();
  const edges = new Map<string, CauseGraph['edges'][number]>();
  for (const entityRef of blamed) {
    roles.set(entityRef, 'suspect');
    let here = reached.get(entityRef);
    while (here && roles.size < MOST_NODES) {
      const { from, relation } = here;
      edges.set(`${from} ${here.entityRef}`, {
        ...{ from, to: here.entityRef, relation },
      });
      if (!roles.has(from)) {
        roles.set(from, affected.includes(from) ? 'affected' : 'between');
      }
      here = reached.get(from);
    }
  }
  return {
    nodes: [...roles].map(([entityRef, role]) => ({ entityRef, role })),
    edges: [...edges.values()].filter(
      ({ from, to }) => roles.has(from) && roles.has(to),
    ),
  };
}
