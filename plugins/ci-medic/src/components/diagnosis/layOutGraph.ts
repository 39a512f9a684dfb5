import { CauseGraph } from '@ci-medic/plugin-ci-medic-common';

/** Where an entity stands: suspects at the top, what they reach below. */
export type PlacedNode = CauseGraph['nodes'][number] & {
  row: number;
  column: number;
};

const MOST_ROWS = 20;

/** Rows by the longest way down to what is affected; columns in the order of the nodes. Circles end. */
export function layOutGraph({ nodes, edges }: CauseGraph): PlacedNode[] {
  const depth = new Map(nodes.map(({ entityRef }) => [entityRef, 0]));
  for (let round = 0; round < Math.min(nodes.length, MOST_ROWS); round++) {
    for (const { from, to } of edges) {
      const below = depth.get(from);
      if (below !== undefined && depth.has(to)) {
        depth.set(to, Math.min(MOST_ROWS, Math.max(depth.get(to)!, below + 1)));
      }
    }
  }
  const highest = Math.max(0, ...depth.values());
  const columns = new Map<number, number>();
  return nodes.map(node => {
    const row = highest - depth.get(node.entityRef)!;
    const column = columns.get(row) ?? 0;
    columns.set(row, column + 1);
    return { ...node, row, column };
  });
}
