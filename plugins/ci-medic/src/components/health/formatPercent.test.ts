import { formatPercent } from './formatPercent';

describe('formatPercent', () => {
  it.each([
    [0, '0%'],
    [0.333, '33.3%'],
    [0.9996, '99.9%'],
    [1, '100%'],
    [1.5, '150%'],
  ])('%d is %s', (share, text) => {
    expect(formatPercent(share, 'en')).toBe(text);
  });
});
