import { CaseCollector } from '../CaseCollector';
import { TestReportError } from '../TestReportError';
import { TestOutcome } from '../types';

const outcomes = new Map(
  Object.entries<TestOutcome>({
    passed: 'passed',
    failed: 'failed',
    pending: 'skipped',
  }),
);

/** The report of RSpec's JSON formatter. */
export function readRspec(report: any, collector: CaseCollector): void {
  if (!Array.isArray(report?.examples)) {
    throw new TestReportError('The report is not one of RSpec: no examples');
  }
  for (const example of report.examples) {
    const { description, full_description, status, exception } = example ?? {};
    const name = String(description ?? '');
    const full = String(full_description ?? name);
    const backtrace = exception?.backtrace;
    collector.add({
      suite: full.endsWith(name)
        ? full.slice(0, full.length - name.length).trim()
        : undefined,
      name: name || full,
      file: textOf(example?.file_path),
      line: numberOf(example?.line_number),
      outcome: outcomes.get(status) ?? 'skipped',
      durationMs:
        numberOf(example?.run_time) === undefined
          ? undefined
          : example.run_time * 1_000,
      message: textOf(exception?.message) ?? textOf(example?.pending_message),
      details: Array.isArray(backtrace) ? backtrace.join('\n') : undefined,
    });
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
