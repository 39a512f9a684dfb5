import '@testing-library/jest-dom';
import { NotFoundError } from '@backstage/errors';
import { RunDetail } from '@ci-medic/plugin-ci-medic-common';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { logOf } from '../log/__fixtures__/logOf';
import { incidentDetailOf, incidentOf } from './__fixtures__/incidents';
import { renderIncidents } from './__testUtils__/renderIncidents';

const ADDRESS = '/shop/incidents/incident-1?state=all';

const getRun = async () =>
  ({
    jobs: [{ id: 'job-1', log: { state: 'stored', redactions: { jwt: 1 } } }],
  } as unknown as RunDetail);

describe('IncidentDetail', () => {
  it('shows the headline with its counts, the evidence, the timeline and the occurrences', async () => {
    renderIncidents(
      { getIncident: async () => incidentDetailOf(), getRun },
      ADDRESS,
    );

    expect(await screen.findByRole('heading', { level: 2 })).toHaveTextContent(
      'No matching version found for left-pad@9',
    );
    expect(
      screen.getByText(/3 occurrences in 2 runs on 2 branches since/),
    ).toBeInTheDocument();

    const evidence = within(screen.getByRole('region', { name: 'Evidence' }));
    expect(evidence.getByText('npm error code ETARGET')).toBeInTheDocument();
    expect(evidence.getByText('Line 98 of the log')).toBeInTheDocument();
    expect(await evidence.findByText(/1 × jwt/)).toBeInTheDocument();

    const timeline = within(screen.getByRole('region', { name: 'Timeline' }));
    expect(
      timeline.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      expect.stringMatching(/^Opened.*First failure of build on main$/),
      expect.stringMatching(/^Resolved.*by octocat.*build passed on main$/),
      expect.stringMatching(/^Reopened.*build failed again on main$/),
    ]);

    expect(timeline.getByText('Run 41').closest('a')).toHaveAttribute(
      'href',
      'https://ci.example/job/1',
    );

    const table = within(screen.getByRole('region', { name: 'Occurrences' }));
    expect(table.getByText('Run 43')).toBeInTheDocument();
    expect(table.getAllByText('01234567')).toHaveLength(3);
    expect(
      table.getAllByRole('link', {
        name: 'Open job build in the CI system',
      })[2],
    ).toHaveAttribute('href', 'https://ci.example/job/3');
  });

  it('offers nothing to treat where nothing failed', async () => {
    const detail = incidentDetailOf();
    renderIncidents(
      {
        getIncident: async () => ({
          ...detail,
          incident: { ...detail.incident, subject: 'figure' },
        }),
        getRun,
      },
      ADDRESS,
    );
    expect(
      await screen.findByText('Nothing failed, so there is nothing to treat.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'Evidence' }),
    ).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /Rerun/ }),
    ).not.toBeInTheDocument();
  });

  it('leads to the templates of remedies, filled in for the latest failure', async () => {
    const template = (name: string, title: string, type = 'remediation') => ({
      apiVersion: 'scaffolder.backstage.io/v1beta3',
      kind: 'Template',
      metadata: { name, title },
      spec: { type },
    });
    const templates = [
      template('ci-medic-rollback', 'Roll back'),
      template('ci-medic-canary', 'Compare the suspect with its parent'),
      template('ci-medic-follow', 'Watch a remediation'),
      template('new-service', 'A new service', 'service'),
    ];
    const { occurrences } = incidentDetailOf();
    const latest = { ...occurrences[1], at: '2027-01-01T00:00:00.000Z' };
    const open = incidentDetailOf({
      incident: incidentOf({ state: 'open' }),
      occurrences: [occurrences[0], latest, occurrences[2]],
    });
    renderIncidents(
      { getIncident: async () => open, getRun },
      ADDRESS,
      templates,
    );
    const list = within(await screen.findByRole('list', { name: /As a task/ }));
    const links = list.getAllByRole('link');
    expect(links.map(link => link.textContent)).toEqual([
      'Compare the suspect with its parent',
      'Roll back',
    ]);
    const address = new URL(links[1].getAttribute('href')!, 'http://localhost');
    expect(address.pathname).toBe(
      '/create/templates/default/ci-medic-rollback',
    );
    expect(JSON.parse(address.searchParams.get('formData')!)).toEqual({
      incidentId: 'incident-1',
      runId: latest.runId,
      attempt: latest.attempt,
    });
  });

  it('says when it counts only the occurrences that it was given', async () => {
    const incident = incidentOf({ occurrences: 900 });
    renderIncidents(
      { getIncident: async () => incidentDetailOf({ incident }), getRun },
      ADDRESS,
    );
    expect(
      await screen.findByText(/900 occurrences in at least 2 runs/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The latest 3 of 900 are shown.'),
    ).toBeInTheDocument();
  });

  it('leads to the whole log and back, and keeps the filters of the list', async () => {
    renderIncidents(
      {
        getIncident: async () => incidentDetailOf(),
        getRun,
        getLog: logOf(5_000),
        listIncidents: async () => ({ items: [] }),
      },
      ADDRESS,
    );
    await userEvent.click(await screen.findByText('Open whole log'));
    expect(await screen.findByText('Line 300 of the log')).toBeInTheDocument();
    const address = screen.getByLabelText('address');
    expect(address).toHaveTextContent(
      '/shop/incidents/incident-1/logs/job-1?state=all#L100',
    );
    await userEvent.click(screen.getByText(/Back to the incident/));
    await userEvent.click(await screen.findByText(/All incidents/));
    expect(address).toHaveTextContent(/^\/shop\/incidents\/?\?state=all$/);
    expect(await screen.findByText('No incidents')).toBeInTheDocument();
  });

  it('asks again when a signal names it, not when it names another', async () => {
    const getIncident = jest.fn(async () => incidentDetailOf());
    const { signal } = renderIncidents({ getIncident, getRun }, ADDRESS);
    await screen.findByRole('heading', { level: 2 });
    getIncident.mockResolvedValue(
      incidentDetailOf({ incident: incidentOf({ title: 'Changed' }) }),
    );
    act(() => signal({ ids: ['another'] }));
    expect(getIncident).toHaveBeenCalledTimes(1);
    act(() => signal({ ids: ['incident-1'] }));
    expect(await screen.findByText('Changed')).toBeInTheDocument();
  });

  it('says that there is no evidence', async () => {
    renderIncidents(
      {
        getIncident: async () => incidentDetailOf({ evidence: undefined }),
        getRun,
      },
      ADDRESS,
    );
    expect(await screen.findByText('No evidence to show')).toBeInTheDocument();
  });

  it('says why the log of its occurrence could not be read', async () => {
    renderIncidents(
      {
        getIncident: async () => incidentDetailOf({ evidence: undefined }),
        getRun: async () =>
          ({
            jobs: [
              {
                id: 'job-1',
                log: { state: 'expired', reason: 'After 90 days' },
              },
            ],
          } as unknown as RunDetail),
      },
      ADDRESS,
    );
    expect(await screen.findByText('After 90 days')).toBeInTheDocument();
  });

  it('says that there is no such incident', async () => {
    renderIncidents(
      {
        getIncident: async () => {
          throw new NotFoundError('No incident');
        },
      },
      ADDRESS,
    );
    expect(
      await screen.findByText('This incident does not exist'),
    ).toBeInTheDocument();
    expect(screen.getByText(/All incidents/)).toBeInTheDocument();
  });

  it('A16: shows hostile text as text', async () => {
    const text = '<img src=x onerror=alert(1)>\u2066';
    const detail = incidentDetailOf();
    detail.timeline[1].message = text;
    detail.timeline[1].actor = text;
    detail.occurrences[0].branch = text;
    detail.occurrences[0].url = 'data:text/html,<script>alert(1)</script>';
    renderIncidents({ getIncident: async () => detail, getRun }, ADDRESS);
    await screen.findByText('Run 42');
    expect(screen.getAllByText(/<img src=x/)).toHaveLength(3);
    expect(screen.getAllByText('U+2066')).toHaveLength(3);
    expect(document.querySelector('img')).toBeNull();
    expect(document.querySelector('a[href^="data:"]')).toBeNull();
  });
});
