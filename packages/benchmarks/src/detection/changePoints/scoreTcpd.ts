/** What annotators said of a series: for each of them the indices where it changes. */
export type Annotations = Record<string, number[]>;

export interface TcpdScore {
  cover: number;
  f1: number;
}

const margin = 5;

/** How many of the true changes have a found one within the margin, each found one used once. */
function matches(truth: Set<number>, found: Set<number>): number {
  const left = new Set(found);
  let count = 0;
  for (const change of truth) {
    const close = [...left]
      .filter(other => Math.abs(other - change) <= margin)
      .sort((a, b) => Math.abs(a - change) - Math.abs(b - change));
    if (close.length > 0) {
      left.delete(close[0]);
      count++;
    }
  }
  return count;
}

function segmentsOf(changes: Set<number>, length: number): [number, number][] {
  const starts = [...changes]
    .filter(index => index < length)
    .sort((a, b) => a - b);
  return starts.map((start, index) => [start, starts[index + 1] ?? length]);
}

function coverOf(
  truth: [number, number][],
  found: [number, number][],
  length: number,
): number {
  let sum = 0;
  for (const [from, to] of truth) {
    let best = 0;
    for (const [start, end] of found) {
      const shared = Math.min(to, end) - Math.max(from, start);
      if (shared > 0) {
        best = Math.max(
          best,
          shared / (Math.max(to, end) - Math.min(from, start)),
        );
      }
    }
    sum += (to - from) * best;
  }
  return sum / length;
}

/**
 * Cover and F1 of the Turing Change Point Dataset (van den Burg and Williams 2020). A change at 0 belongs to every set.
 * Precision is over the union of all annotators, recall the mean over each of them.
 */
export function scoreTcpd(
  found: number[],
  annotations: Annotations,
  length: number,
): TcpdScore {
  const predicted = new Set([0, ...found]);
  const truths = Object.values(annotations).map(
    changes => new Set([0, ...changes]),
  );
  const union = new Set(truths.flatMap(truth => [...truth]));
  const precision = matches(union, predicted) / predicted.size;
  const recall =
    truths.reduce(
      (sum, truth) => sum + matches(truth, predicted) / truth.size,
      0,
    ) / truths.length;
  const segments = segmentsOf(predicted, length);
  return {
    f1: (2 * precision * recall) / (precision + recall || 1),
    cover:
      truths.reduce(
        (sum, truth) =>
          sum + coverOf(segmentsOf(truth, length), segments, length),
        0,
      ) / truths.length,
  };
}
