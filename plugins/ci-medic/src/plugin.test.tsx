import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { CiMedicApi } from '@ci-medic/plugin-ci-medic-common';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import {
  ciMedicApiRef,
  ciMedicPlugin,
  EntityCiHealthContent,
  EntityIncidentsContent,
  isCiMedicAvailable,
} from './index';
import { figuresOf } from './components/health/__fixtures__/figuresOf';
import { runSummaryOf } from './components/health/__fixtures__/runSummaryOf';

const api = {
  getHealth: async () => figuresOf(),
  listRuns: async () => ({ items: [runSummaryOf()] }),
  listAnomalies: async () => ({ items: [], isReadingHistory: false }),
  getDiagnosisAccuracy: async () => ({ categories: [], judged: 0 }),
  listIncidents: async () => ({ items: [] }),
  listStops: async () => ({ items: [], mayControl: false }),
} as unknown as CiMedicApi;

function entityOf(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'shop', annotations },
  };
}

async function renderEntity(entity: Entity, path: string) {
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [ciMedicApiRef, api],
        [
          permissionApiRef,
          { authorize: async () => ({ result: AuthorizeResult.DENY }) },
        ],
      ]}
    >
      <EntityProvider entity={entity}>
        <Routes>
          <Route path="/ci-health/*" element={<EntityCiHealthContent />} />
          <Route path="/incidents/*" element={<EntityIncidentsContent />} />
        </Routes>
      </EntityProvider>
    </TestApiProvider>,
    {
      routeEntries: [path],
      mountedRoutes: {
        '/ci-health': ciMedicPlugin.routes.entityCiHealth,
        '/incidents': ciMedicPlugin.routes.entityIncidents,
      },
    },
  );
}

describe('the plugin in the legacy frontend system', () => {
  const built = entityOf({ 'github.com/project-slug': 'acme/shop' });

  it('shows both tabs', async () => {
    await renderEntity(built, '/ci-health');
    expect(await screen.findByText('Success rate')).toBeInTheDocument();
    expect(
      await screen.findByText('Apply a discount once'),
    ).toBeInTheDocument();
  });

  it('shows the incidents', async () => {
    await renderEntity(built, '/incidents');
    expect(await screen.findByText('No open incidents')).toBeInTheDocument();
  });

  it('says what to do about an entity without annotation', async () => {
    await renderEntity(entityOf({}), '/ci-health');
    expect(
      await screen.findByText('This entity does not say where it is built'),
    ).toBeInTheDocument();
    expect(isCiMedicAvailable(entityOf({}))).toBe(false);
    expect(isCiMedicAvailable(built)).toBe(true);
  });
});
