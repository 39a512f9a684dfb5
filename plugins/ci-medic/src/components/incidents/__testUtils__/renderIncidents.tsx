import { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { CiMedicApi } from '@ci-medic/plugin-ci-medic-common';
import { useLocation } from 'react-router-dom';
import { ciMedicApiRef } from '../../../api';
import { IncidentsContent } from '../IncidentsContent';
import { alertRoutesOf } from '../../alerts/__fixtures__/alerts';
import { healthOf } from '../__fixtures__/incidents';

function Address() {
  const { pathname, search, hash } = useLocation();
  return <output aria-label="address">{`${pathname}${search}${hash}`}</output>;
}

/**
 * Renders the tab of the component `shop` at an address, and returns what sends a signal.
 */
export function renderIncidents(
  api: Partial<CiMedicApi>,
  address = '/shop/incidents',
  entities: Entity[] = [],
): { signal(message: { ids?: string[] }): void } {
  const listeners = new Set<(message: any) => void>();
  renderInTestApp(
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'shop' },
      }}
    >
      <IncidentsContent />
      <Address />
    </EntityProvider>,
    {
      mountPath: '/shop/incidents',
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      initialRouteEntries: [address],
      apis: [
        [
          ciMedicApiRef,
          {
            getHealth: async () => healthOf(),
            getIncidentPlaybook: async () => ({}),
            getDiagnosis: async () => ({ history: [] }),
            getCause: async () => ({
              blastRadius: { incidents: [], entities: [], hidden: 0 },
            }),
            getDiagnosisAccuracy: async () => ({ categories: [] }),
            listFeedback: async () => ({
              ...{ items: [], allowed: true, kinds: [] },
            }),
            listAlerts: async () => ({ items: [] }),
            listIncidentAnomalies: async () => ({ items: [] }),
            getAlertRoutes: async () => alertRoutesOf(),
            listRemediations: async () => ({ items: [], options: [] }),
            listPlans: async () => ({ items: [] }),
            ...api,
          } as CiMedicApi,
        ],
        [catalogApiRef, catalogApiMock({ entities })],
        [
          signalApiRef,
          {
            subscribe: (channel: string, listener: (m: any) => void) => {
              if (channel === 'ci-medic:incidents') {
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
    signal: message => {
      for (const listener of listeners) {
        listener(message);
      }
    },
  };
}
