import { Readable } from 'stream';

const BLOCK_LINES = 1024;
const END = [
  '##[error]Process completed with exit code 1.',
  'Cleaning up orphan processes',
];

/** A log of about that many bytes, made while it is read. */
export function largeLog(bytes: number, at: Date = new Date()): Readable {
  const lines = Array.from(
    { length: BLOCK_LINES },
    (_, index) => `${stamp(at)} Progress (1): ${index}/${BLOCK_LINES} kB\n`,
  );
  return repeat(Buffer.from(lines.join('')), bytes, at);
}

/** A log with one line of that many bytes between ordinary ones. */
export function longLine(bytes: number, at: Date = new Date()): Readable {
  const start = Buffer.from(`${stamp(at)} ##[group]Run make\n${stamp(at)} `);
  return repeat(Buffer.alloc(64 * 1024, 'x'), bytes, at, start);
}

function repeat(
  block: Buffer,
  bytes: number,
  at: Date,
  start: Buffer = Buffer.alloc(0),
): Readable {
  const generate = function* generate() {
    yield start;
    for (let left = bytes; left > 0; left -= block.length) {
      yield left < block.length ? block.subarray(0, left) : block;
    }
    yield Buffer.from(
      `\n${END.map(line => `${stamp(at)} ${line}\n`).join('')}`,
    );
  };
  return Readable.from(generate(), { objectMode: false });
}

/** As GitHub writes it, with seven digits after the second. */
function stamp(at: Date): string {
  return at.toISOString().replace('Z', '0000Z');
}
