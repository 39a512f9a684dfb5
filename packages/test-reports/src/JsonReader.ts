import { CaseCollector } from './CaseCollector';
import { DartEvents } from './formats/DartEvents';
import { GoEvents } from './formats/GoEvents';
import { readMocha } from './formats/readMocha';
import { readRspec } from './formats/readRspec';
import { TestReportError } from './TestReportError';
import { TestReportFormat } from './types';

const DOCUMENT_LENGTH = 64 * 1024 ** 2;
const LINE_LENGTH = 8 * 1024 ** 2;

/**
 * Reads the JSON formats: whole documents of a limited size, or events line by line.
 */
export class JsonReader {
  readonly #collector: CaseCollector;
  readonly #format: TestReportFormat;
  readonly #events?: DartEvents | GoEvents;
  readonly #decoder = new TextDecoder();
  #text = '';
  #isEmpty = true;

  constructor(format: TestReportFormat, collector: CaseCollector) {
    this.#format = format;
    this.#collector = collector;
    if (format === 'dart-json') {
      this.#events = new DartEvents(collector);
    } else if (format === 'go-json') {
      this.#events = new GoEvents(collector);
    }
  }

  write(chunk: Uint8Array): void {
    this.#take(this.#decoder.decode(chunk, { stream: true }));
  }

  end(): void {
    this.#take(this.#decoder.decode());
    const rest = this.#text.trim();
    if (rest === '' && this.#isEmpty) {
      throw new TestReportError('The report is empty');
    }
    if (this.#events) {
      this.#takeLine(rest);
      return;
    }
    const report = parse(rest);
    const read = this.#format === 'mocha-json' ? readMocha : readRspec;
    read(report, this.#collector);
  }

  #take(text: string) {
    this.#text += text;
    if (this.#events) {
      const lines = this.#text.split('\n');
      this.#text = lines.pop()!;
      lines.forEach(line => this.#takeLine(line.trim()));
    }
    if (this.#text.length > (this.#events ? LINE_LENGTH : DOCUMENT_LENGTH)) {
      throw new TestReportError('The report is larger than can be read');
    }
  }

  #takeLine(line: string) {
    if (line !== '') {
      this.#isEmpty = false;
      this.#events!.take(parse(line));
    }
  }
}

function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TestReportError(
      `The report is malformed JSON: ${(error as Error).message}`,
    );
  }
}
