/**
 * What sentences call things.
 *
 * @public
 */
export interface Wording {
  /** What the series is: `build-api / main: duration`. `value` when missing. */
  name?: string;
  /** `seconds` and `bytes` are written as people read them, `share` as per cent; others are put behind the number. */
  unit?: 'seconds' | 'bytes' | 'share' | (string & {});
  /** What an event is called: `run`. */
  event?: string;
  /** More about an event, for brackets: its commit. */
  describe?: (seq: number) => string | undefined;
}

function formatSeconds(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 10) {
    return `${Number(seconds.toPrecision(2))} s`;
  }
  const whole = Math.round(size);
  const sign = seconds < 0 ? '-' : '';
  if (whole < 60) {
    return `${sign}${whole} s`;
  }
  if (whole < 3600) {
    return `${sign}${Math.floor(whole / 60)}m${String(whole % 60).padStart(
      2,
      '0',
    )}s`;
  }
  const minutes = Math.round(size / 60);
  return `${sign}${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(
    2,
    '0',
  )}m`;
}

function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let index = 0;
  while (Math.abs(value) >= 999.5 && index < units.length - 1) {
    value /= 1000;
    index++;
  }
  return `${Number(value.toPrecision(3))} ${units[index]}`;
}

/** A value as people write it. */
export function formatValue(value: number, unit?: string): string {
  if (unit === 'seconds') {
    return formatSeconds(value);
  }
  if (unit === 'bytes') {
    return formatBytes(value);
  }
  if (unit === 'share') {
    return `${Number((value * 100).toPrecision(3))} %`;
  }
  const rounded = Number(value.toPrecision(4));
  const text =
    Math.abs(rounded) >= 1e4 && Math.abs(rounded) < 1e15
      ? rounded.toLocaleString('en')
      : String(rounded);
  return unit ? `${text} ${unit}` : text;
}

/** A time as people write it: `2026-11-25 14:05 UTC`. */
export function formatTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** An event with what is known of it: `run 4812 (a1b2c3d, 2026-11-25 14:05 UTC)`. */
export function formatEvent(seq: number, at: number, wording: Wording): string {
  const known = [wording.describe?.(seq), formatTime(at)].filter(Boolean);
  return `${wording.event ?? 'run'} ${seq} (${known.join(', ')})`;
}
