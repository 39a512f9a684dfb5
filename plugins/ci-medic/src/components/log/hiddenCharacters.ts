/** Ranges of code points that change how text looks, or hide in it, without being seen. A tab is not among them. */
const HIDDEN_RANGES: ReadonlyArray<readonly [number, number]> = [
  [0x00, 0x08], // C0 controls up to the tab
  [0x0a, 0x1f], // C0 controls after the tab
  [0x7f, 0x9f], // delete and the C1 controls
  [0xad, 0xad], // soft hyphen
  [0x61c, 0x61c], // Arabic letter mark
  [0x180e, 0x180e], // Mongolian vowel separator
  [0x200b, 0x200b], // zero-width space
  [0x200e, 0x200f], // direction marks
  [0x2028, 0x202e], // line and paragraph separators, bidirectional embeddings and overrides
  [0x2060, 0x206f], // word joiner, invisible operators, bidirectional isolates
  [0xfeff, 0xfeff], // zero-width no-break space
  [0xfff9, 0xfffb], // interlinear annotations
  [0xe0000, 0xe007f], // tags: a second, invisible ASCII
];

const PRINTABLE_ASCII = /^[\t -~]*$/;

/**
 * A stretch of text, or the name (`U+202E`) of one hidden character in its place.
 */
export type TextPart = { text: string; hidden?: true };

/**
 * Splits text so that characters which hide or reorder what follows can be shown by name. Text from logs is hostile:
 * a right-to-left override makes a line read differently from what it says (CVE-2021-42574, "Trojan Source").
 */
export function splitHiddenCharacters(text: string): TextPart[] {
  if (PRINTABLE_ASCII.test(text)) {
    return text ? [{ text }] : [];
  }
  const parts: TextPart[] = [];
  let plain = '';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (isHidden(code)) {
      if (plain) {
        parts.push({ text: plain });
        plain = '';
      }
      parts.push({ text: nameOf(code), hidden: true });
    } else {
      plain += character;
    }
  }
  if (plain) {
    parts.push({ text: plain });
  }
  return parts;
}

function isHidden(code: number): boolean {
  return HIDDEN_RANGES.some(([first, last]) => code >= first && code <= last);
}

function nameOf(code: number): string {
  return `U+${code.toString(16).toLocaleUpperCase('en-US').padStart(4, '0')}`;
}
