import '@testing-library/jest-dom';
import { NotAllowedError } from '@backstage/errors';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { CiMedicApi } from '@ci-medic/plugin-ci-medic-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { ciMedicApiRef } from '../../api';
import { logOf } from './__fixtures__/logOf';
import { LogViewer } from './LogViewer';

function Address() {
  const { pathname, search, hash } = useLocation();
  return <output aria-label="address">{`${pathname}${search}${hash}`}</output>;
}

function renderLog(getLog: CiMedicApi['getLog'], address = '/log') {
  return renderInTestApp(
    <>
      <LogViewer jobId="job-1" />
      <Address />
    </>,
    {
      apis: [[ciMedicApiRef, { getLog } as CiMedicApi]],
      initialRouteEntries: [address],
    },
  );
}

const row = (text: string | RegExp) => screen.getByText(text).closest('tr')!;

describe('LogViewer', () => {
  it('shows a log of a million lines a page at a time and never holds more than its window', async () => {
    const getLog = logOf(1_000_000);
    renderLog(getLog);

    expect(await screen.findByText('Line 1 of the log')).toBeInTheDocument();
    expect(screen.queryByText('Line 501 of the log')).not.toBeInTheDocument();
    expect(screen.queryByText('Show earlier lines')).not.toBeInTheDocument();
    for (const first of [501, 1001, 1501, 2001]) {
      await userEvent.click(screen.getByText('Show later lines'));
      await screen.findByText(`Line ${first} of the log`);
    }
    expect(screen.queryByText('Line 500 of the log')).not.toBeInTheDocument();
    expect(document.querySelectorAll('[data-line]')).toHaveLength(2_000);

    await userEvent.click(screen.getByText('Show earlier lines'));
    expect(await screen.findByText('Line 1 of the log')).toBeInTheDocument();
    expect(document.querySelectorAll('[data-line]')).toHaveLength(2_000);
    expect(getLog).toHaveBeenLastCalledWith(
      { jobId: 'job-1', from: 1, limit: 500 },
      expect.anything(),
    );
  });

  it('begins at the line of the address and jumps to any other', async () => {
    const getLog = logOf(1_000_000);
    renderLog(getLog, '/log?tab=x#L700000');

    expect(await screen.findByText('Line 700000 of the log')).toBeVisible();
    await waitFor(() =>
      expect(row('Line 700000 of the log')).toHaveAttribute('aria-current'),
    );

    await userEvent.type(screen.getByLabelText('Line number'), '1234');
    await userEvent.click(screen.getByText('Go to line'));
    await screen.findByText('Line 1234 of the log');
    expect(row('Line 1234 of the log')).toHaveAttribute('aria-current');

    await userEvent.click(screen.getByRole('link', { name: 'Line 1240' }));
    expect(screen.getByLabelText('address')).toHaveTextContent(
      '/log?tab=x#L1240',
    );
    expect(getLog).toHaveBeenCalledTimes(2);
  });

  it('goes over the gap of a log that was not stored whole, both ways', async () => {
    const omitted = { from: 501, to: 99_000 };
    renderLog(logOf(100_000, {}, omitted));
    await screen.findByText('Line 500 of the log');
    expect(screen.getByText(/between lines 501 and 99000/)).toBeVisible();
    await userEvent.click(screen.getByText('Show later lines'));
    await screen.findByText('Line 99500 of the log');
    expect(document.querySelectorAll('[data-line]')).toHaveLength(1_000);
    await userEvent.type(screen.getByLabelText('Line number'), '99600');
    await userEvent.click(screen.getByText('Go to line'));
    await screen.findByText('Line 99350 of the log');
    await userEvent.click(screen.getByText('Show earlier lines'));
    await screen.findByText('Line 99001 of the log');
    await userEvent.click(screen.getByText('Show earlier lines'));
    await screen.findByText('Line 500 of the log');
    const numbers = [...document.querySelectorAll('[data-line]')].map(line =>
      Number(line.getAttribute('data-line')),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('shows the end of the log for an address behind it', async () => {
    renderLog(logOf(700), '/log#L5000');
    await screen.findByText('Line 700 of the log');
    await waitFor(() =>
      expect(row('Line 700 of the log')).toHaveAttribute('aria-current'),
    );
  });

  it('moves from line to line by keyboard and leaves one stop for Tab', async () => {
    renderLog(logOf(3));
    const first = await screen.findByRole('link', { name: 'Line 1' });
    expect(first).toHaveAttribute('tabindex', '0');
    first.focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(screen.getByRole('link', { name: 'Line 2' })).toHaveFocus();
    await userEvent.keyboard('{End}');
    expect(screen.getByRole('link', { name: 'Line 3' })).toHaveFocus();
    await userEvent.keyboard('{Home}');
    expect(first).toHaveFocus();
    expect(document.querySelectorAll('a[tabindex="0"]')).toHaveLength(1);
  });

  it('folds groups, and opens one again for a match in it', async () => {
    const group = { step: 'Build', group: ['npm ci'] };
    renderLog(logOf(4, { 2: group, 3: { ...group, text: 'needle' } }));
    await screen.findByText('needle');

    await userEvent.click(
      screen.getByRole('button', { name: /npm ci \(2 lines\)/ }),
    );
    expect(screen.queryByText('needle')).not.toBeInTheDocument();
    expect(screen.getByText('Line 4 of the log')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /npm ci/ })).toHaveAttribute(
      'aria-expanded',
      'false',
    );

    await userEvent.type(
      screen.getByLabelText('Search the loaded lines'),
      'NEEDLE',
    );
    expect(
      await screen.findByText('1 matching line in the loaded lines'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByLabelText('Next match'));
    const match = await screen.findByText('needle');
    expect(match.tagName).toBe('MARK');
  });

  it('copies the address of a line', async () => {
    const user = userEvent.setup();
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    renderLog(logOf(3), '/log?tab=x#L2');
    await user.click(await screen.findByText('Copy link to line 2'));
    expect(await screen.findByText('Link copied')).toBeInTheDocument();
    const address = 'http://localhost/log?tab=x#L2';
    expect(writeText).toHaveBeenLastCalledWith(address);

    writeText.mockRejectedValueOnce(new Error('Not on a page without TLS'));
    await user.click(screen.getByText('Copy link to line 2'));
    expect(await screen.findByText(address)).toBeInTheDocument();
  });

  it('A13, A16: shows hostile lines as text and keeps long ones short', async () => {
    renderLog(
      logOf(4, {
        1: { text: '<script>alert(1)</script><img src=x onerror=alert(2)>' },
        2: { text: 'access\u202elevel\u0007', level: 'error' },
        3: { text: 'x'.repeat(10_000), truncatedBytes: 1_000 },
      }),
    );
    expect(
      await screen.findByText(/^<script>alert\(1\)<\/script><img/),
    ).toBeInTheDocument();
    const table = screen.getByRole('table');
    expect(table.querySelector('script, img')).toBeNull();
    expect(row('U+202E')).toHaveTextContent('2erroraccessU+202ElevelU+0007');
    for (const hidden of ['\u202e', '\u0007']) {
      expect(table.textContent).not.toContain(hidden);
    }

    expect(screen.getByText(/1000 bytes cut off/)).toBeInTheDocument();
    expect(screen.getByText('x'.repeat(4_000))).toBeInTheDocument();
    await userEvent.click(screen.getByText('show 6000 more characters'));
    expect(screen.getByText('x'.repeat(10_000))).toBeInTheDocument();
  });

  it('says that a log is empty, and asks again after an error', async () => {
    const getLog = logOf(0);
    getLog.mockRejectedValueOnce(new Error('The store is away'));
    renderLog(getLog);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The store is away');
    await userEvent.click(within(alert).getByRole('button'));
    expect(await screen.findByText('The log is empty')).toBeInTheDocument();
  });

  it('says that the log may not be seen', async () => {
    renderLog(async () => {
      throw new NotAllowedError('nope');
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /not ?allowed|permission/i,
    );
  });
});
