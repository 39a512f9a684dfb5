import '@testing-library/jest-dom';
import { NotAllowedError } from '@backstage/errors';
import {
  IncidentQuery,
  Incident,
  Page,
} from '@ci-medic/plugin-ci-medic-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { incidentDetailOf, incidentOf } from './__fixtures__/incidents';
import { renderIncidents } from './__testUtils__/renderIncidents';

const listOf = (page: Page<Incident>) =>
  jest.fn(async (_query: IncidentQuery) => page);

const address = () => screen.getByLabelText('address');

describe('IncidentList', () => {
  it('lists open incidents with what they count, and opens one', async () => {
    const listIncidents = listOf({ items: [incidentOf()] });
    renderIncidents({
      listIncidents,
      getIncident: async () => incidentDetailOf(),
    });

    const title = await screen.findByText(
      'No matching version found for left-pad@9',
    );
    const row = within(title.closest<HTMLElement>('[role="row"], tr')!);
    expect(row.getByText(/^open$/i)).toBeInTheDocument();
    expect(row.getByText('7')).toBeInTheDocument();
    expect(row.getByText('on 2 branches')).toBeInTheDocument();
    expect(row.getByText('reopened once')).toBeInTheDocument();
    expect(row.getByText(/and 1 more/)).toBeInTheDocument();
    expect(listIncidents.mock.calls[0][0]).toEqual({
      entityRef: 'component:default/shop',
      state: 'open',
      limit: 20,
    });

    await userEvent.click(title);
    expect(address()).toHaveTextContent('/shop/incidents/incident-1');
    expect(await screen.findByText('Timeline')).toBeInTheDocument();
  });

  it('takes its filters from the address', async () => {
    const listIncidents = listOf({ items: [] });
    renderIncidents(
      { listIncidents },
      '/shop/incidents?state=all&branch=gone&pipeline=CI&text=left-pad',
    );
    await screen.findByText('No incident matches these filters');
    expect(listIncidents.mock.calls[0][0]).toEqual({
      entityRef: 'component:default/shop',
      branch: 'gone',
      pipeline: 'CI',
      text: 'left-pad',
      limit: 20,
    });

    await userEvent.click(screen.getByText('Clear filters'));
    await screen.findByText('No incidents');
    expect(address()).toHaveTextContent(/^\/shop\/incidents\?state=all$/);
  });

  it('puts its filters into the address and the question', async () => {
    const listIncidents = listOf({ items: [incidentOf()] });
    renderIncidents({ listIncidents });
    await screen.findByText(/left-pad@9/);

    await userEvent.click(screen.getByRole('button', { name: /State/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Resolved' }));
    await userEvent.click(screen.getByRole('button', { name: /Branch/ }));
    await userEvent.click(screen.getByRole('option', { name: 'feature/pay' }));
    await userEvent.type(screen.getByLabelText('Title contains'), 'pad');
    await waitFor(() =>
      expect(listIncidents.mock.lastCall![0]).toEqual({
        entityRef: 'component:default/shop',
        state: 'resolved',
        branch: 'feature/pay',
        text: 'pad',
        limit: 20,
      }),
    );
    expect(address()).toHaveTextContent(
      '/shop/incidents?state=resolved&branch=feature%2Fpay&text=pad',
    );

    await userEvent.click(screen.getByRole('button', { name: /Branch/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Any branch' }));
    await waitFor(() =>
      expect(listIncidents.mock.lastCall![0]).not.toHaveProperty(
        'branch',
        expect.anything(),
      ),
    );
  });

  it('pages by cursor, forth and back', async () => {
    const listIncidents = jest.fn(
      async ({ cursor }: IncidentQuery): Promise<Page<Incident>> =>
        cursor
          ? { items: [incidentOf({ id: '2', title: 'Second' })], totalItems: 2 }
          : {
              items: [incidentOf({ id: '1', title: 'First' })],
              nextCursor: 'after-1',
              totalItems: 2,
            },
    );
    renderIncidents({ listIncidents });
    await screen.findByText('First');
    expect(screen.getByText('Page 1, 2 incidents in all')).toBeInTheDocument();

    await userEvent.click(screen.getByText('Next page'));
    await screen.findByText('Second');
    expect(listIncidents.mock.lastCall![0].cursor).toBe('after-1');
    expect(screen.getByText('Next page').closest('button')).toBeDisabled();

    await userEvent.click(screen.getByText('Previous page'));
    await screen.findByText('First');
    expect(listIncidents.mock.lastCall![0].cursor).toBeUndefined();
  });

  it('asks again on a signal', async () => {
    const listIncidents = listOf({ items: [incidentOf()] });
    const { signal } = renderIncidents({ listIncidents });
    await screen.findByText(/left-pad@9/);

    listIncidents.mockResolvedValueOnce({
      items: [incidentOf({ title: 'Changed' })],
    });
    act(() => signal({ ids: ['incident-1'] }));
    expect(await screen.findByText('Changed')).toBeInTheDocument();
  });

  it('keeps what it has when asking again fails', async () => {
    const listIncidents = listOf({ items: [incidentOf()] });
    const { signal } = renderIncidents({ listIncidents });
    await screen.findByText(/left-pad@9/);
    listIncidents.mockRejectedValueOnce(new Error('The backend is away'));
    act(() => signal({ ids: ['incident-1'] }));
    expect(
      await screen.findByText(
        'This is the last known state: The backend is away',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/left-pad@9/)).toBeInTheDocument();
  });

  it('says on what basis there is none', async () => {
    renderIncidents({ listIncidents: listOf({ items: [] }) });
    expect(await screen.findByText('No open incidents')).toBeInTheDocument();
    expect(
      await screen.findByText(/12 completed runs watched since/),
    ).toBeInTheDocument();
  });

  it('shows hostile titles as text', async () => {
    const title = '<script>alert(1)</script>\u202egnp.exe';
    renderIncidents({
      listIncidents: listOf({ items: [incidentOf({ title })] }),
    });
    expect(
      await screen.findByText(/<script>alert\(1\)<\/script>/),
    ).toBeInTheDocument();
    expect(screen.getByText('U+202E')).toBeInTheDocument();
    expect(document.querySelector('td script')).toBeNull();
  });

  it('shows an error and asks again', async () => {
    const listIncidents = listOf({ items: [incidentOf()] });
    listIncidents.mockRejectedValueOnce(new Error('The backend is away'));
    renderIncidents({ listIncidents });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The backend is away');
    await userEvent.click(within(alert).getByRole('button'));
    expect(await screen.findByText(/left-pad@9/)).toBeInTheDocument();
  });

  it('says that incidents may not be seen', async () => {
    renderIncidents({
      listIncidents: async () => {
        throw new NotAllowedError('nope');
      },
    });
    expect(
      await screen.findByText(/permission|NotAllowed/),
    ).toBeInTheDocument();
  });
});
