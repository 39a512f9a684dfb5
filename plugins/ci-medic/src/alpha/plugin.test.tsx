import { renderTestApp } from '@backstage/frontend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { CiMedicApi } from '@ci-medic/plugin-ci-medic-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ciMedicApiRef } from '../api';
import { figuresOf } from '../components/health/__fixtures__/figuresOf';
import { runSummaryOf } from '../components/health/__fixtures__/runSummaryOf';
import { alertRoutesOf } from '../components/alerts/__fixtures__/alerts';
import { incidentDetailOf } from '../components/incidents/__fixtures__/incidents';
import { explanationOf } from '../components/log/__fixtures__/explanationOf';
import { runDetailOf } from '../components/run/__fixtures__/runDetailOf';
import plugin from './plugin';

function renderPage(annotation: string | undefined, tab: string) {
  renderTestApp({
    features: [catalogPlugin, plugin],
    initialRouteEntries: [`/catalog/default/component/shop${tab}`],
    apis: [
      catalogApiMock({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'shop',
              namespace: 'default',
              annotations: annotation
                ? { 'github.com/project-slug': annotation }
                : {},
            },
            spec: { type: 'service' },
          },
        ],
      }),
      [
        ciMedicApiRef,
        {
          getHealth: async () => figuresOf({ openIncidents: 1 }),
          listRuns: async () => ({ items: [runSummaryOf()] }),
          listAnomalies: async () => ({ items: [], isReadingHistory: false }),
          listIncidentAnomalies: async () => ({ items: [] }),
          getRun: async () => runDetailOf(),
          getExplanation: async () => explanationOf(),
          listTestCases: async () => ({ items: [] }),
          listIncidents: async () => ({ items: [] }),
          getIncident: async () => incidentDetailOf(),
          listAlerts: async () => ({ items: [] }),
          getAlertRoutes: async () => alertRoutesOf({ routes: [] }),
          listRemediations: async () => ({ items: [], options: [] }),
          listPlans: async () => ({ items: [] }),
          getIncidentPlaybook: async () => ({}),
          getDiagnosis: async () => ({ history: [] }),
          getCause: async () => ({
            blastRadius: { incidents: [], entities: [], hidden: 0 },
          }),
          getDiagnosisAccuracy: async () => ({ categories: [] }),
          listFeedback: async () => ({ items: [], allowed: true, kinds: [] }),
          listStops: async () => ({ items: [], mayControl: false }),
        } as unknown as CiMedicApi,
      ],
      [
        permissionApiRef,
        { authorize: async () => ({ result: 'DENY' }) } as any,
      ],
    ],
  });
}

describe('the plugin in the new frontend system', () => {
  it('leads from a run to its incident and from there to a run', async () => {
    renderPage('acme/shop', '/ci-health');
    await userEvent.click(await screen.findByText('Apply a discount once'));
    await userEvent.click(await screen.findByText('Incident of this failure'));
    expect(
      await screen.findByText('No matching version found for left-pad@9'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getAllByText('Run 41')[0]);
    expect(
      await screen.findByRole('heading', { name: '#41 Apply a discount once' }),
    ).toBeInTheDocument();
  });

  it('leads from the number of open incidents to them', async () => {
    renderPage('acme/shop', '/ci-health');
    await userEvent.click(await screen.findByText('1 open incident'));
    expect(await screen.findByText('No open incidents')).toBeInTheDocument();
  });

  it('says that an annotation is malformed', async () => {
    renderPage('https://github.com/acme/shop', '/incidents');
    expect(
      await screen.findByText(
        'The annotation github.com/project-slug is malformed',
      ),
    ).toBeInTheDocument();
  });

  it('has nothing to say about an entity that is built nowhere', async () => {
    renderPage(undefined, '');
    expect(
      await screen.findByRole('heading', { name: 'shop' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('CI health')).toBeNull();
  });
});
