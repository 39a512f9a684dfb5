/** Values of features as positions between thresholds, feature by feature. */
export type Binned = {
  rows: number;
  features: number;
  /** `bins[feature * rows + row]` */
  bins: Uint8Array;
  /** Of each feature, ascending; bin `n` is at most `thresholds[n]`. */
  thresholds: Float64Array[];
};

export type TreeNode = {
  feature: number;
  threshold: number;
  /** Positions of nodes, or `-1 - leaf`. */
  left: number;
  right: number;
};
export type Tree = { nodes: TreeNode[]; leaves: number[] };

export type TreeOptions = {
  leaves: number;
  leastRows: number;
  leastHessian: number;
  l2: number;
  rate: number;
  /** Which features this tree may split. */
  features: number[];
};

type Split = { gain: number; feature: number; bin: number };
type Leaf = {
  rows: Int32Array;
  split?: Split;
  parent?: TreeNode;
  side: 'left' | 'right';
};

const BINS = 256;

/** Grows one regression tree, the leaf with the largest gain first, to second-order gradients of a loss. */
export function growTree(options: {
  data: Binned;
  gradients: Float64Array;
  hessians: Float64Array;
  rows: Int32Array;
  tree: TreeOptions;
}): Tree {
  const { data, rows, tree: settings } = options;
  const nodes: TreeNode[] = [];
  const open: Leaf[] = [{ rows, side: 'left' }];
  open[0].split = bestSplit(rows, options);
  while (open.length < settings.leaves) {
    let best = -1;
    open.forEach(({ split }, index) => {
      if (split && (best < 0 || split.gain > open[best].split!.gain)) {
        best = index;
      }
    });
    if (best < 0) {
      break;
    }
    const leaf = open[best];
    const { feature, bin } = leaf.split!;
    const [left, right] = divide(data, leaf.rows, feature, bin);
    const node: TreeNode = {
      ...{ feature, threshold: data.thresholds[feature][bin] },
      ...{ left: 0, right: 0 },
    };
    nodes.push(node);
    if (leaf.parent) {
      leaf.parent[leaf.side] = nodes.length - 1;
    }
    const sides: Leaf[] = [
      { rows: left, parent: node, side: 'left' },
      { rows: right, parent: node, side: 'right' },
    ];
    for (const side of sides) {
      side.split = bestSplit(side.rows, options);
    }
    open.splice(best, 1, ...sides);
  }
  const leaves = open.map((leaf, index) => {
    if (leaf.parent) {
      leaf.parent[leaf.side] = -1 - index;
    }
    return valueOf(leaf.rows, options);
  });
  return { nodes, leaves };
}

function divide(
  data: Binned,
  rows: Int32Array,
  feature: number,
  bin: number,
): [Int32Array, Int32Array] {
  const left: number[] = [];
  const right: number[] = [];
  const offset = feature * data.rows;
  for (const row of rows) {
    (data.bins[offset + row] <= bin ? left : right).push(row);
  }
  return [Int32Array.from(left), Int32Array.from(right)];
}

type Work = {
  data: Binned;
  gradients: Float64Array;
  hessians: Float64Array;
  tree: TreeOptions;
};

function valueOf(rows: Int32Array, work: Work): number {
  let gradient = 0;
  let hessian = 0;
  for (const row of rows) {
    gradient += work.gradients[row];
    hessian += work.hessians[row];
  }
  return (-gradient / (hessian + work.tree.l2)) * work.tree.rate;
}

const gradientSums = new Float64Array(BINS);
const hessianSums = new Float64Array(BINS);
const counts = new Int32Array(BINS);

function bestSplit(rows: Int32Array, work: Work): Split | undefined {
  const { data, gradients, hessians, tree } = work;
  const { l2, leastRows, leastHessian } = tree;
  if (rows.length < 2 * leastRows) {
    return undefined;
  }
  let best: Split | undefined;
  for (const feature of tree.features) {
    const size = data.thresholds[feature].length + 1;
    gradientSums.fill(0, 0, size);
    hessianSums.fill(0, 0, size);
    counts.fill(0, 0, size);
    const offset = feature * data.rows;
    let gradient = 0;
    let hessian = 0;
    for (const row of rows) {
      const bin = data.bins[offset + row];
      gradientSums[bin] += gradients[row];
      hessianSums[bin] += hessians[row];
      counts[bin] += 1;
      gradient += gradients[row];
      hessian += hessians[row];
    }
    const whole = gradient ** 2 / (hessian + l2);
    let leftGradient = 0;
    let leftHessian = 0;
    let left = 0;
    for (let bin = 0; bin < size - 1; bin += 1) {
      leftGradient += gradientSums[bin];
      leftHessian += hessianSums[bin];
      left += counts[bin];
      const rightHessian = hessian - leftHessian;
      if (
        left < leastRows ||
        rows.length - left < leastRows ||
        leftHessian < leastHessian ||
        rightHessian < leastHessian
      ) {
        continue;
      }
      const gain =
        leftGradient ** 2 / (leftHessian + l2) +
        (gradient - leftGradient) ** 2 / (rightHessian + l2) -
        whole;
      if (gain > 1e-6 && (!best || gain > best.gain)) {
        best = { gain, feature, bin };
      }
    }
  }
  return best;
}
