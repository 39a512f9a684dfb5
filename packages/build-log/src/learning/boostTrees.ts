import { Binned, growTree, Tree } from './growTree';

/** What is learned from: rows of features, whether each is one that is looked for, and how much it counts. */
export type Examples = {
  rows: Float64Array[];
  labels: Uint8Array;
  weights: Float64Array;
};

export type BoostOptions = {
  trees: number;
  leaves: number;
  rate: number;
  leastRows: number;
  leastHessian: number;
  l2: number;
  /** Which share of rows and of features each tree sees. */
  rowShare: number;
  featureShare: number;
  seed: number;
};

const MOST_THRESHOLDS = 127;

/**
 * Boosted regression trees for the log-odds of a label (Friedman, 2001; with second-order gains as XGBoost has them). The
 * same examples and seed give the same trees.
 */
export function boostTrees(examples: Examples, options: BoostOptions): Tree[] {
  const { rows, labels, weights } = examples;
  const random = generator(options.seed);
  const data = binned(rows);
  const count = rows.length;
  let positive = 0;
  let total = 0;
  for (let row = 0; row < count; row += 1) {
    positive += labels[row] * weights[row];
    total += weights[row];
  }
  const start = Math.log(positive / Math.max(1e-9, total - positive));
  const scores = new Float64Array(count).fill(start);
  const gradients = new Float64Array(count);
  const hessians = new Float64Array(count);
  const trees: Tree[] = [];
  for (let turn = 0; turn < options.trees; turn += 1) {
    for (let row = 0; row < count; row += 1) {
      const probability = 1 / (1 + Math.exp(-scores[row]));
      gradients[row] = (probability - labels[row]) * weights[row];
      hessians[row] = probability * (1 - probability) * weights[row];
    }
    const seen = Int32Array.from(
      [...rows.keys()].filter(() => random() < options.rowShare),
    );
    const features = [...rows[0].keys()].filter(
      () => random() < options.featureShare,
    );
    const tree = growTree({
      ...{ data, gradients, hessians, rows: seen },
      tree: { ...options, features },
    });
    for (let row = 0; row < count; row += 1) {
      scores[row] += treeValue(tree, rows[row]);
    }
    trees.push(tree);
  }
  // The log-odds from which all trees start are in the leaves of the first.
  trees[0].leaves = trees[0].leaves.map(leaf => leaf + start);
  return trees;
}

function treeValue({ nodes, leaves }: Tree, row: Float64Array): number {
  if (nodes.length === 0) {
    return leaves[0];
  }
  let node = 0;
  do {
    const { feature, threshold, left, right } = nodes[node];
    node = row[feature] <= threshold ? left : right;
  } while (node >= 0);
  return leaves[-node - 1];
}

function binned(rows: Float64Array[]): Binned {
  const features = rows[0].length;
  const bins = new Uint8Array(features * rows.length);
  const thresholds: Float64Array[] = [];
  for (let feature = 0; feature < features; feature += 1) {
    const limits = thresholdsOf(rows.map(row => row[feature]));
    thresholds.push(limits);
    for (let row = 0; row < rows.length; row += 1) {
      bins[feature * rows.length + row] = binOf(limits, rows[row][feature]);
    }
  }
  return { rows: rows.length, features, bins, thresholds };
}

/** Halfway between neighbouring values, with about as many rows in each bin. */
function thresholdsOf(values: number[]): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const limits: number[] = [];
  const step = sorted.length / (MOST_THRESHOLDS + 1);
  let next = 0;
  for (let index = 1; index < sorted.length; index += 1) {
    if (sorted[index] !== sorted[index - 1] && index >= next) {
      const middle = (sorted[index] + sorted[index - 1]) / 2;
      limits.push(Number(middle.toPrecision(5)));
      next = Math.max(index + 1, next + step);
    }
  }
  const unique = [...new Set(limits)].slice(0, 2 * MOST_THRESHOLDS);
  return Float64Array.from(unique).sort();
}

function binOf(limits: Float64Array, value: number): number {
  let from = 0;
  let to = limits.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (value <= limits[middle]) {
      to = middle;
    } else {
      from = middle + 1;
    }
  }
  return from;
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
