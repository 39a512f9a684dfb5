/**
 * A share as a percentage. Shares below 1 never read as 100 %: a failure is not rounded away.
 */
export function formatPercent(share: number, locale: string): string {
  const rounded = Math.round(share * 1_000) / 1_000;
  const shown = rounded === 1 && share < 1 ? 0.999 : rounded;
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
  }).format(shown);
}
