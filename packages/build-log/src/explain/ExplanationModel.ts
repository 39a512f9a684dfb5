import { TREES } from './explanationModelTrees';

type Tree = {
  features: Int32Array;
  thresholds: Float64Array;
  left: Int32Array;
  right: Int32Array;
  leaves: Float64Array;
};

/**
 * Says how likely a person would choose a line as one that explains a failure: boosted regression trees over features
 * that know no word of any log.
 *
 * @public
 */
export class ExplanationModel {
  static #bundled?: ExplanationModel;
  readonly #trees: Tree[];

  private constructor(trees: Tree[]) {
    this.#trees = trees;
  }

  /** The one that comes with this package. */
  static bundled(): ExplanationModel {
    this.#bundled ??= ExplanationModel.parse(TREES);
    return this.#bundled;
  }

  /** One tree a line, as the command `learn` prints them. */
  static parse(trees: readonly string[]): ExplanationModel {
    return new ExplanationModel(trees.map(parseTree));
  }

  /** @internal */
  probability(row: Float64Array): number {
    let sum = 0;
    for (const tree of this.#trees) {
      sum += leafOf(tree, row);
    }
    return 1 / (1 + Math.exp(-sum));
  }
}

function parseTree(text: string): Tree {
  const [splits, leaves] = text.split('|');
  const rows =
    splits === ''
      ? []
      : splits.split(' ').map(split => split.split(',').map(Number));
  return {
    features: Int32Array.from(rows, ([feature]) => feature),
    thresholds: Float64Array.from(rows, row => row[1]),
    left: Int32Array.from(rows, row => row[2]),
    right: Int32Array.from(rows, row => row[3]),
    leaves: Float64Array.from(leaves.split(' '), Number),
  };
}

function leafOf(tree: Tree, row: Float64Array): number {
  if (tree.features.length === 0) {
    return tree.leaves[0];
  }
  let node = 0;
  do {
    node =
      row[tree.features[node]] <= tree.thresholds[node]
        ? tree.left[node]
        : tree.right[node];
  } while (node >= 0);
  return tree.leaves[-node - 1];
}
