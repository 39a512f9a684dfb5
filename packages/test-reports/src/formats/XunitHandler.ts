import { CaseCollector } from '../CaseCollector';
import { SuitePath } from '../SuitePath';
import { TestReportError } from '../TestReportError';
import { TestOutcome } from '../types';
import { XmlHandler } from '../XmlReader';
import { secondsToMs, wholeNumber } from '../readAttribute';
import { TextCapture } from './TextCapture';

const texts = ['message', 'stack-trace', 'reason'];
const outcomes = new Map(
  Object.entries<TestOutcome>({
    pass: 'passed',
    fail: 'failed',
    skip: 'skipped',
  }),
);

/**
 * The XML of xUnit.net, of version 1 (`assembly`) and 2 (`assemblies`).
 */
export class XunitHandler implements XmlHandler {
  readonly #collector: CaseCollector;
  readonly #suites = new SuitePath();
  readonly #text = new TextCapture();
  #test?: Record<string, string>;

  constructor(collector: CaseCollector) {
    this.#collector = collector;
  }

  open(name: string, attributes: Record<string, string>, depth: number): void {
    if (depth === 1 && name !== 'assemblies' && name !== 'assembly') {
      throw new TestReportError(
        `The report is not xUnit.net XML: it begins with <${name}>`,
      );
    }
    if (isSuite(name)) {
      this.#suites.push(attributes.name);
    } else if (name === 'test') {
      this.#test = attributes;
    } else if (texts.includes(name)) {
      this.#text.into(this.#test && name);
    }
  }

  text(text: string): void {
    this.#text.add(text);
  }

  close(name: string): void {
    if (isSuite(name)) {
      this.#suites.pop();
    } else if (name === 'test') {
      this.#finish(this.#test!);
      this.#test = undefined;
    } else if (texts.includes(name)) {
      this.#text.into(undefined);
    }
  }

  #finish(attributes: Record<string, string>) {
    const { message, reason, 'stack-trace': details } = this.#text.take();
    const result = attributes.result?.toLowerCase() ?? '';
    this.#collector.add({
      suite: this.#suites.current,
      className: attributes.type,
      name: attributes.name ?? attributes.method ?? '',
      file: attributes['source-file'],
      line: wholeNumber(attributes['source-line']),
      outcome: outcomes.get(result) ?? 'skipped',
      durationMs: secondsToMs(attributes.time),
      message: message?.trim() || reason,
      details,
    });
  }
}

function isSuite(name: string): boolean {
  return name === 'assembly' || name === 'collection' || name === 'class';
}
