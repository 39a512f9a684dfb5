import { CaseCollector } from '../CaseCollector';
import { TestOutcome } from '../types';

type Test = {
  name: string;
  suiteID: number;
  groupIDs?: number[];
  url?: string;
  line?: number;
  start: number;
  message?: string;
  details?: string;
};

const MOST_OPEN = 100_000;

/**
 * The events of Dart's and Flutter's `--reporter json`, one in a line.
 */
export class DartEvents {
  readonly #collector: CaseCollector;
  readonly #suites = new Map<number, string>();
  readonly #groups = new Map<number, string>();
  readonly #tests = new Map<number, Test>();

  constructor(collector: CaseCollector) {
    this.#collector = collector;
  }

  take(event: any): void {
    switch (event?.type) {
      case 'suite':
        this.#suites.set(event.suite?.id, String(event.suite?.path ?? ''));
        break;
      case 'group':
        this.#groups.set(event.group?.id, String(event.group?.name ?? ''));
        break;
      case 'testStart':
        if (this.#tests.size < MOST_OPEN && event.test) {
          this.#tests.set(event.test.id, { ...event.test, start: event.time });
        }
        break;
      case 'error':
        this.#fail(event);
        break;
      case 'testDone':
        this.#finish(event);
        break;
      default:
    }
  }

  #fail({ testID, error, stackTrace }: any) {
    const test = this.#tests.get(testID);
    if (test && test.message === undefined) {
      test.message = String(error ?? '');
      test.details = String(stackTrace ?? '');
    }
  }

  #finish({ testID, result, skipped, hidden, time }: any) {
    const test = this.#tests.get(testID);
    this.#tests.delete(testID);
    if (!test || (hidden && result === 'success')) {
      return;
    }
    const failed: TestOutcome = result === 'failure' ? 'failed' : 'error';
    const passed: TestOutcome = skipped ? 'skipped' : 'passed';
    const groups = (test.groupIDs ?? []).map(id => this.#groups.get(id) ?? '');
    const innermost = groups[groups.length - 1] ?? '';
    const name = String(test.name ?? '');
    this.#collector.add({
      suite: innermost,
      name: name.startsWith(`${innermost} `)
        ? name.slice(innermost.length + 1)
        : name,
      file: this.#suites.get(test.suiteID),
      line: typeof test.line === 'number' ? test.line : undefined,
      outcome: result === 'success' ? passed : failed,
      durationMs: typeof time === 'number' ? time - test.start : undefined,
      message: test.message,
      details: test.details,
    });
  }
}
