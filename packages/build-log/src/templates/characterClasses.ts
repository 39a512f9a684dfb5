/** What a byte is to a template: bits, so that a token knows what it is made of. No bit: the byte separates tokens. */
export const Mark = {
  digit: 1,
  lower: 2,
  upper: 4,
  /** Part of a character beyond ASCII. */
  high: 8,
  /** A letter that is no hexadecimal digit. */
  beyondHex: 16,
  /** `/` or `\`. */
  slash: 32,
  dot: 64,
  at: 128,
  /** What holds a token together besides: `_`, `-`, `:` and the like. */
  joiner: 256,
} as const;

/** The marks of each byte. */
export const MARKS = new Uint16Array(256).fill(Mark.high, 128);
for (const [characters, value] of [
  ['0123456789', Mark.digit],
  ['abcdef', Mark.lower],
  ['ghijklmnopqrstuvwxyz', Mark.lower | Mark.beyondHex],
  ['ABCDEF', Mark.upper],
  ['GHIJKLMNOPQRSTUVWXYZ', Mark.upper | Mark.beyondHex],
  ['/\\', Mark.slash],
  ['.', Mark.dot],
  ['@', Mark.at],
  ['_-%+~#&$*^:', Mark.joiner],
] as const) {
  for (const character of characters) {
    MARKS[character.charCodeAt(0)] = value;
  }
}
