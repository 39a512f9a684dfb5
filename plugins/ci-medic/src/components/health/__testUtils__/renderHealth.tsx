import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  AuthorizeResult,
  EvaluatePermissionRequest,
} from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { CiMedicApi } from '@ci-medic/plugin-ci-medic-common';
import { useLocation } from 'react-router-dom';
import { ciMedicApiRef } from '../../../api';
import { entityCiHealthRouteRef } from '../../../routes';
import { CiHealthContent } from '../CiHealthContent';
import { figuresOf } from '../__fixtures__/figuresOf';
import { runSummaryOf } from '../__fixtures__/runSummaryOf';

function Address() {
  const { pathname, search } = useLocation();
  return <output aria-label="address">{`${pathname}${search}`}</output>;
}

/**
 * Renders the tab of the component `shop` at an address, and returns what sends a signal and what was asked to be
 * permitted.
 */
export function renderHealth(
  api: Partial<CiMedicApi>,
  options: { address?: string; mayBackfill?: boolean } = {},
) {
  const { address = '/shop/ci-health', mayBackfill = true } = options;
  const listeners = new Set<(message: any) => void>();
  const asked: EvaluatePermissionRequest[] = [];
  renderInTestApp(
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        // Permissions are remembered by entity, beyond one test.
        metadata: { name: mayBackfill ? 'shop' : 'closed' },
      }}
    >
      <CiHealthContent />
      <Address />
    </EntityProvider>,
    {
      mountPath: '/shop/ci-health',
      mountedRoutes: { '/shop/ci-health': entityCiHealthRouteRef },
      initialRouteEntries: [address],
      apis: [
        [
          ciMedicApiRef,
          {
            getHealth: async () => figuresOf(),
            listRuns: async () => ({ items: [runSummaryOf()] }),
            listAnomalies: async () => ({ items: [], isReadingHistory: false }),
            getSeriesBuild: async () => ({}),
            ...api,
          } as CiMedicApi,
        ],
        [
          permissionApiRef,
          {
            authorize: async (request: EvaluatePermissionRequest) => {
              asked.push(request);
              return {
                result: mayBackfill
                  ? AuthorizeResult.ALLOW
                  : AuthorizeResult.DENY,
              };
            },
          },
        ],
        [
          signalApiRef,
          {
            subscribe: (channel: string, listener: (m: any) => void) => {
              if (channel === 'ci-medic:runs') {
                listeners.add(listener);
              }
              return { unsubscribe: () => listeners.delete(listener) };
            },
          },
        ],
      ],
    },
  );
  return {
    asked,
    signal: (message: { ids?: string[] }) => {
      for (const listener of listeners) {
        listener(message);
      }
    },
  };
}
