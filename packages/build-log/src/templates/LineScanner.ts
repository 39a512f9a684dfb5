import { Mark, MARKS } from './characterClasses';
import {
  isCalendarWord,
  isTopLevelDomain,
  isUnit,
  nameAfter,
} from './tokenWords';
import { WordTable } from './WordTable';

/** Bump when the masking changes: ids of different versions do not compare. */
export const TEMPLATE_VERSION = 3;

// Plain constants of this file: the loops below read them for every byte.
const marks = MARKS;
const { digit, lower, upper, high, beyondHex, slash, dot, at } = Mark;
const letter = lower | upper;
const MAXIMUM_HITS = 24;
/** A run of letters and digits this long may be a key or a token. */
const LONG_RUN = 16;
/** Without a digit it must be longer: names are long, too. */
const LONG_WORD = 30;
/** So many hexadecimal digits are a hash or an address. */
const LONG_HEX = 7;
const WILDCARD = '<*>';
const FIRST = 0xdeadbeef ^ TEMPLATE_VERSION;
const SECOND = 0x41c6ce57 ^ TEMPLATE_VERSION;
const TOKEN = 0x811c9dc5;
const PRIME = 2654435761;
const OTHER_PRIME = 1597334677;
const MIX = 2246822507;
const OTHER_MIX = 3266489909;

/**
 * Reads the bytes of a line once and learns what everything after it needs:
 * the hash of its template, a finer hash for comparing runs of one job, which
 * known words it contains, and whether it may hold a secret.
 *
 * The template depends on the text alone, so that replicas and restarts agree.
 */
export class LineScanner {
  readonly #words: WordTable;
  readonly #parts: string[] = [];
  readonly #parameters: { from: number; to: number }[] = [];
  #collects = false;
  readonly hits = new Int32Array(MAXIMUM_HITS);
  hitCount = 0;
  /** Template hash, two unsigned 32-bit halves. */
  high = 0;
  low = 0;
  /** Like the template, but file names, plain words and zero stay apart. */
  fine = 0;
  /** Like `fine`, but all tokens of three digits stay apart: they may be a status. */
  likeness = 0;
  /** All of the text but the number of its blanks. */
  exact = 0;
  /** Bytes of tokens in the line. */
  weight = 0;
  /** Whether a run of letters and digits is as long as a key. */
  hasLongRun = false;
  /** Whether there are bytes beyond ASCII. */
  hasHigh = false;

  private constructor(words: WordTable) {
    this.#words = words;
  }

  static create(words: WordTable = WordTable.create([])): LineScanner {
    return new LineScanner(words);
  }

  /** The 16 hexadecimal digits of the template last scanned. */
  get templateId(): string {
    return (
      this.high.toString(16).padStart(8, '0') +
      this.low.toString(16).padStart(8, '0')
    );
  }

  /** Whether there may be more known words than could be noted. */
  get isFull(): boolean {
    return this.hitCount === MAXIMUM_HITS;
  }

  /** The template of a line, with `<*>` for what varies. */
  template(text: string): string {
    return this.parse(text).template;
  }

