import { RecordCollector } from './explain/RecordCollector';
import { ExplanationModel } from './explain/ExplanationModel';
import { explainRecords, headlineOf } from './explain/explainRecords';
import { fingerprintOf } from './fingerprint/fingerprintOf';
import { LogReader, ReadLine } from './LogReader';
import { PackageSuspects } from './packages/PackageSuspects';
import { SecretRule } from './rules/SecretRules';
import { UserRules } from './rules/UserRules';
import { LogSketcher } from './sketch/LogSketcher';
import { LineScanner } from './templates/LineScanner';
import { LineSplitter } from './stream/LineSplitter';
import {
  LogAnalysis,
  LogAnalyzer,
  LogLine,
  LogSketch,
  ToolFinding,
} from './types';

/**
 * What is known of a log before it is read.
 *
 * @public
 */
export type LogAnalyzerOptions = {
  /** What passing runs of the same job print. */
  passing?: LogSketch[];
  /** Whether there is a failure to explain; true by default. */
  failed?: boolean;
  /** Lines over all ranges of the explanation; 30 by default. */
  budget?: number;
  /** Name of the step that failed. */
  failedStep?: string;
  /** Whether `write` gives the lines back; true by default. Without them a log is read several times as fast. */
  lines?: boolean;
  /** Whether lines carry their template, parameters and finding; false by default, because that takes longer. */
  details?: boolean;
  /** Chooses the lines in place of the model that comes with the package. */
  model?: ExplanationModel;
  /** Rules of the user; what they recognize explains before anything else. */
  rules?: UserRules;
  /** Secrets that only the user knows, besides those of known providers. */
  secrets?: SecretRule[];
};

const VERSION = 2;
const MOST_FINDINGS = 2_000;
/** The same line again and again says no more of packages. */
const ENOUGH_REPEATS = 8;
const HEADLINE_LENGTH = 300;

class StreamingAnalyzer implements LogAnalyzer {
  readonly #failed: boolean;
  readonly #budget: number;
  readonly #failedStep?: string;
  readonly #model?: ExplanationModel;
  readonly #keepsLines: boolean;
  readonly #details?: LineScanner;
  readonly #reader: LogReader;
  readonly #sketcher = new LogSketcher();
  readonly #records: RecordCollector;
  readonly #packages = PackageSuspects.create();
  readonly #findings: { finding: ToolFinding; weight: number }[] = [];
  readonly #splitter = LineSplitter.create((buffer, start, end, dropped) =>
    this.#take(buffer, start, end, dropped),
  );
  #lines: LogLine[] = [];
  #bytes = 0;
  /** Waits for the next line, which a secret may reach into. */
  #held?: ReadLine;

  constructor(options: LogAnalyzerOptions) {
    this.#failed = options.failed ?? true;
    this.#budget = options.budget ?? 30;
    this.#failedStep = options.failedStep;
    this.#model = options.model;
    this.#keepsLines = options.lines ?? true;
    this.#details = options.details ? LineScanner.create() : undefined;
    this.#records = RecordCollector.create(options.passing ?? []);
    const { rules, secrets } = options;
    const makesText = this.#keepsLines;
    this.#reader = LogReader.create({ makesText, rules, secrets });
  }

  write(chunk: Uint8Array): LogLine[] {
    this.#bytes += chunk.length;
    this.#splitter.write(
      Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength),
    );
    return this.#drain();
  }

  end(): { lines: LogLine[]; analysis: LogAnalysis } {
    this.#splitter.end();
    if (this.#held) {
      this.#finish(this.#held);
      this.#held = undefined;
    }
    const lines = this.#drain();
    return { lines, analysis: this.#analyze() };
  }

  #drain(): LogLine[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }

  #take(buffer: Buffer, start: number, end: number, dropped: number) {
    const held = this.#held;
    const needsText = held !== undefined;
    const read = this.#reader.read({
      ...{ buffer, from: start, to: end, dropped, needsText },
    });
    if (held) {
      this.#held = undefined;
      this.#finish(held, read);
    }
    if (read.waits) {
      this.#held = read;
    } else {
      this.#finish(read);
    }
  }

  #finish(read: ReadLine, next?: ReadLine) {
    const reader = this.#reader;
    reader.settle(read, next);
    const { record, fine } = read;
    if (fine !== undefined) {
      this.#sketcher.add(fine);
    }
    if (this.#findings.length < MOST_FINDINGS) {
      const finding = reader.findingOf(read);
      if (finding && record.weight > 0 && finding.tool !== 'generic') {
        this.#findings.push({ finding, weight: record.weight });
      }
    }
    if (this.#failed) {
      this.#records.add(read);
    }
    const isNews = (read.known?.repeats ?? 0) <= ENOUGH_REPEATS;
    if (
      this.#failed &&
      isNews &&
      read.mayNamePackage &&
      read.text !== undefined
    ) {
      this.#packages.read({
        ...{ text: read.text, line: record.number, weight: record.weight },
      });
    }
    if (!this.#keepsLines) {
      return;
    }
    const line: LogLine = {
      number: record.number,
      level: read.level,
      text: read.text!,
      templateId: read.templateId,
    };
    if (read.time !== undefined) {
      line.time = read.time;
    }
    if (read.step !== undefined) {
      line.step = read.step;
    }
    if (read.group) {
      line.group = read.group;
    }
    if (read.dropped > 0) {
      line.truncatedBytes = read.dropped;
    }
    if (this.#details) {
      Object.assign(line, this.#details.parse(line.text));
      const finding = reader.findingOf(read);
      if (finding && record.weight > 0) {
        line.finding = finding;
      }
    }
    this.#lines.push(line);
  }

  #analyze(): LogAnalysis {
    const ranges = this.#failed
      ? explainRecords({
          records: this.#records.finish(),
          budget: this.#budget,
          lines: this.#reader.count,
          hasPassing: this.#records.hasPassing,
          model: this.#model,
        })
      : [];
    const best = headlineOf(ranges);
    const headline = best?.text?.trim().slice(0, HEADLINE_LENGTH);
    const { finding } =
      this.#findings.find(one => one.finding.line === best?.number) ?? {};
    const explanation = ranges.map(({ range }) => range);
    return {
      version: VERSION,
      dialect: this.#reader.runner.dialect,
      lines: this.#reader.count,
      bytes: this.#bytes,
      explanation,
      fingerprint: headline
        ? fingerprintOf({ headline, finding, failedStep: this.#failedStep })
        : undefined,
      headline,
      findings: this.#failed ? this.#within(explanation) : [],
      packages: this.#failed ? this.#packages.finish() : [],
      sketch: this.#sketcher.finish(),
      redactions: this.#reader.redactor.counts,
    };
  }

  /** Findings of the explanation first, those that explain most before the others. */
  #within(ranges: { start: number; end: number }[]): ToolFinding[] {
    const rankOf = ({ line }: ToolFinding) => {
      const index = ranges.findIndex(
        ({ start, end }) => line >= start && line <= end,
      );
      return index < 0 ? ranges.length : index;
    };
    return [...this.#findings]
      .sort(
        (left, right) =>
          rankOf(left.finding) - rankOf(right.finding) ||
          right.weight - left.weight ||
          left.finding.line - right.finding.line,
      )
      .map(({ finding }) => finding);
  }
}

/**
 * Makes an analyzer for one log. It reads bytes as they come and gives back clean, redacted lines at once; what the whole
 * log says comes at the end. Memory does not grow with the log.
 *
 * @public
 */
export function createLogAnalyzer(options?: LogAnalyzerOptions): LogAnalyzer {
  return new StreamingAnalyzer(options ?? {});
}
