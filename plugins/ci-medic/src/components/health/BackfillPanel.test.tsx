import { ConflictError } from '@backstage/errors';
import { Backfill } from '@ci-medic/plugin-ci-medic-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { figuresOf } from './__fixtures__/figuresOf';
import { renderHealth } from './__testUtils__/renderHealth';

function backfillOf(change: Partial<Backfill>): Backfill {
  return {
    state: 'running',
    days: 90,
    requestedAt: '2026-03-01T10:00:00.000Z',
    runsFound: 160,
    runsStored: 40,
    ...change,
  };
}

const history = async () =>
  within(await screen.findByRole('region', { name: 'History' }));

describe('BackfillPanel', () => {
  it('starts reading as many days back as asked for', async () => {
    let backfill: Backfill | undefined;
    const startBackfill = jest.fn(async () => {
      backfill = backfillOf({ state: 'queued', runsFound: 0, runsStored: 0 });
      return backfill;
    });
    const { asked } = renderHealth({
      getHealth: async () => figuresOf({ backfill }),
      startBackfill,
    });
    await userEvent.click(
      await (await history()).findByRole('button', { name: 'Read history' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const days = dialog.getByRole('textbox', { name: 'Days back' });
    await userEvent.clear(days);
    await userEvent.type(days, '30{Tab}');
    await userEvent.click(dialog.getByText('Start reading'));
    await waitFor(() =>
      expect(startBackfill).toHaveBeenCalledWith({
        entityRef: 'component:default/shop',
        days: 30,
      }),
    );
    expect(await screen.findByText('waiting to begin')).toBeInTheDocument();
    expect(asked[0]).toMatchObject({
      permission: { name: 'ci-medic.backfill.manage' },
      resourceRef: 'component:default/shop',
    });
  });

  it('shows how far it is and why it pauses, and stops it', async () => {
    const cancelBackfill = jest.fn(async () => {
      throw new ConflictError('It has just ended');
    });
    renderHealth({
      getHealth: async () =>
        figuresOf({
          backfill: backfillOf({
            state: 'waiting',
            reason: 'The rate limit is used up',
            continuesAt: new Date(Date.now() + 600_000).toISOString(),
            reachedAt: '2026-02-14T12:00:00.000Z',
          }),
        }),
      cancelBackfill,
    });
    const panel = await history();
    expect(panel.getByText('paused')).toBeInTheDocument();
    expect(
      panel.getByText(/^40 of 160 runs stored · 90 days back · read back to/),
    ).toHaveTextContent('Feb 14, 2026');
    const progress = panel.getByRole('progressbar', { name: 'Runs stored' });
    expect(progress).toHaveAttribute('value', '40');
    expect(progress).toHaveAttribute('max', '160');
    expect(panel.getByText(/^The rate limit is used up/)).toBeInTheDocument();
    expect(panel.getByText(/goes on/)).toHaveTextContent(/in \d+ minutes/);

    await userEvent.click(await panel.findByText('Stop reading'));
    expect(cancelBackfill).toHaveBeenCalledWith({
      entityRef: 'component:default/shop',
    });
    expect(await panel.findByText('It has just ended')).toBeInTheDocument();
  });

  it('says how it ended, and offers nothing to those who may not', async () => {
    const { asked } = renderHealth(
      {
        getHealth: async () =>
          figuresOf({
            backfill: backfillOf({
              state: 'failed',
              reason: 'Bad credentials',
              finishedAt: '2026-03-02T10:00:00.000Z',
            }),
          }),
      },
      { mayBackfill: false },
    );
    const panel = await history();
    expect(panel.getByText('failed')).toBeInTheDocument();
    expect(panel.getByText('Bad credentials')).toBeInTheDocument();
    expect(panel.queryByRole('progressbar')).toBeNull();
    await waitFor(() => expect(asked).not.toHaveLength(0));
    expect(panel.queryByRole('button')).toBeNull();
  });
});
