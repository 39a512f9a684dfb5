/** A duration in seconds as milliseconds; some writers group digits with commas. */
export function secondsToMs(seconds: string | undefined): number | undefined {
  const value = Number((seconds ?? '').replaceAll(',', '') || NaN);
  return Number.isFinite(value) && value >= 0 ? value * 1_000 : undefined;
}

/** A whole number, `undefined` for anything else. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text)
    ? Number(text)
    : undefined;
}

/** A .NET time span, such as `00:00:01.2345678`, as milliseconds. */
export function timeSpanToMs(span: string | undefined): number | undefined {
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(
    span ?? '',
  );
  if (!match) {
    return undefined;
  }
  const [, days = '0', hours, minutes, seconds] = match;
  const wholeHours = Number(days) * 24 + Number(hours);
  return ((wholeHours * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}
