import { ResponseError } from '@backstage/errors';

/**
 * What went wrong at the other end: a client's error only says that a request failed, its cause says why and carries
 * the name (`NotFoundError`) by which screens tell errors apart.
 */
export function causeOf(error: Error): Error {
  return ResponseError.is(error) && error.cause.name && error.cause.message
    ? error.cause
    : error;
}
