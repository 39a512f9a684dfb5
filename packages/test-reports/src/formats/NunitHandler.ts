import { CaseCollector } from '../CaseCollector';
import { SuitePath } from '../SuitePath';
import { TestReportError } from '../TestReportError';
import { TestOutcome } from '../types';
import { XmlHandler } from '../XmlReader';
import { secondsToMs } from '../readAttribute';
import { TextCapture } from './TextCapture';

const texts = ['message', 'stack-trace'];
const roots = ['test-run', 'test-results', 'test-suite'];

/**
 * NUnit's own XML, of version 2 (`test-results`) and 3 (`test-run`).
 */
export class NunitHandler implements XmlHandler {
  readonly #collector: CaseCollector;
  readonly #suites = new SuitePath();
  readonly #text = new TextCapture();
  #case?: Record<string, string>;
  #hasFailure = false;

  constructor(collector: CaseCollector) {
    this.#collector = collector;
  }

  open(name: string, attributes: Record<string, string>, depth: number): void {
    if (depth === 1 && !roots.includes(name)) {
      throw new TestReportError(
        `The report is not NUnit XML: it begins with <${name}>`,
      );
    }
    if (name === 'test-suite') {
      this.#suites.push(attributes.name);
    } else if (name === 'test-case') {
      this.#case = attributes;
      this.#hasFailure = false;
    } else if (name === 'failure') {
      this.#hasFailure = true;
    } else if (texts.includes(name)) {
      this.#text.into(this.#case && name);
    }
  }

  text(text: string): void {
    this.#text.add(text);
  }

  close(name: string): void {
    if (name === 'test-suite') {
      this.#suites.pop();
    } else if (name === 'test-case') {
      this.#finish(this.#case!);
      this.#case = undefined;
    } else if (texts.includes(name)) {
      this.#text.into(undefined);
    }
  }

  #finish(attributes: Record<string, string>) {
    const { message, 'stack-trace': details } = this.#text.take();
    this.#collector.add({
      suite: this.#suites.current,
      className: attributes.classname,
      name: attributes.name ?? attributes.fullname ?? '',
      outcome: outcomeOf(attributes, this.#hasFailure),
      durationMs: secondsToMs(attributes.duration ?? attributes.time),
      message,
      details,
    });
  }
}

const outcomes = new Map(
  Object.entries<TestOutcome>({
    error: 'error',
    failed: 'failed',
    failure: 'failed',
    cancelled: 'failed',
    passed: 'passed',
    success: 'passed',
    warning: 'passed',
  }),
);

/** Version 2 may say only that a case was executed. */
function outcomeOf(
  attributes: Record<string, string>,
  hasFailure: boolean,
): TestOutcome {
  const { result = '', executed, success } = attributes;
  if (result === '' && executed?.toLowerCase() === 'true') {
    return hasFailure || success?.toLowerCase() === 'false'
      ? 'failed'
      : 'passed';
  }
  // Such as `Failed:Error` and `Failed(Child)`.
  const [word] = result.toLowerCase().split(/[:(]/);
  return outcomes.get(word) ?? 'skipped';
}
