import { Request } from 'express';

/** A query parameter as text. The validator has checked its form. */
export function textOf(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return value === undefined ? undefined : String(value);
}

/** A query parameter as a number. The validator has checked its range. */
export function numberOf(request: Request, name: string): number | undefined {
  const value = request.query[name];
  return value === undefined ? undefined : Number(value);
}

/** The part of a list that is asked for. */
export function pagingOf(request: Request): {
  cursor?: string;
  limit?: number;
} {
  return {
    cursor: textOf(request, 'cursor'),
    limit: numberOf(request, 'limit'),
  };
}
