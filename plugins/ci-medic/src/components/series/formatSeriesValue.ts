import { SeriesUnit } from '@ci-medic/plugin-ci-medic-common';
import { formatDuration } from '../time';

const BYTES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/**
 * A value of a series as people write it, with its unit.
 */
export function formatSeriesValue(
  value: number,
  unit: { unit: SeriesUnit; unitName?: string },
  language: string,
): string {
  switch (unit.unit) {
    case 'seconds':
      return formatDuration(value * 1_000, language);
    case 'minutes':
      return formatDuration(value * 60_000, language);
    case 'bytes':
      return formatBytes(value, language);
    case 'share':
      return new Intl.NumberFormat(language, {
        style: 'percent',
        maximumSignificantDigits: 3,
      }).format(value);
    case 'currency':
      return new Intl.NumberFormat(language, {
        minimumFractionDigits: 2,
        maximumFractionDigits: 2,
      }).format(value);
    default: {
      const number = new Intl.NumberFormat(language, {
        maximumSignificantDigits: 4,
      }).format(value);
      return unit.unitName ? `${number} ${unit.unitName}` : number;
    }
  }
}

function formatBytes(bytes: number, language: string): string {
  const size = Math.max(1, Math.abs(bytes));
  const index = Math.min(Math.floor(Math.log10(size) / 3), BYTES.length - 1);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: BYTES[index],
    unitDisplay: 'short',
    maximumSignificantDigits: 3,
  }).format(bytes / 1_000 ** index);
}
