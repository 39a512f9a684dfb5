import { BoringLines } from './BoringLines';
import { mayBeMark, RunnerReader } from './dialects/RunnerReader';
import { readLeadingTime } from './dialects/timestamps';
import { readLogger } from './dialects/readLogger';
import { LineRecord, LineShape, shapeOf } from './explain/LineRecord';
import { KnownLine, KnownLines } from './KnownLines';
import { Redactor } from './redaction/Redactor';
import { SECRET_WORDS } from './redaction/secretWords';
import { findCut, isKeyBody, mayBeCut } from './redaction/splitSecrets';
import { CleanBytes } from './stream/CleanBytes';
import { SecretRule, secretFinder } from './rules/SecretRules';
import { UserRuleMatch, UserRules } from './rules/UserRules';
import { PACKAGE_WORDS } from './packages/packageWords';
import { LineScanner } from './templates/LineScanner';
import { WordTable } from './templates/WordTable';
import { findingOf, ToolMatch, ToolRecognizer } from './tools/ToolRecognizer';
import { LogLevel, ToolFinding } from './types';

/** What was read of the line at hand; valid until the next line. */
export type ReadLine = {
  record: LineRecord;
  level: LogLevel;
  /** The line is the runner's bookkeeping, not output. */
  isMarker: boolean;
  time?: string;
  step?: string;
  group?: string[];
  match?: ToolMatch;
  userMatch?: UserRuleMatch;
  /** Redacted once the line is settled; only made where somebody needs it. */
  text?: string;
  /** Bytes beyond those that were kept. */
  dropped: number;
  /** 16 hexadecimal digits; only where lines are wanted. */
  templateId: string;
  /** Finer hash for comparing runs; `undefined` of lines that say next to nothing. */
  fine?: number;
  /** By which the line is remembered if it turns out to say nothing. */
  boringKey?: [key: number, template: number];
  mayHide: boolean;
  mayNamePackage: boolean;
  /** What is known of the same line, where it came before. */
  known?: KnownLine;
  /** By which the line is remembered, where it can be. */
  hashes?: [first: number, second: number, slot: number];
  /** A secret may go on in the next line: wait for it before settling this one. */
  waits: boolean;
};

export type LogReaderOptions = {
  /** Whether every line is wanted as text, not only those that say something. */
  makesText: boolean;
  /** Whether template ids are wanted; as `makesText` where absent. */
  makesIds?: boolean;
  rules?: UserRules;
  secrets?: SecretRule[];
};

