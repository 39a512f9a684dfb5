const MAXIMUM_LENGTH = 2_000;
const HAS_VARIABLE = /[0-9/\\]/;

const masks: [RegExp, string][] = [
  [/\bhttps?:\/\/[^\s"'<>)\]]+/g, '<url>'],
  [
    /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g,
    '<time>',
  ],
  [/\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b/g, '<time>'],
  [
    /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
    '<uuid>',
  ],
  // Directories differ between machines; the file does not.
  [/(?:[A-Za-z]:)?(?:[\\/][\w.@+~-]+)+[\\/](?=[\w.@+~-])/g, '<dir>/'],
  [/\b0x[0-9a-f]+\b/gi, '<n>'],
  [/\b(?=[a-f]*\d)[0-9a-f]{7,64}\b/gi, '<hash>'],
  [/\d+(?:[.,:]\d+)*/g, '<n>'],
];

/**
 * Replaces what changes from run to run: numbers, hashes, times, addresses, directories. Lines that a program printed by
 * the same statement mostly become the same text.
 *
 * @param text - a line; what is beyond 2,000 characters is left out
 *
 * @public
 */
export function maskTemplate(text: string): string {
  let masked =
    text.length > MAXIMUM_LENGTH ? text.slice(0, MAXIMUM_LENGTH) : text;
  if (HAS_VARIABLE.test(masked)) {
    for (const [pattern, name] of masks) {
      masked = masked.replace(pattern, name);
    }
  }
  return masked.replace(/\s+/g, ' ').trim();
}
