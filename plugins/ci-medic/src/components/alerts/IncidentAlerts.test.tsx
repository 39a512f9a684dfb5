import '@testing-library/jest-dom';
import {
  Alert,
  AlertActionResult,
  CiMedicApi,
} from '@ci-medic/plugin-ci-medic-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { incidentDetailOf } from '../incidents/__fixtures__/incidents';
import { renderIncidents } from '../incidents/__testUtils__/renderIncidents';
import { alertOf, alertRoutesOf, slackPreviewOf } from './__fixtures__/alerts';

jest.setTimeout(30_000);

const ADDRESS = '/shop/incidents/incident-1';
const getIncident = async () => incidentDetailOf();
const region = async () =>
  within(await screen.findByRole('region', { name: 'Who was told' }));

describe('IncidentAlerts', () => {
  it('shows what was said to whom, why, and what did not get through', async () => {
    const items = [
      alertOf(),
      alertOf({
        id: 'alert-2',
        channelTitle: 'Slack',
        destination: '#payments',
        state: 'failed',
        reason: 'channel_not_found',
      }),
    ];
    const { signal } = renderIncidents(
      { getIncident, listAlerts: async () => ({ items }) },
      ADDRESS,
    );
    const part = await region();
    expect(await part.findByText('Sent')).toBeInTheDocument();
    expect(part.getAllByText('npm error code ETARGET')).toHaveLength(2);
    expect(part.getAllByText('payments')[0].closest('a')).toHaveAttribute(
      'href',
      expect.stringContaining('/group/payments'),
    );
    expect(part.getByText('Not sent')).toBeInTheDocument();
    expect(part.getByText(/channel_not_found/)).toBeInTheDocument();
    items[1] = { ...items[1], state: 'sent', reason: undefined };
    signal({ ids: ['incident-1'] });
    await waitFor(() => expect(part.getAllByText('Sent')).toHaveLength(2));
  });

  it('shows what a message looks like in Slack, where text stays text', async () => {
    const preview = alertOf({
      channelTitle: 'Slack',
      destination: '#payments-ci',
      state: 'preview',
      reason: 'Slack is not connected',
      preview: slackPreviewOf(),
    });
    renderIncidents(
      { getIncident, listAlerts: async () => ({ items: [preview] }) },
      ADDRESS,
    );
    const part = await region();
    expect(await part.findByText('Preview only')).toBeInTheDocument();
    expect(part.getByText(/Slack is not connected/)).toBeInTheDocument();
    const message = within(part.getByRole('article', { name: 'Message' }));
    expect(message.getByText('Open.')).toBeInTheDocument();
    expect(
      message.getByText('86 % dependency (version not found)'),
    ).toBeInTheDocument();
    // What would hide is shown by name, what would be markup is shown as it is.
    expect(message.getByText(/<!channel> \*x\*/)).toHaveTextContent('U+202E');
    expect(message.getAllByRole('link').map(link => link.getAttribute('href')))
      // Only what leads to a web page is a link.
      .toEqual(['https://github.com/acme/shop/commit/3f2a9c1']);
    expect(message.getAllByRole('listitem')).toHaveLength(2);
    expect(
      message.getByText('Next: nothing is done before an owner decides.'),
    ).toBeInTheDocument();
    expect(
      message.getByRole('button', { name: 'Open in Backstage' }),
    ).toBeDisabled();
  });

  it('says who pressed what, what was added below, and until when it is quiet', async () => {
    const alert = alertOf({
      mutedUntil: new Date(Date.now() + 3_600_000).toISOString(),
      mutedBy: 'user:default/ann',
      notes: [
        { at: '2026-03-03T10:10:00.000Z', text: 'Failed again', state: 'sent' },
        { at: '2026-03-03T10:20:00.000Z', text: 'And again', state: 'muted' },
      ],
      presses: [
        {
          ...{ at: '2026-03-03T10:30:00.000Z', kind: 'rerun', via: 'slack' },
          ...{ outcome: 'refused', message: 'Only owners may do this' },
        },
      ],
    });
    renderIncidents(
      { getIncident, listAlerts: async () => ({ items: [alert] }) },
      ADDRESS,
    );
    const part = await region();
    expect(
      await part.findByText(/Nothing new is told here until/),
    ).toHaveTextContent('user:default/ann');
    await userEvent.click(part.getByText('2 additions below it'));
    expect(part.getByText(/And again/).closest('li')).toHaveTextContent(
      '(muted)',
    );
    await userEvent.click(part.getByText('1 button pressed'));
    expect(
      part.getByText(/Only owners may do this/).closest('li'),
    ).toHaveTextContent(
      '"Rerun failed jobs" by somebody unknown in slack, refused:',
    );
  });

  it('leaves the rest of the page alone when messages cannot be read', async () => {
    let fails = true;
    renderIncidents(
      {
        getIncident,
        listAlerts: async () => {
          if (fails) {
            throw new Error('No answer');
          }
          return { items: [alertOf()] };
        },
      },
      ADDRESS,
    );
    const part = await region();
    expect(await part.findByText(/No answer/)).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 2 })).toBeInTheDocument();
    fails = false;
    await userEvent.click(part.getByRole('button', { name: /again/ }));
    expect(await part.findByText('Sent')).toBeInTheDocument();
  });
});