  /** The template, and what stands in place of each `<*>`. */
  parse(text: string): { template: string; parameters: string[] } {
    const bytes = Buffer.from(text);
    this.#parts.length = 0;
    this.#parameters.length = 0;
    this.#collects = true;
    this.scan(bytes, 0, bytes.length);
    this.#collects = false;
    return {
      template: this.#parts.join('').trim(),
      parameters: this.#parameters.map(({ from, to }) =>
        bytes.toString('utf8', from, to),
      ),
    };
  }

  scan(bytes: Uint8Array, from: number, to: number): void {
    const collects = this.#collects;
    let first = FIRST;
    let second = SECOND;
    let fine = FIRST;
    let likeness = 0;
    let exact = SECOND;
    let weight = 0;
    // What stands before the token at hand.
    let separators = 0;
    let noParentheses = 0;
    let hard = 0;
    let opened = 0;
    let depth = 0;
    let masked = false;
    let before = 0;
    let beforeThat = 0;
    let separatorText = '';
    this.hitCount = 0;
    this.hasLongRun = false;
    this.hasHigh = false;
    let index = from;
    while (index < to) {
      const code = bytes[index];
      if (marks[code] === 0) {
        index += 1;
        if (collects) {
          separatorText += String.fromCharCode(code);
        }
        if (code === 0x20 || code === 9) {
          continue;
        }
        exact = Math.imul(exact ^ code, PRIME) + index - from;
        if (
          code === 0x3c &&
          index < to &&
          (marks[bytes[index]] & digit) !== 0
        ) {
          // Less than a number is a number.
          separatorText = separatorText.slice(0, -1);
          continue;
        }
        separators = Math.imul(separators ^ code, PRIME) + 1;
        fine = Math.imul(fine ^ code, PRIME);
        if (code === 0x28) {
          opened += 1;
        } else if (code === 0x29) {
          opened -= 1;
        } else {
          noParentheses = Math.imul(noParentheses ^ code, PRIME) + 1;
          hard += code === 0x2c ? 0 : 1;
        }
        continue;
      }

      const start = index;
      const end = this.#readToken(bytes, start, to);
      const token = this.#token;
      const made = this.#made;
      const length = end - start;
      index = end;
      weight += length;
      exact = Math.imul(exact ^ token, MIX) + end - from;
      if ((made & high) !== 0) {
        this.hasHigh = true;
      }
      if (length >= LONG_RUN && !this.hasLongRun) {
        this.#lookForRun(bytes, start, end);
      }

      let variable =
        (made & (digit | at)) !== 0 ||
        ((made & slash) !== 0 && (made & (letter | high)) !== 0);
      if (!variable) {
        if ((made & ~(letter | beyondHex | high)) === 0) {
          variable =
            isCalendarWord(token) ||
            (masked && separators === 0 && isUnit(token)) ||
            (!masked && nameAfter(before, beforeThat, separators)) ||
            ((made & beyondHex) === 0 && length >= 8) ||
            isInstance(bytes, start, end, to);
        } else if ((made & dot) !== 0) {
          variable = endsInDomain(bytes, start, end);
        }
      }
      beforeThat = before;
      before = token;

      if (variable && masked && hard === 0) {
        // A list, or a value and its other form in parentheses.
        depth += opened;
        if (collects) {
          this.#parameters[this.#parameters.length - 1].to = end;
        }
      } else {
        if (masked && depth + opened === 0) {
          separators = noParentheses;
          separatorText = separatorText.replace(/[()]/g, '');
        }
        depth = 0;
        const hash = variable ? 0x2a2a : token;
        first = Math.imul(Math.imul(first ^ separators, MIX) ^ hash, PRIME);
        second = Math.imul(
          Math.imul(second ^ separators, OTHER_MIX) ^ hash,
          OTHER_PRIME,
        );
        second ^= second >>> 15;
        if (collects) {
          this.#parts.push(separatorText.replace(/[ \t]+/g, ' '));
          if (variable) {
            this.#parts.push(WILDCARD);
            this.#parameters.push({ from: start, to: end });
          } else {
            this.#parts.push(
              Buffer.from(bytes.subarray(start, end)).toString('utf8'),
            );
          }
        }
        masked = variable;
      }

      let fineToken = token;
      if ((made & (digit | slash)) !== 0) {
        fineToken = fineHash(bytes, start, end, made);
        if (length === 3 && made === digit) {
          likeness = Math.imul(likeness ^ token, PRIME) + 1;
        }
      }
      fine = Math.imul(fine ^ fineToken, MIX);
      fine ^= fine >>> 13;
      separators = 0;
      noParentheses = 0;
      hard = 0;
      opened = 0;
      separatorText = '';
    }
    if (masked && depth + opened === 0) {
      separators = noParentheses;
      separatorText = separatorText.replace(/[()]/g, '');
    }
    if (collects) {
      this.#parts.push(separatorText);
    }
    first = Math.imul(first ^ separators, MIX);
    second = Math.imul(second ^ separators, OTHER_MIX);
    first ^= first >>> 16;
    first =
      Math.imul(first, MIX) ^ Math.imul(second ^ (second >>> 13), OTHER_MIX);
    second = Math.imul(second ^ (second >>> 16), MIX);
    second ^= Math.imul(first ^ (first >>> 13), OTHER_MIX);
    fine = Math.imul(fine ^ (fine >>> 16), MIX);
    this.high = second >>> 0;
    this.low = first >>> 0;
    this.fine = (fine ^ (fine >>> 15)) >>> 0;
    this.likeness = (this.fine ^ likeness) >>> 0;
    this.exact = (exact ^ (exact >>> 15)) >>> 0;
    this.weight = weight;
  }

  /** The hash of the token last read, and the marks of what it is made of. */
  #token = 0;
  #made = 0;

  /** Reads a token with the words in it, and returns its end. */
  #readToken(bytes: Uint8Array, start: number, to: number): number {
    let token = TOKEN;
    let made = 0;
    let word = 0;
    let beforeLast = 0;
    let length = 0;
    let wasLower = false;
    let index = start;
    for (; index < to; index += 1) {
      const code = bytes[index];
      const mark = marks[code];
      if ((mark & letter) !== 0) {
        if ((mark & upper) !== 0) {
          if (wasLower) {
            this.#word(word, length);
            word = 0;
            length = 0;
          }
          wasLower = false;
        } else {
          if (length > 1 && !wasLower) {
            // `IOException`: the last of several capitals begins a word.
            this.#word(beforeLast, length - 1);
            word = bytes[index - 1] | 32;
            length = 1;
          }
          wasLower = true;
        }
        beforeLast = word;
        word = (Math.imul(word, 31) + (code | 32)) | 0;
        length += 1;
      } else {
        if (length > 1) {
          this.#word(word, length);
        }
        word = 0;
        length = 0;
        wasLower = false;
        if (mark === 0) {
          // A query belongs to its address.
          if (!((code === 0x3d || code === 0x3f) && (made & slash) !== 0)) {
            break;
          }
        } else if (
          code === 0x3a &&
          (made & (digit | slash)) === 0 &&
          index - start > 1 &&
          ((made & dot) === 0 || (marks[bytes[index + 1]] & digit) === 0)
        ) {
          // `name:value` is two tokens; `10.0.0.1:80` and `C:\` are one.
          break;
        }
      }
      made |= mark;
      token = Math.imul(token ^ code, PRIME);
    }
    if (length > 1) {
      this.#word(word, length);
    }
    if (index === start) {
      index += 1;
    }
    this.#token = token;
    this.#made = made;
    return index;
  }

  #lookForRun(bytes: Uint8Array, start: number, end: number): void {
    let run = 0;
    let digits = 0;
    for (let index = start; index <= end; index += 1) {
      const code = index < end ? bytes[index] : 0x20;
      const mark = marks[code];
      if ((mark & (letter | digit)) !== 0) {
        run += 1;
        digits += mark & digit;
      } else if (code === 0x5f || code === 0x2d || code === 0x7e) {
        run += 1;
      } else {
        if (run >= LONG_RUN && (digits > 0 || run >= LONG_WORD)) {
          this.hasLongRun = true;
          return;
        }
        run = 0;
        digits = 0;
      }
    }
  }

  #word(hash: number, length: number): void {
    if (length < 2) {
      return;
    }
    const id = this.#words.find(hash);
    if (id !== 0 && this.hitCount < MAXIMUM_HITS) {
      for (let index = 0; index < this.hitCount; index += 1) {
        if (this.hits[index] === id) {
          return;
        }
      }
      this.hits[this.hitCount] = id;
      this.hitCount += 1;
    }
  }
}

