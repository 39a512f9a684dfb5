/**
 * Where a sought text stands in another, case-insensitive: `[start, end)` offsets, ascending and without overlap.
 */
export function findMatches(
  text: string,
  sought: string,
): Array<[number, number]> {
  if (!sought) {
    return [];
  }
  const [haystack, needle] = foldCase(text, sought);
  const matches: Array<[number, number]> = [];
  let at = haystack.indexOf(needle);
  while (at >= 0) {
    matches.push([at, at + needle.length]);
    at = haystack.indexOf(needle, at + needle.length);
  }
  return matches;
}

/** Whether a text contains another, by the same rule as {@link findMatches}. */
export function hasMatch(text: string, sought: string): boolean {
  const [haystack, needle] = foldCase(text, sought);
  return haystack.includes(needle);
}

/** Some letters (U+0130) grow when folded; offsets would then be wrong, so such text is compared as it is. */
function foldCase(text: string, sought: string): [string, string] {
  const haystack = text.toLocaleLowerCase('en-US');
  const needle = sought.toLocaleLowerCase('en-US');
  return haystack.length === text.length && needle.length === sought.length
    ? [haystack, needle]
    : [text, sought];
}
