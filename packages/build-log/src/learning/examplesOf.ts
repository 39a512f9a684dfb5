import { lineFeatures } from '../explain/lineFeatures';
import { collectRecords } from '../explain/RecordCollector';
import { Examples } from './boostTrees';
import { LabelledLog } from './LabelledLog';

/** Lines of a log that are learned from, at most, besides those looked for. */
const MOST_ROWS = 2_500;

/**
 * The lines of one log as rows of features: once compared with a passing run, where there is one, and once without.
 */
export function examplesOf(log: LabelledLog): Examples {
  return joined([
    ...(log.passing ? [rowsOf(log, true)] : []),
    rowsOf(log, false),
  ]);
}

function rowsOf(log: LabelledLog, compares: boolean): Examples {
  const { bytes, lines, passing, weight } = log;
  const collected = collectRecords(bytes, compares ? [passing!] : []);
  const all = lineFeatures(collected);
  const wanted: number[] = [];
  const others: number[] = [];
  collected.records.forEach(({ number }, index) =>
    (lines.has(number) ? wanted : others).push(index),
  );
  // Of the others a part stands for all.
  const step = Math.max(1, Math.ceil(others.length / MOST_ROWS));
  const kept = others.filter((_, index) => index % step === 0);
  const indices = [...wanted, ...kept];
  return {
    rows: indices.map(index => all[index]),
    labels: Uint8Array.from(indices, (_, at) => Number(at < wanted.length)),
    weights: Float64Array.from(indices, (_, at) =>
      at < wanted.length ? weight : weight * step,
    ),
  };
}

/** All examples as one. */
export function joined(parts: Examples[]): Examples {
  return {
    rows: parts.flatMap(({ rows }) => rows),
    labels: Uint8Array.from(parts.flatMap(({ labels }) => [...labels])),
    weights: Float64Array.from(parts.flatMap(({ weights }) => [...weights])),
  };
}
