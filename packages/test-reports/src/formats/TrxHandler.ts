import { CaseCollector, ReportedCase } from '../CaseCollector';
import { TestReportError } from '../TestReportError';
import { TestOutcome } from '../types';
import { XmlHandler } from '../XmlReader';
import { timeSpanToMs } from '../readAttribute';
import { TextCapture } from './TextCapture';

const MOST_RESULTS = 500_000;

const outcomes = new Map(
  Object.entries<TestOutcome>({
    Passed: 'passed',
    PassedButRunAborted: 'passed',
    Completed: 'passed',
    Warning: 'passed',
    Failed: 'failed',
    Timeout: 'error',
    Error: 'error',
    Disconnected: 'error',
  }),
);

type Result = { testId: string; testCase: ReportedCase };

/**
 * Visual Studio's TRX, as `dotnet test` and MSTest write it. Class names stand apart from the results, after them.
 */
export class TrxHandler implements XmlHandler {
  readonly #collector: CaseCollector;
  readonly #results: Result[] = [];
  readonly #classes = new Map<string, string>();
  readonly #open: Record<string, string>[] = [];
  readonly #text = new TextCapture();
  #definition?: string;

  constructor(collector: CaseCollector) {
    this.#collector = collector;
  }

  open(name: string, attributes: Record<string, string>, depth: number): void {
    if (depth === 1 && name !== 'TestRun') {
      throw new TestReportError(
        `The report is not TRX: it begins with <${name}>`,
      );
    }
    switch (name) {
      case 'UnitTestResult':
      case 'TestResult':
        this.#open.push(attributes);
        break;
      case 'UnitTest':
        this.#definition = attributes.id;
        break;
      case 'TestMethod':
        if (this.#definition) {
          this.#classes.set(this.#definition, attributes.className ?? '');
        }
        break;
      case 'Message':
      case 'StackTrace':
        this.#text.into(this.#open.length > 0 ? name : undefined);
        break;
      default:
    }
  }

  text(text: string): void {
    this.#text.add(text);
  }

  close(name: string): void {
    if (name === 'Message' || name === 'StackTrace') {
      this.#text.into(undefined);
    } else if (name === 'UnitTest') {
      this.#definition = undefined;
    } else if (name === 'UnitTestResult' || name === 'TestResult') {
      this.#finish(this.#open.pop()!);
    } else if (name === 'TestRun') {
      for (const { testId, testCase } of this.#results) {
        const className = this.#classes.get(testId)?.split(',')[0];
        this.#collector.add({ ...testCase, className });
      }
    }
  }

  #finish(attributes: Record<string, string>) {
    const { Message: message, StackTrace: details } = this.#text.take();
    if (this.#results.length >= MOST_RESULTS) {
      throw new TestReportError(
        `The report has more than ${MOST_RESULTS} results`,
      );
    }
    this.#results.push({
      testId: attributes.testId,
      testCase: {
        name: attributes.testName ?? '',
        outcome: outcomes.get(attributes.outcome ?? 'Failed') ?? 'skipped',
        durationMs: timeSpanToMs(attributes.duration),
        message,
        details,
      },
    });
  }
}
