const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** A duration in its largest unit, such as `1.5h`, for axes. */
export function formatShortDuration(
  milliseconds: number,
  locale: string,
): string {
  const [unit, length] =
    UNITS.find(([, one]) => milliseconds >= one) ?? UNITS[UNITS.length - 1];
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'narrow',
    maximumFractionDigits: 1,
  }).format(milliseconds / length);
}