/** Of a path its last part, of a number that it is one, of a hash nothing. */
function fineHash(
  bytes: Uint8Array,
  start: number,
  end: number,
  made: number,
): number {
  if (made === digit) {
    return end - start === 1 && bytes[start] === 0x30 ? 0x5a5a5a5a : 0x30303030;
  }
  if ((made & (beyondHex | high | slash | dot | at)) === 0) {
    let digits = 0;
    for (let index = start; index < end; index += 1) {
      digits += (marks[bytes[index]] & (letter | digit)) !== 0 ? 1 : 0;
    }
    if (digits >= LONG_HEX) {
      return 0x2a2a2a2a;
    }
  }
  let hash = TOKEN;
  let wasDigit = false;
  for (let index = start; index < end; index += 1) {
    const code = bytes[index];
    const mark = marks[code];
    if (mark === digit) {
      if (!wasDigit) {
        hash = Math.imul(hash ^ 0x30, PRIME);
        wasDigit = true;
      }
    } else if (mark === slash) {
      hash = TOKEN;
      wasDigit = false;
    } else {
      hash = Math.imul(hash ^ code, PRIME);
      wasDigit = false;
    }
  }
  return hash;
}

/** An instance by number, as in `PORT(3)`: a name in capitals before a number in parentheses. */
function isInstance(
  bytes: Uint8Array,
  start: number,
  end: number,
  to: number,
): boolean {
  return (
    end + 1 < to &&
    bytes[end] === 0x28 &&
    (marks[bytes[end + 1]] & digit) !== 0 &&
    (marks[bytes[start]] & upper) !== 0
  );
}

/** Whether the part after the last dot is that of a host. */
function endsInDomain(bytes: Uint8Array, start: number, end: number): boolean {
  let from = end;
  while (from > start && bytes[from - 1] !== 0x2e) {
    from -= 1;
  }
  let label = TOKEN;
  for (let index = from; index < end; index += 1) {
    label = Math.imul(label ^ bytes[index], PRIME);
  }
  return isTopLevelDomain(label);
}
