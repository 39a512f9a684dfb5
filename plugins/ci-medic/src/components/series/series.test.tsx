import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  demoAnomalies,
  demoPreview,
  demoSeries,
  demoSeriesList,
  demoSettings,
  demoTestHistory,
  demoTests,
} from '../../../dev/demo/demoSeries';
import { renderHealth } from '../health/__testUtils__/renderHealth';

jest.setTimeout(60_000);

const HOME = '/shop/ci-health';
/** The library of charts is loaded when it is needed. */
const LOADING = { timeout: 30_000 };

describe('series and tests', () => {
  it('says in the overview what is unusual, confirmed changes first', async () => {
    renderHealth({
      listAnomalies: async () => ({
        items: [...demoAnomalies].reverse(),
        isReadingHistory: false,
      }),
    });
    const section = await screen.findByRole('region', {
      name: 'What is unusual',
    });
    const items = await within(section).findAllByRole('listitem');
    expect(items[0]).toHaveTextContent('Confirmed');
    expect(items[0]).toHaveTextContent('moved from 6m12s to 8m40s');
    expect(items[0]).toHaveTextContent(
      /Began with 99% between run 149 and run 151 \(commits [0-9a-f]{8} to [0-9a-f]{8}\)/,
    );
  });

  it('does not say that nothing is unusual before the history was looked at', async () => {
    let isReadingHistory = true;
    const { signal } = renderHealth({
      listAnomalies: async () => ({ items: [], isReadingHistory }),
    });
    const section = await screen.findByRole('region', {
      name: 'What is unusual',
    });
    expect(
      await within(section).findByText(/^Older runs are still being read/),
    ).toBeVisible();
    isReadingHistory = false;
    act(() => signal({}));
    expect(
      await within(section).findByText(/^Nothing is unusual at this moment/),
    ).toBeVisible();
  });

  it('shows a series as a picture with words, with its anomalies, and in figures', async () => {
    const asked: object[] = [];
    renderHealth(
      {
        listSeries: async () => ({ items: demoSeriesList }),
        getSeries: async query => {
          asked.push(query);
          return demoSeries(query.subjectId, query.metric);
        },
      },
      { address: `${HOME}/series/build/duration?days=30` },
    );
    expect(
      await screen.findByRole(
        'img',
        {
          name: /^CI \/ build: Duration: 240 points .* 1 confirmed change/,
        },
        LOADING,
      ),
    ).toBeInTheDocument();
    expect(asked[0]).toMatchObject({
      ...{ subjectId: 'build', metric: 'duration', days: 30 },
    });
    expect(
      screen.getByText('Nobody was told: It is a single run'),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'The same in figures' }),
    );
    const row = screen.getByRole('row', { name: /^.* 150 .*8 min, /s });
    expect(row).toHaveTextContent('moved from 6m12s to 8m40s');

    await userEvent.click(screen.getByRole('button', { name: /Figure/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Failures' }));
    expect(
      await screen.findByRole('img', { name: /Failures: 240 points/ }, LOADING),
    ).toBeInTheDocument();
    expect(screen.getByLabelText('address')).toHaveTextContent(
      `${HOME}/series/build/failure?days=30`,
    );
  });

  it('shows how far series are being built, and lets those who may start it', async () => {
    const build = {
      ...{ state: 'running' as const, done: 40, total: 100 },
      requestedAt: '2026-11-25T10:00:00.000Z',
    };
    const startSeriesBuild = jest.fn(async () => build);
    let current: { build?: typeof build } = {};
    renderHealth(
      {
        listSeries: async () => ({ items: [] }),
        getSeriesBuild: async () => current,
        startSeriesBuild,
      },
      { address: `${HOME}/series` },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Build anew' }),
    );
    expect(startSeriesBuild).toHaveBeenCalled();
    current = { build };
    expect(
      await screen.findByText('Nothing has been measured yet'),
    ).toBeInTheDocument();
  });

  it('does not call tests reliable of which nothing is known, or that were not asked for', async () => {
    renderHealth(
      { listTestReliability: async () => ({ items: [] }) },
      { address: `${HOME}/tests` },
    );
    expect(
      await screen.findByText(/without test reports nothing is known/),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /Verdict/ }));
    await userEvent.click(screen.getByRole('option', { name: 'Broken' }));
    expect(await screen.findByText('No test has this verdict')).toBeVisible();
    expect(screen.queryByText(/seen to be unreliable/)).toBeNull();
  });

  it('lists tests with their rate and basis, and leads to the history of one', async () => {
    renderHealth(
      {
        listTestReliability: async () => ({ items: demoTests }),
        getTestHistory: async ({ testId }) => demoTestHistory(testId),
      },
      { address: `${HOME}/tests` },
    );
    const row = await screen.findByRole('row', { name: /keeps the cart/ });
    expect(row).toHaveTextContent('Flaky');
    expect(row).toHaveTextContent('1.9%');
    expect(row).toHaveTextContent('0.7% to 4.4%, n = 212 commits');
    expect(row).toHaveTextContent('38.4 min of reruns');
    expect(screen.getByText(/^0% to 3\.6%, n = 45 commits$/)).toBeVisible();
    await userEvent.click(within(row).getByRole('link'));
    expect(
      await screen.findByRole('img', {
        name: /^\d+ executions, oldest first: \d+ passed, 3 failed/,
      }),
    ).toBeInTheDocument();
    expect(screen.getAllByText('Error: socket hang up').length).toBeGreaterThan(
      0,
    );
    expect(
      screen.getByRole('link', { name: 'How long it takes, over time' }),
    ).toHaveAttribute('href', `${HOME}/series/build/duration`);
  });

  it('previews a setting before it is saved', async () => {
    const saveAnomalySetting = jest.fn(async () => demoSettings);
    renderHealth(
      {
        getAnomalySettings: async () => demoSettings,
        previewAnomalySetting: async ({ setting }) => demoPreview(setting),
        saveAnomalySetting,
      },
      { address: `${HOME}/anomaly-settings` },
    );
    const group = await screen.findByRole('group', { name: 'Duration' });
    const field = within(group).getByRole('textbox', {
      name: 'Smallest change, %',
    });
    await userEvent.clear(field);
    await userEvent.type(field, '100{Tab}');
    await userEvent.click(
      within(group).getByRole('button', { name: 'What would it have shown?' }),
    );
    expect(
      await within(group).findByText(/would have shown 1 anomaly/),
    ).toHaveTextContent(
      '(now: 2 shown, 1 told), in 8 series with 1920 points.',
    );
    await userEvent.click(within(group).getByRole('button', { name: 'Save' }));
    expect(saveAnomalySetting).toHaveBeenCalledWith({
      entityRef: 'component:default/shop',
      setting: {
        ...{ metric: 'duration', mode: 'tell' },
        ...{ leastChange: 1, certainty: 'normal' },
      },
    });
  });
});
