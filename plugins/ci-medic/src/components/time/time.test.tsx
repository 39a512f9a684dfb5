import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { formatDuration } from './formatDuration';
import { AbsoluteTime } from './AbsoluteTime';
import { RelativeTime } from './RelativeTime';

describe('formatDuration', () => {
  it.each([
    [0, '0 sec'],
    [7.4, '7 ms'],
    [999, '999 ms'],
    [1_999, '1 sec'],
    [60_000, '1 min'],
    [83_000, '1 min, 23 sec'],
    [3_600_000 + 59_000, '1 hr'],
    [3_600_000 * 25, '1 day, 1 hr'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds, 'en')).toBe(text);
  });

  it('speaks the language of the portal', () => {
    expect(formatDuration(83_000, 'de')).toBe('1 Min. und 23 Sek.');
  });
});

describe('times', () => {
  it('are relative, with the time itself in the title', async () => {
    const at = new Date(Date.now() - 7_230_000).toISOString();
    renderInTestApp(<RelativeTime at={at} />);
    const time = await screen.findByText('2 hours ago');
    expect(time).toHaveAttribute('datetime', at);
    expect(time.title).toMatch(/\d:\d\d:\d\d/);
  });

  it('take a clock that is a little ahead for now', async () => {
    renderInTestApp(
      <RelativeTime at={new Date(Date.now() + 5_000).toISOString()} />,
    );
    expect(await screen.findByText('now')).toBeInTheDocument();
  });

  it('are absolute where they are a basis', async () => {
    renderInTestApp(<AbsoluteTime at="2026-03-15T12:00:00.000Z" dateOnly />);
    expect(await screen.findByText('Mar 15, 2026')).toBeInTheDocument();
  });
});
