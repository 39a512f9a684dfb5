import { CaseCollector } from './CaseCollector';
import { JunitHandler } from './formats/JunitHandler';
import { NunitHandler } from './formats/NunitHandler';
import { TrxHandler } from './formats/TrxHandler';
import { XunitHandler } from './formats/XunitHandler';
import { JsonReader } from './JsonReader';
import { TestReportError } from './TestReportError';
import { TestCaseResult, TestReportFormat, TestReportSummary } from './types';
import { XmlReader } from './XmlReader';

/**
 * Reads one report piece by piece.
 *
 * @public
 */
export interface TestReportParser {
  /** @throws TestReportError as soon as the report is known to be malformed. */
  write(chunk: Uint8Array | string): void;
  /**
   * Calls `onCase` for each case and counts them. Call it once.
   *
   * @throws TestReportError when the report is malformed or ends too early.
   */
  end(): TestReportSummary;
}

const MAX_CASES = 100_000;
const MAX_BYTES = 256 * 1024 ** 2;

/**
 * Makes a parser for a report. What it keeps is bounded by the number of cases and by limits of text, what it reads by
 * `maxBytes`. Cases are told at the end, because runs of one case may stand anywhere in a report.
 *
 * `format`: see `recognizeTestReport`; JUnit by default
 * `maxCases`: cases beyond are counted only; 100,000 by default
 * `maxBytes`: larger reports are refused; 256 MiB by default
 *
 * @public
 */
export function createTestReportParser(options: {
  format?: TestReportFormat;
  maxCases?: number;
  maxBytes?: number;
  onCase(testCase: TestCaseResult): void;
}): TestReportParser {
  const { format = 'junit', onCase } = options;
  const { maxCases = MAX_CASES, maxBytes = MAX_BYTES } = options;
  const collector = new CaseCollector(maxCases);
  const reader = readerOf(format, collector);
  const encoder = new TextEncoder();
  let size = 0;
  return {
    write(chunk) {
      const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
      size += bytes.length;
      if (size > maxBytes) {
        throw new TestReportError(
          `The report is refused: it is larger than ${maxBytes} bytes`,
        );
      }
      guard(() => reader.write(bytes));
    },
    end() {
      guard(() => reader.end());
      return collector.finish(format, onCase);
    },
  };
}

/** Documents that are well-formed but not what their format promises end here. */
function guard(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (error instanceof TestReportError) {
      throw error;
    }
    throw new TestReportError(
      `The report is not what its format promises: ${
        (error as Error)?.message
      }`,
    );
  }
}

function readerOf(
  format: TestReportFormat,
  collector: CaseCollector,
): XmlReader | JsonReader {
  switch (format) {
    case 'junit':
      return new XmlReader(new JunitHandler(collector));
    case 'trx':
      return new XmlReader(new TrxHandler(collector));
    case 'nunit':
      return new XmlReader(new NunitHandler(collector));
    case 'xunit':
      return new XmlReader(new XunitHandler(collector));
    default:
      return new JsonReader(format, collector);
  }
}
