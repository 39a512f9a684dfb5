/** A share as people write it: `12 %`, `1.9 %`, `0.04 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  const size = Math.abs(percent);
  let digits = 0;
  if (size > 0 && size < 0.1) {
    digits = 2;
  } else if (size > 0 && size < 9.95) {
    digits = 1;
  }
  const text = percent.toFixed(digits);
  return `${digits && text.endsWith('.0') ? text.slice(0, -2) : text} %`;
}

/** A change as people write it: `+18 %`, `-3.5 %`. */
export function formatChange(share: number): string {
  return `${share >= 0 ? '+' : ''}${formatShare(share)}`;
}

/** A count and its noun: `1 run`, `12 runs`. */
export function formatCount(
  count: number,
  noun: string,
  plural = `${noun}s`,
): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}
