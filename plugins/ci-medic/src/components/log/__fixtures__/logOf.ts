import { CiMedicApi, LogLine, LogPage } from '@ci-medic/plugin-ci-medic-common';

/** A line of a log, `Line 7 of the log` unless told otherwise. */
export function logLine(number: number, change: Partial<LogLine> = {}) {
  return {
    number,
    level: 'info',
    text: `Line ${number} of the log`,
    ...change,
  } as LogLine;
}

/** A log of any length that is made up as it is asked for, the way the backend pages through it. */
export function logOf(
  totalLines: number,
  changes: Record<number, Partial<LogLine>> = {},
  omitted?: LogPage['omitted'],
): jest.MockedFunction<CiMedicApi['getLog']> {
  return jest.fn(async ({ from = 1, limit = 500 }): Promise<LogPage> => {
    const lines: LogLine[] = [];
    const isMissing = (n: number) =>
      omitted !== undefined && n >= omitted.from && n <= omitted.to;
    const start = isMissing(from) ? omitted!.to + 1 : from;
    for (let n = start; n < start + limit && n <= totalLines; n++) {
      if (!isMissing(n)) {
        lines.push(logLine(n, changes[n]));
      }
    }
    return { lines, totalLines, ...(omitted && { omitted }) };
  });
}
