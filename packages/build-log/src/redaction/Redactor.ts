import { findSecrets } from './findSecrets';
import { ManifestSecrets } from './ManifestSecrets';
import { Span } from './Span';

const KEY_BEGIN = /-----BEGIN[ A-Z0-9_]{0,100}PRIVATE KEY(?: BLOCK)?-----/;
const KEY_END = /-----END[ A-Z0-9_]{0,100}PRIVATE KEY(?: BLOCK)?-----/;
/** A key of 16,384 bits has fewer lines. */
const KEY_LINES = 300;
/** Armour headers and base64, and the quotes and escapes around them in code. */
const OF_KEY =
  /^[\s"'`|>+]*(?:[A-Za-z0-9+/=\\]+[\s"'`,;+\\]*|[\w-]{1,30}: .{0,200})?$/;
const KEY = '[redacted:private-key]';

/**
 * Takes secrets out of lines and names their kind in their place. Private keys span lines, so the lines must come in
 * order. Redacting twice is redacting once.
 */
export class Redactor {
  readonly counts: Record<string, number> = {};
  readonly #more?: (text: string) => Span[];
  readonly #manifest = new ManifestSecrets();
  #keyLinesLeft = 0;

  private constructor(more?: (text: string) => Span[]) {
    this.#more = more;
  }

  /** `more` finds what only its user knows to be secret. */
  static create(options: { more?: (text: string) => Span[] } = {}): Redactor {
    return new Redactor(options.more);
  }

  /** Whether a secret of several lines may go on in the next. */
  get isOpen(): boolean {
    return this.#keyLinesLeft > 0 || this.#manifest.isOpen;
  }

  /** `mayOpen`: whether the next line can be the first of a key that begins at the end of this one. */
  redact(text: string, options: { mayOpen?: boolean } = {}): string {
    let rest = text;
    let done = '';
    const value = this.#manifest.find(text);
    if (value) {
      const { start, end } = value;
      const redacted = this.take('kubernetes-secret');
      return `${text.slice(0, start)}${redacted}${text.slice(end)}`;
    }
    if (this.#keyLinesLeft > 0) {
      const end = KEY_END.exec(rest);
      if (end) {
        this.#keyLinesLeft = 0;
        done = KEY;
        rest = rest.slice(end.index + end[0].length);
      } else if (OF_KEY.test(rest)) {
        this.#keyLinesLeft -= 1;
        return rest === '' ? '' : KEY;
      } else {
        this.#keyLinesLeft = 0;
      }
    }
    while (rest.includes('-----BEGIN')) {
      const begin = KEY_BEGIN.exec(rest);
      if (!begin) {
        break;
      }
      const before = rest.slice(0, begin.index);
      const after = rest.slice(begin.index + begin[0].length);
      const end = KEY_END.exec(after);
      const isWhole = end !== null && end.index > 0;
      const opens =
        end === null && (after.trim() !== '' || (options.mayOpen ?? true));
      done += this.#redactPlain(before);
      if (isWhole || opens) {
        this.#count('private-key');
        done += KEY;
      } else {
        done += begin[0] + (end ? end[0] : '');
      }
      if (opens) {
        this.#keyLinesLeft = KEY_LINES;
        return done;
      }
      rest = end ? after.slice(end.index + end[0].length) : after;
    }
    return done + this.#redactPlain(rest);
  }

  /** Says that a key began where no line shows it whole. */
  open(): void {
    this.#count('private-key');
    this.#keyLinesLeft = KEY_LINES;
  }

  /** Counts a secret that was found elsewhere, and gives what stands in its place. */
  take(kind: string): string {
    this.#count(kind);
    return `[redacted:${kind}]`;
  }

  #redactPlain(text: string): string {
    const spans = findSecrets(text, this.#more);
    if (spans.length === 0) {
      return text;
    }
    let result = '';
    let from = 0;
    for (const { start, end, kind } of spans) {
      this.#count(kind);
      result += `${text.slice(from, start)}[redacted:${kind}]`;
      from = end;
    }
    return result + text.slice(from);
  }

  #count(kind: string) {
    this.counts[kind] = (this.counts[kind] ?? 0) + 1;
  }
}
