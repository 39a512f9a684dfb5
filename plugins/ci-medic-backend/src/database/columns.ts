/**
 * Converts between values of ours and what the drivers read and write: PostgreSQL returns `bigint` as a string, SQLite
 * returns booleans as numbers, and PostgreSQL refuses NUL in text.
 */

/** Longest text that may go into an index row. */
export const INDEXED_TEXT_LENGTH = 255;

/** A number column, `undefined` for NULL. */
export function readNumber(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

/** A time column as ISO 8601, `undefined` for NULL. */
export function readTime(value: unknown): string | undefined {
  const time = readNumber(value);
  return time === undefined ? undefined : new Date(time).toISOString();
}

/** A text column, `undefined` for NULL. */
export function readText(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}

/** A boolean column. */
export function readBoolean(value: unknown): boolean {
  return Boolean(Number(value));
}

/** A text column that holds JSON, `undefined` for NULL. */
export function readJson<T>(value: unknown): T | undefined {
  return value === null || value === undefined
    ? undefined
    : (JSON.parse(String(value)) as T);
}

/** JSON for a text column. NUL is escaped by JSON itself. */
export function writeJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** Epoch milliseconds of an ISO 8601 time; NULL when there is none or it is malformed. */
export function writeTime(value: string | undefined): number | null {
  const time = value === undefined ? NaN : Date.parse(value);
  return Number.isNaN(time) ? null : time;
}

/**
 * Text without NUL and lone surrogates, cut to a length.
 */
export function writeText(value: string, maxLength: number): string;
export function writeText(
  value: string | undefined,
  maxLength: number,
): string | null;
export function writeText(
  value: string | undefined,
  maxLength: number,
): string | null {
  return value === undefined
    ? null
    : value
        .slice(0, maxLength)
        .replaceAll('\u0000', '\uFFFD')
        .replace(/\p{Surrogate}/gu, '\uFFFD');
}
