import {
  NotAllowedError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Health, RunQuery } from '@ci-medic/plugin-ci-medic-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import { DateTime } from 'luxon';
import userEvent from '@testing-library/user-event';
import { figuresOf, periodOf } from './__fixtures__/figuresOf';
import { runSummaryOf } from './__fixtures__/runSummaryOf';
import { renderHealth } from './__testUtils__/renderHealth';

const address = () => screen.getByLabelText('address');

const noRuns = { items: [] };

describe('HealthOverview', () => {
  it('shows figures with their basis, their past and their course in words', async () => {
    renderHealth({});
    expect(
      await screen.findByText(/40 completed runs since/),
    ).toHaveTextContent(
      /Mar 15, 2026.* · 10 of them failed · cancelled and skipped runs are not counted · No open incident$/,
    );

    const rate = within(screen.getByRole('group', { name: 'Success rate' }));
    expect(rate.getByText('75%')).toBeInTheDocument();
    expect(
      rate.getByText('95% interval 73% to 77%, n = 40'),
    ).toBeInTheDocument();
    expect(
      rate.getByText(
        '15 points lower than in the 14 days before (90%, n = 50)',
      ),
    ).toBeInTheDocument();
    expect(rate.getByRole('img')).toHaveAccessibleName(
      'Success rate by day from Mar 15, 2026 to Mar 17, 2026. Lowest 60% on Mar 15, 2026, highest 90% on Mar 17, 2026, last 90% on Mar 17, 2026. 1 day has none.',
    );

    const duration = within(screen.getByRole('group', { name: 'Duration' }));
    expect(duration.getByText('6 min')).toBeInTheDocument();
    expect(
      duration.getByText('90th percentile 12 min, n = 40'),
    ).toBeInTheDocument();
    expect(
      duration.getByText(
        '50% longer than in the 14 days before (4 min, n = 50)',
      ),
    ).toBeInTheDocument();

    const queue = within(screen.getByRole('group', { name: 'Queue time' }));
    expect(
      queue.getByText('As in the 14 days before (8 sec, n = 50)'),
    ).toBeInTheDocument();

    await userEvent.click(screen.getByText('Figures by day'));
    const rows = screen.getAllByRole('row', { name: /^Mar 1[567]/ });
    expect(rows.map(row => row.textContent)).toEqual([
      'Mar 17, 202620290%5 min8 sec',
      'Mar 16, 202600–––',
      'Mar 15, 202620860%7 min8 sec',
    ]);
  });

  it('says when a difference may be chance and when there is nothing to compare with', async () => {
    const current = periodOf(15, 29, { runs: 40, failed: 10, minutes: 6 });
    renderHealth({
      getHealth: async () =>
        figuresOf({
          current,
          previous: {
            ...periodOf(1, 15, { runs: 0, failed: 0, minutes: 0 }),
            successRate: { value: 0.8, low: 0.6, high: 0.9, n: 12 },
          },
        }),
    });
    expect(
      await screen.findByText(
        /^5 points lower .* The intervals overlap: this may be chance\.$/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getAllByText('Nothing in the 14 days before to compare with'),
    ).toHaveLength(2);
  });

  it('lists runs with their attempts and leads to one', async () => {
    renderHealth(
      {
        getRun: () => new Promise(() => {}),
        listRuns: async () => ({
          items: [
            runSummaryOf(),
            runSummaryOf({
              id: 'run-2',
              number: undefined,
              title: undefined,
              branch: undefined,
              status: 'in_progress',
              conclusion: undefined,
              durationMs: undefined,
              queueMs: undefined,
              failedJobs: 0,
              isFork: true,
              attempts: [{ attempt: 1, status: 'in_progress' }],
            }),
          ],
        }),
      },
      { address: '/shop/ci-health?days=30' },
    );
    const title = await screen.findByText('Apply a discount once');
    const row = within(title.closest<HTMLElement>('[role="row"]')!);
    expect(row.getByRole('rowheader')).toHaveTextContent(
      '#41 Apply a discount oncepush by octocat',
    );
    const cells = row.getAllByRole('gridcell').map(cell => cell.textContent);
    expect(cells.slice(0, 6)).toEqual([
      'failed1 failed job',
      'CI',
      'main01234567',
      '2Attempt 1: timed outAttempt 2: failed',
      '1 min, 23 sec',
      '10 sec',
    ]);
    expect(
      screen.getByText('running').closest('[role="row"]'),
    ).toHaveTextContent(
      /^runningCIpush by octocat, from a forkCIno branch012345671––/,
    );

    await userEvent.click(title);
    expect(address()).toHaveTextContent('/shop/ci-health/runs/run-1?days=30');
  });

  it('keeps its filters in the address and asks by them', async () => {
    const getHealth = jest.fn(async () => figuresOf());
    const listRuns = jest.fn(async (_: RunQuery) => noRuns);
    renderHealth(
      { getHealth, listRuns },
      { address: '/shop/ci-health?branch=gone&days=30&outcome=nonsense' },
    );
    await screen.findByText('No run matches these filters');
    expect(getHealth).toHaveBeenLastCalledWith(
      {
        entityRef: 'component:default/shop',
        branch: 'gone',
        days: 30,
        timeZone: DateTime.local().zoneName,
      },
      expect.anything(),
    );
    expect(listRuns.mock.lastCall![0]).toEqual({
      entityRef: 'component:default/shop',
      branch: 'gone',
      limit: 20,
    });

    await userEvent.click(screen.getByText('Clear filters'));
    await screen.findByText('No runs yet');
    await userEvent.click(screen.getByRole('button', { name: /Window/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Last 90 days' }));
    await userEvent.click(screen.getByRole('button', { name: /Pipeline/ }));
    await userEvent.click(screen.getByRole('option', { name: 'CI' }));
    await userEvent.click(screen.getByRole('button', { name: /All runs/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Failed' }));
    await waitFor(() =>
      expect(listRuns.mock.lastCall![0]).toEqual({
        entityRef: 'component:default/shop',
        pipeline: 'CI',
        outcome: 'failed',
        limit: 20,
      }),
    );
    expect(getHealth).toHaveBeenLastCalledWith(
      expect.objectContaining({ pipeline: 'CI', days: 90 }),
      expect.anything(),
    );
    expect(address()).toHaveTextContent(
      /\?outcome=failed&days=90&pipeline=CI$|\?days=90&outcome=failed&pipeline=CI$|\?days=90&pipeline=CI&outcome=failed$/,
    );
  });

  it('pages through runs by cursor', async () => {
    const listRuns = jest.fn(async ({ cursor }: RunQuery) =>
      cursor
        ? { items: [runSummaryOf({ title: 'Second' })], totalItems: 21 }
        : {
            items: [runSummaryOf({ title: 'First' })],
            nextCursor: 'after-1',
            totalItems: 21,
          },
    );
    renderHealth({ listRuns });
    await screen.findByText('First');
    await userEvent.click(screen.getByText('Next page'));
    await screen.findByText('Second');
    expect(listRuns.mock.lastCall![0].cursor).toBe('after-1');
    expect(screen.getByText('Page 2, 21 in all')).toBeInTheDocument();
    await userEvent.click(screen.getByText('Previous page'));
    expect(await screen.findByText('First')).toBeInTheDocument();
  });

  it('says that it loads, and that there is nothing yet', async () => {
    let answer: (health: Health) => void = () => {};
    renderHealth({
      getHealth: () => new Promise(resolve => (answer = resolve)),
      listRuns: async () => noRuns,
    });
    expect(await screen.findByText('Loading')).toBeInTheDocument();
    const empty = periodOf(1, 15, { runs: 0, failed: 0, minutes: 0 });
    act(() => answer(figuresOf({ current: empty, days: [empty] })));
    expect(
      await screen.findByText(/^No completed run since/),
    ).toBeInTheDocument();
    expect(screen.getAllByText('No figure')).toHaveLength(3);
    expect(
      screen.getByRole('img', {
        name: 'Queue time by day: no day has a figure.',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('No runs yet')).toBeInTheDocument();
  });

  it('says once what one may not see, and offers nothing', async () => {
    const fail = async () => {
      throw new NotAllowedError('no');
    };
    renderHealth({ getHealth: fail, listRuns: fail });
    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
    expect(screen.queryByRole('heading', { name: 'Runs' })).toBeNull();
    expect(screen.queryByText('Try again')).toBeNull();
    expect(screen.queryByText('Read history')).toBeNull();
  });

  it('understands the errors of the API, and tries again', async () => {
    const refuse = async () => {
      throw await ResponseError.fromResponse(
        new Response(
          JSON.stringify({
            error: {
              name: 'InputError',
              message: 'ci-medic.io/paths has an unclosed bracket',
            },
            response: { statusCode: 400 },
          }),
          { status: 400, headers: { 'content-type': 'application/json' } },
        ),
      );
    };
    const getHealth = jest.fn(async () => figuresOf());
    getHealth.mockImplementationOnce(refuse);
    renderHealth({ getHealth });
    expect(
      await screen.findByText('The annotations of this entity are malformed'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('ci-medic.io/paths has an unclosed bracket'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByText('Try again'));
    expect(await screen.findByText('75%')).toBeInTheDocument();
  });

  it('keeps what it has when a signal leads to an error', async () => {
    const getHealth = jest.fn(async () => figuresOf());
    const { signal } = renderHealth({ getHealth });
    await screen.findByText('75%');
    getHealth.mockRejectedValueOnce(new ServiceUnavailableError('away'));
    act(() => signal({ ids: ['run-9'] }));
    expect(
      await screen.findByText('This is the last known state: away'),
    ).toBeInTheDocument();
    expect(screen.getByText('75%')).toBeInTheDocument();
    await userEvent.click(screen.getByText('Try again'));
    await waitFor(() =>
      expect(screen.queryByText(/last known state/)).toBeNull(),
    );
  });
});
