import { entropyOf, isReal } from './looksLikeSecret';
import { isPublished } from './publishedKeys';
import { Span } from './Span';
import { TokenRule, tokenRules } from './tokenRules';

const LEAST_ENTROPY = 1.6;
const byStart = new Map<string, TokenRule[]>();
const anywhere = tokenRules.filter(({ starts }) => starts[0] === '');
for (const rule of tokenRules) {
  for (const start of rule.starts) {
    const key = start.slice(0, 2).toLowerCase();
    if (key !== '') {
      byStart.set(key, [...(byStart.get(key) ?? []), rule]);
    }
  }
}
/** Of two characters below 128, whether a token may begin with them. */
const begins = new Uint8Array(128 * 128);
for (const key of byStart.keys()) {
  const upper = key.toUpperCase();
  for (const head of [key, upper]) {
    for (const next of [key, upper]) {
      begins[head.charCodeAt(0) * 128 + next.charCodeAt(1)] = 1;
    }
  }
}
const ATLAS = '.atlasv1.';
const ATLAS_BEFORE = 14;

/** Whether a value claims to be a token of a provider, by how it begins. */
export function beginsLikeToken(value: string): boolean {
  const rules = byStart.get(value.slice(0, 2).toLowerCase()) ?? [];
  return rules.some(({ starts }) =>
    starts.some(start => start.length >= 4 && value.startsWith(start)),
  );
}

/** Finds tokens with a shape of their own. `text` is looked at once. */
export function findTokens(text: string): Span[] {
  const spans: Span[] = [];
  let next = text.charCodeAt(0);
  for (let index = 0; index + 16 < text.length; index += 1) {
    const code = next;
    next = text.charCodeAt(index + 1);
    if (
      code < 128 &&
      next < 128 &&
      begins[code * 128 + next] === 1 &&
      isStart(text, index)
    ) {
      const rules = byStart.get(text.slice(index, index + 2).toLowerCase());
      for (const rule of rules ?? []) {
        const end = matchAt(rule, text, index);
        if (end > index) {
          spans.push({ start: index, end, kind: rule.kind });
          index = end - 1;
          next = text.charCodeAt(end);
          break;
        }
      }
    }
  }
  const atlas = text.indexOf(ATLAS);
  if (atlas >= ATLAS_BEFORE) {
    const start = atlas - ATLAS_BEFORE;
    const end = matchAt(anywhere[0], text, start);
    if (end > start) {
      spans.push({ start, end, kind: anywhere[0].kind });
    }
  }
  return spans;
}

/** After a letter or a digit it is a part of another word. */
function isStart(text: string, index: number): boolean {
  if (index === 0) {
    return true;
  }
  const code = text.charCodeAt(index - 1);
  return !(
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a)
  );
}

function matchAt(rule: TokenRule, text: string, index: number): number {
  const { shape, entropy = LEAST_ENTROPY } = rule;
  shape.lastIndex = index;
  const match = shape.exec(text);
  if (
    !match ||
    !isReal(match[0]) ||
    entropyOf(match[0]) < entropy ||
    isPublished(match[0])
  ) {
    return -1;
  }
  return index + match[0].length;
}
