import { findAddressed } from './findAddressed';
import { findNamed } from './findNamed';
import { findTokens } from './findTokens';
import { Span } from './Span';

/**
 * Finds the secrets of a line, none within another, in their order. A token's own shape names its kind best, so it comes
 * before where it stands and what it is called.
 */
export function findSecrets(
  text: string,
  more: (text: string) => Span[] = () => [],
): Span[] {
  const candidates = [
    ...more(text),
    ...findTokens(text),
    ...findAddressed(text),
    ...findNamed(text),
  ];
  const spans: Span[] = [];
  for (const candidate of candidates) {
    const other = spans.find(
      span => span.start < candidate.end && candidate.start < span.end,
    );
    if (other) {
      // Nothing of either may stay.
      other.start = Math.min(other.start, candidate.start);
      other.end = Math.max(other.end, candidate.end);
    } else {
      spans.push({ ...candidate });
    }
  }
  return mergeOverlaps(spans.sort((left, right) => left.start - right.start));
}

function mergeOverlaps(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged[merged.length - 1];
    if (last && span.start < last.end) {
      last.end = Math.max(last.end, span.end);
    } else {
      merged.push(span);
    }
  }
  return merged;
}