describe('the buttons of a message', () => {
  type Press = Parameters<CiMedicApi['pressAlertAction']>[0];

  async function setUp(answer: () => Promise<AlertActionResult>) {
    let actions: Alert['actions'] = [
      { id: 'rerun-1', kind: 'rerun' },
      { id: 'right-1', kind: 'right' },
      { id: 'wrong-1', kind: 'wrong' },
      { id: 'mute-1', kind: 'mute' },
      {
        ...{ id: 'plan-1', kind: 'approve' },
        plan: {
          ...{ title: 'Roll back', what: 'Deploys shop:1.' },
          ...{ worstCase: 'Data does not fit <b>', approvalsNeeded: 2 },
          approvals: 1,
        },
      },
    ];
    const pressed: Press[] = [];
    renderIncidents(
      {
        getIncident,
        listAlerts: async () => ({
          items: [alertOf({ preview: slackPreviewOf(), actions })],
        }),
        pressAlertAction: async press => {
          pressed.push(press);
          const result = await answer();
          actions = actions.filter(({ id }) => id !== press.actionId);
          return result;
        },
      },
      ADDRESS,
    );
    const part = await region();
    await part.findByText('Sent');
    return { part, pressed };
  }

  const done = async (): Promise<AlertActionResult> => ({
    outcome: 'done',
    message: 'The failed jobs of run 41 are run again',
  });

  it('runs jobs again after a question, says what happened, and offers it no more', async () => {
    const { part, pressed } = await setUp(done);
    await userEvent.click(
      part.getByRole('button', { name: 'Rerun failed jobs' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/done a second time/)).toBeInTheDocument();
    expect(pressed).toEqual([]);
    await userEvent.click(
      dialog.getByRole('button', { name: 'Rerun failed jobs' }),
    );
    expect(await part.findByText(/run 41 are run again/)).toBeInTheDocument();
    expect(pressed).toEqual([{ actionId: 'rerun-1', input: undefined }]);
    await waitFor(() =>
      expect(
        part.queryByRole('button', { name: 'Rerun failed jobs' }),
      ).toBeNull(),
    );
  });

  it('agrees to a plan only after its worst case was shown', async () => {
    const { part, pressed } = await setUp(async () => ({
      ...{ outcome: 'done', message: 'Roll back: approved' },
    }));
    await userEvent.click(part.getByRole('button', { name: 'Roll back…' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('Deploys shop:1.')).toBeInTheDocument();
    expect(dialog.getByText(/^Worst case/).closest('p')).toHaveTextContent(
      'Worst case: Data does not fit <b>',
    );
    expect(dialog.getByText(/1 of 2 people have agreed/)).toBeInTheDocument();
    expect(pressed).toEqual([]);
    await userEvent.click(dialog.getByRole('button', { name: 'Agree' }));
    expect(await part.findByText(/Roll back: approved/)).toBeInTheDocument();
    expect(pressed).toEqual([{ actionId: 'plan-1', input: undefined }]);
  });

  it('asks what would be right', async () => {
    const { part, pressed } = await setUp(done);
    await userEvent.click(part.getByRole('button', { name: 'Wrong…' }));
    const dialog = within(await screen.findByRole('dialog'));
    const send = dialog.getByRole('button', { name: 'Send' });
    expect(send).toBeDisabled();
    await userEvent.click(dialog.getByRole('radio', { name: 'Configuration' }));
    await userEvent.click(
      dialog.getByRole('textbox', { name: /What fixed it/ }),
    );
    await userEvent.paste('A larger disk');
    await userEvent.click(send);
    await waitFor(() =>
      expect(pressed).toEqual([
        {
          actionId: 'wrong-1',
          input: {
            ...{ category: 'configuration', fixedBy: 'A larger disk' },
            comment: undefined,
          },
        },
      ]),
    );
  });

  it('says why nothing was done', async () => {
    const { part } = await setUp(async () => ({
      outcome: 'refused',
      message: 'Only owners may do this: group:default/payments',
    }));
    await userEvent.click(part.getByRole('button', { name: 'Mute 24 h' }));
    expect(await part.findByText('Nothing was done')).toBeInTheDocument();
    expect(part.getByText(/^Only owners may do this/)).toBeInTheDocument();
  });

  it('says that the portal did not answer', async () => {
    const { part } = await setUp(async () => {
      throw new Error('Failed to fetch');
    });
    await userEvent.click(part.getByRole('button', { name: 'Right' }));
    expect(await part.findByText('Failed to fetch')).toBeInTheDocument();
  });
});

describe('AlertRulesPage', () => {
  it('says who would be told what, and why, and leads back', async () => {
    renderIncidents(
      {
        listIncidents: async () => ({ items: [] }),
        getAlertRoutes: async () =>
          alertRoutesOf({
            routes: [
              ...alertRoutesOf().routes,
              {
                ...{ channel: 'slack', channelTitle: 'Slack' },
                destination: '#all-ci',
                because: 'It is the default',
                notConnected: 'Slack is not connected',
              },
            ],
          }),
      },
      '/shop/incidents',
    );
    await userEvent.click(
      await screen.findByText('Who would be told, and why'),
    );
    const page = within(
      await screen.findByRole('region', { name: /Who is told of incidents/ }),
    );
    expect(await page.findByText(/main, master/)).toBeInTheDocument();
    expect(page.getByText(/There is one message for each cause/)).toBeVisible();
    expect(page.getByText(/Slack: nobody/)).toHaveTextContent(
      'Neither the entity nor its owner names a channel.',
    );
    expect(page.getByText('#all-ci').closest('li')).toHaveTextContent(
      'It is the default. Slack is not connected.',
    );
    await userEvent.click(screen.getByText(/All incidents/));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      /^\/shop\/incidents$/,
    );
  });

  it('says that nobody is told', async () => {
    renderIncidents(
      {
        getAlertRoutes: async () =>
          alertRoutesOf({ scope: 'none', because: 'The annotation says so' }),
      },
      '/shop/incidents/alerts',
    );
    expect(
      await screen.findByText(
        /Owners are told of no incidents. The annotation says so/,
      ),
    ).toBeVisible();
    expect(screen.queryByText(/There is one message/)).toBeNull();
  });
});
