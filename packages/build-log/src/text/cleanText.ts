const ESCAPE = 0x1b;
const BELL = 0x07;

/** Anything that is not printable: C0 but tab, DEL, C1, zero width, bidi controls. */
const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

function isUnprintable(code: number): boolean {
  return (
    (code < 0x20 && code !== 0x09) ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0x200b ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2069) ||
    code === 0xfeff
  );
}

function isLoneSurrogate(text: string, index: number, code: number): boolean {
  if (code < 0xd800 || code > 0xdfff) {
    return false;
  }
  if (code < 0xdc00) {
    const next = text.charCodeAt(index + 1);
    return !(next >= 0xdc00 && next <= 0xdfff);
  }
  const previous = text.charCodeAt(index - 1);
  return !(previous >= 0xd800 && previous <= 0xdbff);
}

/** Where the control sequence that starts at `index` ends (exclusive). */
function skipEscape(text: string, index: number): number {
  const introducer = text.charCodeAt(index + 1);
  // CSI: parameters and intermediates, then one final byte.
  if (introducer === 0x5b) {
    let position = index + 2;
    while (position < text.length) {
      const code = text.charCodeAt(position);
      if (code >= 0x40 && code <= 0x7e) {
        return position + 1;
      }
      if (code < 0x20 || code > 0x3f) {
        return position;
      }
      position += 1;
    }
    return position;
  }
  // OSC, DCS, APC, PM, SOS: a string that BEL or ST ends.
  if (
    introducer === 0x5d ||
    introducer === 0x50 ||
    introducer === 0x5f ||
    introducer === 0x5e ||
    introducer === 0x58
  ) {
    for (let position = index + 2; position < text.length; position += 1) {
      const code = text.charCodeAt(position);
      if (code === BELL) {
        return position + 1;
      }
      if (code === ESCAPE) {
        return text.charCodeAt(position + 1) === 0x5c ? position + 2 : position;
      }
    }
    // Unterminated: hide only the introducer, a log must not hide its own end.
    return index + 2;
  }
  // Two bytes, or three for a character set designation.
  if (introducer >= 0x20 && introducer <= 0x2f) {
    return Math.min(text.length, index + 3);
  }
  return introducer >= 0x30 && introducer <= 0x7e ? index + 2 : index + 1;
}

/**
 * Removes ANSI and OSC sequences, control and bidi characters and lone
 * surrogates, and trailing blanks. Cleaning twice is cleaning once, and the
 * cost is linear.
 *
 * @public
 */
export function cleanText(text: string): string {
  let result = text;
  if (UNPRINTABLE.test(text) || /[\ud800-\udfff]/.test(text)) {
    const parts: string[] = [];
    let from = 0;
    let index = 0;
    while (index < text.length) {
      const code = text.charCodeAt(index);
      if (code === ESCAPE) {
        parts.push(text.slice(from, index));
        index = skipEscape(text, index);
        from = index;
      } else if (isUnprintable(code) || isLoneSurrogate(text, index, code)) {
        parts.push(text.slice(from, index));
        index += 1;
        from = index;
      } else {
        index += 1;
      }
    }
    parts.push(text.slice(from));
    result = parts.join('');
  }
  return result.trimEnd();
}
