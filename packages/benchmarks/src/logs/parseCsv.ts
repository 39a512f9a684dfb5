/** Rows of fields, as RFC 4180 has them. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gy;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (!match) {
      throw new Error(`No CSV in row ${rows.length + 1}`);
    }
    const [, value, end] = match;
    row.push(
      value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value,
    );
    if (end !== ',') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
