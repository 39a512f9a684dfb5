/** What a spreadsheet takes for a formula: it must not run what a log said. */
const FORMULA = /^[=+\-@\t\r]/;

type CsvValue = string | number | undefined;

function field(value: CsvValue): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const text = value ?? '';
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) || harmless !== text
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}

/**
 * Rows as comma-separated values (RFC 4180) with a heading. No text is one that a spreadsheet would run.
 */
export function toCsv<T>(
  rows: T[],
  columns: Record<string, (row: T) => CsvValue>,
): string {
  const lines = [
    Object.keys(columns).map(field),
    ...rows.map(row => Object.values(columns).map(value => field(value(row)))),
  ];
  return lines.map(line => `${line.join(',')}\r\n`).join('');
}
