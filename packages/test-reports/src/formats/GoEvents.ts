import { CaseCollector } from '../CaseCollector';
import { TestOutcome } from '../types';

type Run = { output: string };

const OUTPUT_LENGTH = 32_000;
const MOST_OPEN = 100_000;
const outcomes = new Map(
  Object.entries<TestOutcome>({
    pass: 'passed',
    fail: 'failed',
    skip: 'skipped',
  }),
);

/**
 * The events of `go test -json`, one in a line. A test with subtests counts too, as Go itself counts it.
 */
export class GoEvents {
  readonly #collector: CaseCollector;
  readonly #open = new Map<string, Run>();

  constructor(collector: CaseCollector) {
    this.#collector = collector;
  }

  take(event: any): void {
    const { Action: action, Package: pack = '', Test: test } = event ?? {};
    if (typeof test !== 'string') {
      return;
    }
    const key = JSON.stringify([pack, test]);
    const run = this.#open.get(key);
    if (action === 'run' && this.#open.size < MOST_OPEN) {
      this.#open.set(key, { output: '' });
    } else if (action === 'output' && run) {
      run.output = (run.output + event.Output).slice(0, OUTPUT_LENGTH);
    } else if (outcomes.has(action)) {
      this.#open.delete(key);
      this.#finish(event, run?.output ?? '');
    }
  }

  #finish(event: any, output: string) {
    const outcome = outcomes.get(event.Action)!;
    const isFailed = outcome === 'failed';
    const said = output
      .split('\n')
      .map(line => line.trim())
      .filter(line => line && !/^(=== |--- )/.test(line));
    const place = /^([\w./-]+\.go):(\d+):/.exec(said[0] ?? '');
    this.#collector.add({
      suite: String(event.Package ?? ''),
      name: event.Test,
      file: place?.[1],
      line: place ? Number(place[2]) : undefined,
      outcome,
      durationMs:
        typeof event.Elapsed === 'number' ? event.Elapsed * 1_000 : undefined,
      message: isFailed ? said[0] : undefined,
      details: isFailed ? said.join('\n') : undefined,
    });
  }
}
