import { RouteRef, useRouteRef } from '@backstage/core-plugin-api';

/**
 * Path of another tab of the entity on this page; undefined where the portal does not show that tab.
 */
export function useTabPath(routeRef: RouteRef<undefined>): string | undefined {
  try {
    // It throws after its own hooks, so that their order does not change.
    return useRouteRef(routeRef)().replace(/\/$/, '');
  } catch {
    return undefined;
  }
}
