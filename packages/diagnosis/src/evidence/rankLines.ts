import { DiagnosisInput, FailureLine } from '../DiagnosisInput';

/** How much a line counts by the place of its range in the explanation. */
const BY_RANGE = [1, 0.85, 0.7, 0.6];
const OTHER_RANGE = 0.5;
const OUTSIDE = 0.45;

/** A hostile or endless explanation must not take for ever. */
const MOST_LINES = 400;

/**
 * Lines with how much they count: those that explain most first, then lines
 * outside of the explanation, then what only the findings name.
 */
export function rankLines({
  analysis,
  lines = [],
}: DiagnosisInput): { line: FailureLine; rank: number }[] {
  const ranges = analysis?.explanation ?? [];
  const rankOf = (number: number) => {
    const index = ranges.findIndex(
      ({ start, end }) => start <= number && number <= end,
    );
    return index < 0 ? OUTSIDE : BY_RANGE[index] ?? OTHER_RANGE;
  };
  const texts = new Map<number, string>();
  for (const { number, text } of lines) {
    texts.set(number, text);
  }
  for (const { line, message } of analysis?.findings ?? []) {
    if (!texts.has(line)) {
      texts.set(line, message);
    }
  }
  if (texts.size === 0 && analysis?.headline) {
    texts.set(ranges[0]?.start ?? 1, analysis.headline);
  }
  return [...texts]
    .map(([number, text]) => ({
      line: { number, text },
      rank: rankOf(number),
    }))
    .sort(
      (left, right) =>
        right.rank - left.rank || left.line.number - right.line.number,
    )
    .slice(0, MOST_LINES);
}
