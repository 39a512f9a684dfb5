const transientCodes = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
  'SQLITE_LOCKED',
]);

/**
 * Whether the same transaction can succeed when it is simply run again.
 */
export function isTransientDatabaseError(error: unknown): boolean {
  return transientCodes.has((error as { code?: string } | undefined)?.code!);
}
