const LOGGER =
  /^\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\s{1,8}(DEBUG|INFO|WARNING|ERROR|CRITICAL|FATAL)\s{1,8}-\s{1,2}(?:[A-Z]{2,12}[ (]\d{1,8}\)? \| )?/;

/**
 * Reads the prefix that a harness's own logger puts before what the tools under it print, as in `22:10:07  ERROR - …`,
 * with the process that it passes on, as in `PID 16211 | …`.
 */
export function readLogger(
  text: string,
): { length: number; isError: boolean } | undefined {
  const first = text.charCodeAt(0);
  if (first < 0x30 || first > 0x39 || text.charCodeAt(2) !== 0x3a) {
    return undefined;
  }
  const match = LOGGER.exec(text);
  return match
    ? {
        length: match[0].length,
        isError: /^(?:ERROR|CRITICAL|FATAL)$/.test(match[1]),
      }
    : undefined;
}
