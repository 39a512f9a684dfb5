import { boostTrees, BoostOptions, Examples } from './boostTrees';
import { examplesOf, joined } from './examplesOf';
import { Tree } from './growTree';
import { LabelledLog } from './LabelledLog';

const BOOST: BoostOptions = {
  ...{ trees: 60, leaves: 31, rate: 0.08, seed: 7 },
  ...{ leastRows: 15, leastHessian: 0.02, l2: 1 },
  ...{ rowShare: 0.7, featureShare: 0.6 },
};
/** The mean of several says more of other logs than one. */
const SEEDS = [7, 107];
const FOLDS = 21;

/** A model of the lines that people chose, as the text of its trees. */
export function learnModel(logs: LabelledLog[]): string[] {
  return modelOf(joined(logs.map(examplesOf)));
}

function modelOf(examples: Examples): string[] {
  return SEEDS.flatMap(seed =>
    boostTrees(examples, { ...BOOST, seed }).map(tree => ({
      ...tree,
      leaves: tree.leaves.map(leaf => leaf / SEEDS.length),
    })),
  ).map(treeText);
}

/** Splits `feature,threshold,left,right`, then the values of the leaves. */
function treeText({ nodes, leaves }: Tree): string {
  const splits = nodes.map(
    ({ feature, threshold, left, right }) =>
      `${feature},${threshold},${left},${right}`,
  );
  const values = leaves.map(leaf => Number(leaf.toFixed(4)));
  return `${splits.join(' ')}|${values.join(' ')}`;
}

/** Models for cross-validation, and which of them has seen no log of the group that a log is of. */
export type HeldOutModels = {
  models: string[][];
  modelOf: Record<string, number>;
};

/** Learns as many models as there are folds, each from the logs of all groups but those of its fold. */
export function learnHeldOut(logs: LabelledLog[]): HeldOutModels {
  const groups = [...new Set(logs.map(({ group }) => group))].sort();
  const foldOf = new Map(groups.map((group, index) => [group, index % FOLDS]));
  const examples = logs.map(examplesOf);
  const models: string[][] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const seen = examples.filter(
      (_, index) => foldOf.get(logs[index].group) !== fold,
    );
    models.push(modelOf(joined(seen)));
  }
  return {
    models,
    modelOf: Object.fromEntries(
      logs.map(({ id, group }) => [id, foldOf.get(group)!]),
    ),
  };
}