/** What a user's rule recognizes explains more than anything else. */
const USER_WEIGHT = 100;
const OUTRIGHT = 80;
const SEEN_SLOTS = 1 << 16;
/** Lines of fewer letters and digits are in every log. */
const SHORT_LINE = 3;
const WARNING = /^\s*(?:##\[warning\]|\[?warn(?:ing)?\]?\b|W:)|\bdeprecat/i;

const MARKS: Partial<Record<LogLevel, number>> = {
  error: 2,
  warning: 1,
  command: -1,
};

/**
 * Turns the bytes of lines into what is known of them: the work that every line costs.
 */
export class LogReader {
  readonly runner = RunnerReader.create();
  readonly redactor: Redactor;
  readonly scanner: LineScanner;
  readonly #recognizer: ToolRecognizer;
  readonly #clean = new CleanBytes();
  readonly #isSecretWord: Uint8Array;
  readonly #isPackageWord: Uint8Array;
  readonly #boring = new BoringLines();
  readonly #known = new KnownLines();
  readonly #seen = new Uint8Array(SEEN_SLOTS);
  readonly #makesText: boolean;
  readonly #needsText: boolean;
  readonly #makesIds: boolean;
  readonly #rules?: UserRules;
  readonly #hasSecretRules: boolean;
  #number = 0;
  #lastMarker = 0;
  /** The line that the scanner has read last. */
  #scanned?: ReadLine;

  private constructor(options: LogReaderOptions) {
    const { rules, secrets = [] } = options;
    this.#rules = rules?.isEmpty ? undefined : rules;
    this.#hasSecretRules = secrets.length > 0;
    this.#makesText = options.makesText;
    this.#makesIds = options.makesIds ?? options.makesText;
    this.#needsText =
      options.makesText || this.#hasSecretRules || this.#rules !== undefined;
    this.redactor = Redactor.create({
      more: this.#hasSecretRules ? secretFinder(secrets) : undefined,
    });
    this.#recognizer = sharedRecognizer();
    const { words } = this.#recognizer;
    this.scanner = LineScanner.create(words);
    this.#isSecretWord = tableOf(words, SECRET_WORDS);
    this.#isPackageWord = tableOf(words, PACKAGE_WORDS);
  }

  static create(options: LogReaderOptions): LogReader {
    return new LogReader(options);
  }

  get count(): number {
    return this.#number;
  }

  /**
   * Reads a line. It must be settled before its text is used; where it `waits`, with the line after it, which is read
   * with `needsText`.
   */
  read(options: {
    buffer: Buffer;
    from: number;
    to: number;
    dropped: number;
    needsText?: boolean;
  }): ReadLine {
    const { buffer, from, to, dropped, needsText = false } = options;
    this.#number += 1;
    const clean = this.#clean;
    clean.read(buffer, from, to);
    let skipped = 0;
    let time: string | undefined;
    const leading = readLeadingTime(clean.bytes, clean.start, clean.end);
    if (leading) {
      this.runner.note(leading.dialect);
      skipped = leading.length;
      if (this.#makesText) {
        time = clean.bytes.toString(
          'latin1',
          clean.start + leading.from,
          clean.start + leading.to,
        );
      }
    }
    let text: string | undefined;
    let mark = 0;
    let level: LogLevel = 'info';
    let isMarker = false;
    if (mayBeMark(clean.bytes, clean.start + skipped, clean.end)) {
      const whole = clean.text(skipped);
      const said = this.runner.read(whole);
      text = said.text;
      isMarker = said.marker;
      level = said.level ?? 'info';
      skipped += clean.isWide
        ? Buffer.byteLength(whole) - Buffer.byteLength(text)
        : whole.length - text.length;
      mark = MARKS[level] ?? 0;
    } else if (this.runner.echoes) {
      level = 'command';
      mark = -1;
    }
    if (isMarker) {
      this.#lastMarker = this.#number;
    }
    const start = clean.start + skipped;
    const isOpen = this.redactor.isOpen;
    const isPlain = !needsText && !isOpen && mark === 0 && !isMarker;
    const canKnow =
      isPlain && dropped === 0 && KnownLines.canKnow(clean.end - start);
    if (canKnow) {
      const known = this.#known.find(clean.bytes, start, clean.end);
      if (known) {
        return this.#again(known, time);
      }
    }
    const { scanner } = this;
    scanner.scan(clean.bytes, start, clean.end);
    const { shape, indent } = shapeOf(clean.bytes, start, clean.end);
    const slot = scanner.fine & (SEEN_SLOTS - 1);
    const seen = this.#seen[slot];
    if (seen < 255) {
      this.#seen[slot] = seen + 1;
    }
    const mayHide = this.#mayHideSecret();
    const mayMatch = scanner.hitCount > 0 || clean.isWide || shape > 1;
    const isCacheable = !this.#needsText && isPlain;
    const key = isCacheable ? this.#boring.keyOf(scanner, mayHide) : 0;
    const boring = isCacheable
      ? this.#boring.find(key, scanner.low)
      : undefined;
    if (boring !== undefined) {
      text = undefined;
      mark = boring;
    } else if (
      this.#needsText ||
      needsText ||
      mayHide ||
      mayMatch ||
      mark !== 0
    ) {
      text ??= clean.text(skipped);
    } else {
      text = undefined;
    }
    const line: ReadLine = {
      record: {
        number: this.#number,
        weight: 0,
        reason: 'end_of_log',
        passing: 0,
        shape,
        indent,
        length: clean.end - start,
        mark,
        seen,
        sinceMarker: this.#number - this.#lastMarker,
      },
      hashes: canKnow
        ? [this.#known.first, this.#known.second, slot]
        : undefined,
      level,
      isMarker,
      time,
      step: this.runner.step,
      group: this.runner.groups,
      text,
      dropped,
      templateId: this.#makesIds ? scanner.templateId : '',
      fine: scanner.weight >= SHORT_LINE ? scanner.fine : undefined,
      mayHide,
      boringKey:
        isCacheable && text !== undefined ? [key, scanner.low] : undefined,
      mayNamePackage:
        shape === LineShape.difference || this.#hasWordOf(this.#isPackageWord),
      waits: mayHide && text !== undefined && mayBeCut(text),
    };
    this.#scanned = line;
    return line;
  }

  /** A line that came before, where it stands now. */
  #again(known: KnownLine, time: string | undefined): ReadLine {
    const seen = this.#seen[known.slot];
    if (seen < 255) {
      this.#seen[known.slot] = seen + 1;
    }
    const { weight, reason, mark, shape, indent, length, text } = known;
    return {
      record: {
        number: this.#number,
        weight,
        reason,
        passing: 0,
        shape,
        indent,
        length,
        mark,
        seen,
        sinceMarker: this.#number - this.#lastMarker,
        text,
      },
      known,
      level: known.level,
      isMarker: false,
      time,
      step: this.runner.step,
      group: this.runner.groups,
      match: known.match,
      userMatch: known.userMatch,
      text,
      dropped: 0,
      templateId: known.templateId,
      fine: known.fine,
      mayHide: known.mayHide,
      mayNamePackage: known.mayNamePackage,
      waits: false,
    };
  }

  #remember(line: ReadLine) {
    const { record, hashes, level, text, match, userMatch } = line;
    const [first, second, slot] = hashes!;
    const { length, weight, reason, mark, shape, indent } = record;
    const isPlain =
      !this.#needsText &&
      !this.#makesIds &&
      weight === 0 &&
      level === 'info' &&
      reason === 'end_of_log' &&
      !line.mayNamePackage;
    const known: KnownLine = {
      first,
      second,
      length,
      weight,
      reason,
      mark,
      shape,
      indent,
      level,
      text,
      match,
      userMatch,
      templateId: line.templateId,
      slot,
      fine: line.fine,
      mayHide: line.mayHide,
      mayNamePackage: line.mayNamePackage,
      repeats: 0,
    };
    this.#known.add(known, isPlain);
  }

  /** Takes the secrets out of a line and learns what tools say in it. */
  settle(line: ReadLine, next?: ReadLine): void {
    if (line.known) {
      return;
    }
    const raw = line.text;
    const opens = line.waits && this.#joinCut(line, next);
    if (line.text !== undefined) {
      if (line.mayHide || this.redactor.isOpen) {
        const mayOpen = next?.text === undefined || isKeyBody(next.text);
        line.text = this.redactor.redact(line.text, { mayOpen });
      }
      line.record.text = line.text;
      if (!line.isMarker && line.record.shape !== LineShape.blank) {
        if (this.#scanned !== line) {
          const bytes = Buffer.from(line.text);
          this.scanner.scan(bytes, 0, bytes.length);
          this.#scanned = line;
        }
        this.#weigh(line, line.text);
      }
    }
    const isLasting =
      line.text === raw &&
      !line.waits &&
      !line.match?.rule.until &&
      !this.redactor.isOpen;
    if (isLasting && line.hashes) {
      this.#remember(line);
    }
    if (
      line.boringKey &&
      isLasting &&
      line.record.weight === 0 &&
      line.record.mark <= 0
    ) {
      this.#boring.add(...line.boringKey, line.record.mark);
    }
    if (opens) {
      this.redactor.open();
    }
  }

  /** Tells whether a private key begins that no line shows whole. */
  #joinCut(line: ReadLine, next: ReadLine | undefined): boolean {
    const cut =
      next?.text === undefined || line.text === undefined
        ? undefined
        : findCut(line.text, next.text);
    if (!cut) {
      return false;
    }
    const kept = line.text!.slice(0, line.text!.length - cut.tail);
    const rest = next!.text!.slice(cut.head);
    if (cut.isKey) {
      line.text = `${kept}[redacted:private-key]`;
      next!.text = rest;
    } else {
      line.text = `${kept}${this.redactor.take(cut.kind)}`;
      next!.text = `[redacted:${cut.kind}]${rest}`;
    }
    return cut.isKey;
  }

  findingOf(line: ReadLine): ToolFinding | undefined {
    const { match, userMatch, record, text = '' } = line;
    if (userMatch) {
      const { rule, captures } = userMatch;
      return {
        tool: 'user-rule',
        kind: rule.category ?? 'rule',
        line: record.number,
        message: text.trim().slice(0, 500),
        rule: rule.name,
        ...(rule.advice !== undefined && { advice: rule.advice }),
        ...(Object.keys(captures).length > 0 && { captures }),
      };
    }
    return match && findingOf(match, record.number, text);
  }

  #mayHideSecret(): boolean {
    const { scanner } = this;
    if (
      this.#hasSecretRules ||
      scanner.hasLongRun ||
      this.redactor.isOpen ||
      scanner.isFull
    ) {
      return true;
    }
    return this.#hasWordOf(this.#isSecretWord);
  }

  #hasWordOf(words: Uint8Array): boolean {
    const { hits, hitCount } = this.scanner;
    for (let index = 0; index < hitCount; index += 1) {
      if (words[hits[index]] === 1) {
        return true;
      }
    }
    return false;
  }

  #weigh(line: ReadLine, text: string) {
    const { record } = line;
    line.userMatch = this.#rules?.match(text);
    if (line.userMatch) {
      record.weight = USER_WEIGHT;
      record.reason = 'user_rule';
      line.level = line.level === 'info' ? 'error' : line.level;
      return;
    }
    const logger = readLogger(text);
    const message = logger ? text.slice(logger.length) : text;
    if (logger?.isError) {
      record.mark ||= 2;
    }
    const match = this.#recognizer.recognize(message, this.scanner);
    if (match) {
      line.match = match;
      record.weight = match.rule.weight;
      record.reason = match.rule.reason;
    }
    if (record.mark === 2 && record.weight < 64 && !isAftermath(match)) {
      record.weight = 64;
      record.reason = 'runner_error';
    }
    if (match?.rule.kind === 'progress') {
      record.mark = -2;
    } else if (line.level === 'command' || line.level === 'debug') {
      record.mark = -1;
      record.weight = 0;
    } else if (record.mark === 1 || (record.weight > 0 && WARNING.test(text))) {
      // What names a cause outright does so at any level.
      record.weight *= record.weight >= OUTRIGHT ? 0.8 : 0.4;
      record.mark ||= 1;
    }
    if (line.level === 'info' && record.weight >= 60) {
      line.level = 'error';
    }
  }
}

function isAftermath(match: ToolMatch | undefined): boolean {
  return match !== undefined && match.rule.weight < 20;
}

let recognizer: ToolRecognizer | undefined;
/** Its tables depend on nothing, so that all logs share one. */
function sharedRecognizer(): ToolRecognizer {
  recognizer ??= ToolRecognizer.create({
    moreWords: [...SECRET_WORDS, ...PACKAGE_WORDS],
  });
  return recognizer;
}

function tableOf(words: WordTable, members: readonly string[]): Uint8Array {
  const table = new Uint8Array(words.size + 1);
  for (const word of members) {
    table[words.idOf(word)] = 1;
  }
  return table;
}
