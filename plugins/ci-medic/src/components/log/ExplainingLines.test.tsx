import '@testing-library/jest-dom';
import { NotFoundError } from '@backstage/errors';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { CiMedicApi } from '@ci-medic/plugin-ci-medic-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ComponentProps } from 'react';
import { ciMedicApiRef } from '../../api';
import { explanationOf } from './__fixtures__/explanationOf';
import { logOf } from './__fixtures__/logOf';
import { ExplainingLines } from './ExplainingLines';

function renderLines(
  api: Partial<CiMedicApi>,
  props: Partial<ComponentProps<typeof ExplainingLines>> = {},
) {
  return renderInTestApp(<ExplainingLines jobId="job-1" {...props} />, {
    apis: [[ciMedicApiRef, api as CiMedicApi]],
  });
}

const shownLines = () =>
  [...document.querySelectorAll('[data-line]')].map(row =>
    Number(row.getAttribute('data-line')),
  );

describe('ExplainingLines', () => {
  it('shows each range with its reason, its level in words and what it was compared with', async () => {
    renderLines({ getExplanation: async () => explanationOf() });

    const table = await screen.findByRole('table', {
      name: 'Lines 100 to 102: These lines are new since the last pass.',
    });
    expect(shownLines()).toEqual([98, 99, 100, 101, 102, 103, 104]);
    const row = within(table)
      .getByText('npm error code ETARGET')
      .closest('tr')!;
    expect(row).toHaveTextContent('100errornpm error code ETARGET');
    expect(table.querySelectorAll('[data-explains]')).toHaveLength(3);
    expect(
      screen.getByText(
        /Compared with 3 passing runs of this job. It last passed/,
      ),
    ).toBeInTheDocument();
  });

  it('leads from what a tool said to the file at the commit, and never to where a log wants', async () => {
    const finding = { tool: 'typescript', kind: 'type-error', message: '' };
    renderLines({
      getExplanation: async () =>
        explanationOf({
          findings: [
            {
              ...{ ...finding, line: 100, file: 'src/cart.ts', sourceLine: 12 },
              url: 'https://github.example/acme/shop/blob/c0ffee/src/cart.ts#L12',
            },
            {
              ...{ ...finding, line: 101, file: 'src/a.ts' },
              // eslint-disable-next-line no-script-url
              url: 'javascript:alert(1)',
            },
            { ...finding, line: 900, file: 'src/elsewhere.ts' },
            {
              ...{ ...finding, tool: 'user-rule', line: 102, rule: 'licences' },
              advice: 'Restart the licence server.',
            },
          ],
        }),
    });

    expect(
      await screen.findByRole('link', { name: /src\/cart\.ts:12/ }),
    ).toHaveAttribute(
      'href',
      'https://github.example/acme/shop/blob/c0ffee/src/cart.ts#L12',
    );
    expect(screen.getByText('src/a.ts')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: /src\/a\.ts/ })).toBeNull();
    expect(screen.queryByText(/elsewhere/)).toBeNull();
    expect(screen.getByText(/Restart the licence server/)).toBeInTheDocument();
  });

  it('adds context above and below until the log ends', async () => {
    const getLog = logOf(106);
    renderLines({ getExplanation: async () => explanationOf(), getLog });

    await userEvent.click(await screen.findByText('Show 5 more lines above'));
    await screen.findByText('Line 93 of the log');
    await userEvent.click(screen.getByText('Show 2 more lines below'));
    await screen.findByText('Line 106 of the log');
    expect(shownLines()).toEqual(
      Array.from({ length: 14 }, (_, index) => 93 + index),
    );
    expect(getLog.mock.calls.map(([query]) => query)).toEqual([
      { jobId: 'job-1', from: 93, limit: 5 },
      { jobId: 'job-1', from: 105, limit: 5 },
    ]);
    expect(screen.queryByText(/more lines? below/)).not.toBeInTheDocument();
  });

  it('asks again for context that could not be read', async () => {
    const getLog = logOf(500);
    getLog.mockRejectedValueOnce(new Error('The store is away'));
    renderLines({ getExplanation: async () => explanationOf(), getLog });
    await userEvent.click(await screen.findByText('Show 5 more lines above'));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The store is away');
    await userEvent.click(within(alert).getByRole('button'));
    expect(await screen.findByText('Line 93 of the log')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says how many secrets of which kind were taken out', async () => {
    renderLines(
      { getExplanation: async () => explanationOf() },
      { log: { state: 'stored', redactions: { 'github-token': 2, jwt: 1 } } },
    );
    expect(
      await screen.findByText(
        'Secrets taken out before the log was stored: 2 × github-token, 1 × jwt',
      ),
    ).toBeInTheDocument();
  });

  it('says that the log does not explain the failure', async () => {
    renderLines({
      getExplanation: async () =>
        explanationOf({ ranges: [], comparedWith: 0 }),
    });
    expect(
      await screen.findByText('Not enough to explain the failure'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/No passing run of this job is known/),
    ).toBeInTheDocument();
  });

  it.each([
    ['expired', 'The CI system no longer has this log'],
    ['rejected', 'The log could not be read'],
    ['pending', 'The log has not been read yet'],
    ['skipped', 'Logs of this job are not read'],
  ] as const)('says why there is no log that is %s', async (state, title) => {
    const getExplanation = jest.fn();
    renderLines(
      { getExplanation },
      {
        log: { state, reason: 'Longer than 2 GiB' },
        url: 'https://ci.example/job/1',
      },
    );
    expect(await screen.findByText(title)).toBeInTheDocument();
    expect(screen.getByText('Longer than 2 GiB')).toBeInTheDocument();
    expect(getExplanation).not.toHaveBeenCalled();
    expect(screen.queryByText('Open whole log')).not.toBeInTheDocument();
    expect(
      screen.getByText('Open in the CI system').closest('a'),
    ).toHaveAttribute('href', 'https://ci.example/job/1');
  });

  it('asks again after an error', async () => {
    const getExplanation = jest
      .fn()
      .mockRejectedValueOnce(new NotFoundError('No such job'))
      .mockResolvedValueOnce(explanationOf());
    renderLines({ getExplanation });
    await userEvent.click(
      within(await screen.findByRole('alert')).getByRole('button'),
    );
    expect(
      await screen.findByText('npm error code ETARGET'),
    ).toBeInTheDocument();
  });

  it('leads to the whole log at the first explaining line, and never to a script', async () => {
    renderLines(
      { getExplanation: async () => explanationOf() },
      // eslint-disable-next-line no-script-url
      { logPath: '/incidents/1/logs/job-1', url: 'javascript:alert(1)' },
    );
    const link = await screen.findByText('Open whole log');
    expect(link.closest('a')).toHaveAttribute(
      'href',
      '/incidents/1/logs/job-1#L100',
    );
    expect(screen.queryByText('Open in the CI system')).not.toBeInTheDocument();
  });

  it('opens the whole log in place where it has no page of its own', async () => {
    renderLines({
      getExplanation: async () => explanationOf(),
      getLog: logOf(5_000),
    });
    await userEvent.click(await screen.findByText('Open whole log'));
    expect(await screen.findByText('Line 300 of the log')).toBeInTheDocument();
  });
});
