import { parseEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { CauseGraph as Graph } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import styles from './CauseGraph.module.css';
import { layOutGraph, PlacedNode } from './layOutGraph';

const WIDTH = 150;
const HEIGHT = 34;
const GAP = { x: 24, y: 36 };
const LONGEST_NAME = 20;

/**
 * The part of the catalog through which a cause came, as a picture and in words.
 */
export function CauseGraph({ graph }: { graph: Graph }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const nodes = layOutGraph(graph);
  const placed = new Map(nodes.map(node => [node.entityRef, node]));
  const columns = Math.max(...nodes.map(({ column }) => column)) + 1;
  const rows = Math.max(...nodes.map(({ row }) => row)) + 1;
  const width = columns * (WIDTH + GAP.x);
  const height = rows * (HEIGHT + GAP.y) - GAP.y + 4;
  return (
    <figure className={styles.graph}>
      <Text as="h4" weight="bold">
        {t('diagnosis.cause.graph')}
      </Text>
      <svg
        className={styles.picture}
        role="img"
        aria-label={t('diagnosis.cause.graph')}
        width={width}
        height={height}
        viewBox={`-2 -2 ${width} ${height}`}
      >
        {graph.edges.map(({ from, to }) => (
          <Edge
            key={`${from} ${to}`}
            from={placed.get(from)!}
            to={placed.get(to)!}
          />
        ))}
        {nodes.map(node => (
          <Node key={node.entityRef} node={node} />
        ))}
      </svg>
      <ul>
        {nodes.map(({ entityRef, role }) => (
          <li key={entityRef}>
            <Text variant="body-small">
              <EntityRefLink entityRef={entityRef} />{' '}
              {t(`diagnosis.cause.role.${role}`)}
            </Text>
          </li>
        ))}
      </ul>
    </figure>
  );
}

function Node({ node }: { node: PlacedNode }) {
  const { entityRef, role } = node;
  const { name } = parseEntityRef(entityRef);
  const [x, y] = cornerOf(node);
  const shown =
    name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
  return (
    <g>
      <title>{entityRef}</title>
      <rect
        className={styles.node}
        data-role={role}
        {...{ x, y, width: WIDTH, height: HEIGHT, rx: 6 }}
      />
      <text className={styles.name} x={x + WIDTH / 2} y={y + HEIGHT / 2 + 4}>
        {shown}
      </text>
    </g>
  );
}

function Edge({ from, to }: { from: PlacedNode; to: PlacedNode }) {
  const [fromX, fromY] = cornerOf(from);
  const [toX, toY] = cornerOf(to);
  return (
    <line
      className={styles.edge}
      x1={fromX + WIDTH / 2}
      y1={fromY}
      x2={toX + WIDTH / 2}
      y2={toY + HEIGHT}
    />
  );
}

function cornerOf({ row, column }: PlacedNode): [number, number] {
  return [column * (WIDTH + GAP.x), row * (HEIGHT + GAP.y)];
}
