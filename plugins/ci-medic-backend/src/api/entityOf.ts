import { Request } from 'express';

/** The entity that the path of a request names. */
export function entityOf(request: Request): {
  kind: string;
  namespace: string;
  name: string;
} {
  const { kind, namespace, name } = request.params;
  return { kind, namespace, name };
}
