import { Format } from '../types';

/** Nothing that is looked for is on a longer line. */
const LONGEST_LINE = 16_384;

/** Reads a format of lines. `read` gets each without its end, cut where it is too long. */
export function readLines(
  read: (add: Parameters<Format>[0]) => (line: string) => void,
): Format {
  return add => {
    const take = read(add);
    let rest = '';
    return {
      write(text) {
        const lines = text.split('\n');
        const last = lines.pop()!;
        for (const line of lines) {
          take((rest + line).slice(0, LONGEST_LINE).replace(/\r$/, ''));
          rest = '';
        }
        rest = (rest + last).slice(0, LONGEST_LINE);
      },
      end() {
        if (rest) {
          take(rest);
        }
      },
    };
  };
}
