import { CaseCollector } from '../CaseCollector';
import { SuitePath } from '../SuitePath';
import { TestReportError } from '../TestReportError';
import { TestOutcome } from '../types';
import { XmlHandler } from '../XmlReader';
import { secondsToMs, wholeNumber } from '../readAttribute';

type Problem = { message?: string; text: string; type?: string };

type OpenCase = {
  attributes: Record<string, string>;
  failure?: Problem;
  error?: Problem;
  skipped?: Problem;
  /** Failures of runs that were followed by another one. */
  reruns: Problem[];
  hasFlakyRun: boolean;
  sawFailure: boolean;
};

const TEXT_LENGTH = 64_000;
const roots = ['testsuites', 'testsuite', 'testcase'];

/**
 * JUnit XML in its dialects: Ant, Maven Surefire with its reruns, pytest, Jest, GoogleTest, Bazel and others.
 */
export class JunitHandler implements XmlHandler {
  readonly #collector: CaseCollector;
  readonly #suites: Record<string, string>[] = [];
  readonly #path = new SuitePath();
  /** Suites that have cases or suites in them. */
  readonly #filled = new Set<Record<string, string>>();
  #case?: OpenCase;
  #problem?: Problem;

  constructor(collector: CaseCollector) {
    this.#collector = collector;
  }

  open(name: string, attributes: Record<string, string>, depth: number): void {
    if (depth === 1 && !roots.includes(name)) {
      throw new TestReportError(
        `The report is not JUnit XML: it begins with <${name}>`,
      );
    }
    if (name === 'testsuite') {
      this.#fill();
      this.#suites.push(attributes);
      this.#path.push(attributes.name);
    } else if (name === 'testcase') {
      this.#fill();
      this.#case = {
        attributes,
        reruns: [],
        hasFlakyRun: false,
        sawFailure: false,
      };
    } else if (this.#case) {
      this.#openInCase(this.#case, name, attributes);
    }
  }

  text(text: string): void {
    const problem = this.#problem;
    if (problem && problem.text.length < TEXT_LENGTH) {
      problem.text += text.slice(0, TEXT_LENGTH - problem.text.length);
    }
  }

  close(name: string): void {
    switch (name) {
      case 'testsuite':
        this.#finishSuite(this.#suites.pop()!);
        this.#path.pop();
        break;
      case 'testcase':
        this.#finishCase();
        break;
      case 'failure':
      case 'error':
      case 'skipped':
      case 'flakyFailure':
      case 'flakyError':
      case 'rerunFailure':
      case 'rerunError':
        this.#problem = undefined;
        break;
      default:
    }
  }

  #fill() {
    const innermost = this.#suites[this.#suites.length - 1];
    if (innermost) {
      this.#filled.add(innermost);
    }
  }

  /** Some reports tell the numbers of a suite without its cases. */
  #finishSuite(suite: Record<string, string>) {
    if (this.#filled.delete(suite)) {
      return;
    }
    const number = (name: string) => wholeNumber(suite[name]) ?? 0;
    const skipped = number('skipped') + number('disabled');
    const failed = number('failures');
    const error = number('errors');
    const passed = Math.max(0, number('tests') - skipped - failed - error);
    this.#collector.count({ passed, failed, error, skipped });
  }

  #openInCase(
    open: OpenCase,
    name: string,
    { message, type }: Record<string, string>,
  ) {
    const problem: Problem = { message, type, text: '' };
    switch (name) {
      case 'failure':
        open.failure ??= problem;
        break;
      case 'error':
        open.error ??= problem;
        break;
      case 'skipped':
        open.skipped ??= problem;
        break;
      case 'flakyFailure':
      case 'flakyError':
        open.hasFlakyRun = true;
        open.reruns.push(problem);
        break;
      case 'rerunFailure':
      case 'rerunError':
        open.reruns.push(problem);
        break;
      default:
        return;
    }
    this.#problem = problem;
  }

  #finishCase() {
    const open = this.#case;
    this.#case = undefined;
    this.#problem = undefined;
    if (!open) {
      return;
    }
    const { attributes, error, failure, skipped, reruns } = open;
    const outcome = outcomeOf(open);
    const problem = error ?? failure ?? skipped ?? reruns[0];
    const innermost = this.#suites[this.#suites.length - 1];
    this.#collector.add({
      suite: this.#path.current,
      className: attributes.classname ?? attributes.class,
      name: attributes.name ?? '',
      file: attributes.file ?? innermost?.file ?? innermost?.filepath,
      line: wholeNumber(attributes.line ?? attributes.lineno),
      outcome,
      flaky: outcome === 'passed' && open.hasFlakyRun,
      retries: reruns.length,
      durationMs: secondsToMs(attributes.time ?? attributes.duration),
      message: problem?.message || firstLine(problem?.text) || problem?.type,
      details: problem?.text,
    });
  }
}

function outcomeOf(open: OpenCase): TestOutcome {
  if (open.error) {
    return 'error';
  }
  if (open.failure) {
    return 'failed';
  }
  const { status, result } = open.attributes;
  const isSkipped =
    open.skipped !== undefined ||
    /^(notrun|disabled|skipped|ignored)$/i.test(status ?? '') ||
    /^(suppressed|skipped)$/i.test(result ?? '');
  return isSkipped ? 'skipped' : 'passed';
}

function firstLine(text: string | undefined): string | undefined {
  return text?.trim().split('\n', 1)[0];
}
