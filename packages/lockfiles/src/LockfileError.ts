/**
 * A lockfile that cannot be read; the message says why, for people.
 *
 * @public
 */
export class LockfileError extends Error {
  readonly name = 'LockfileError';
}
