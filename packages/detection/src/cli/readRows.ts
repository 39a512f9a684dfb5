import { closeSync, openSync, readSync } from 'fs';
import { StringDecoder } from 'string_decoder';
import { DetectionInputError } from '../DetectionInputError';

const chunk = 1 << 20;

/** Reads the objects of a JSONL file one by one; the file may be larger than memory. */
export function* readRows<T>(path: string): Generator<T> {
  const file = path === '-' ? 0 : openSync(path, 'r');
  const buffer = Buffer.alloc(chunk);
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let number = 0;
  const parse = (line: string): T => {
    number++;
    try {
      return JSON.parse(line);
    } catch {
      throw new DetectionInputError(`${path}, line ${number} is not JSON`);
    }
  };
  try {
    for (;;) {
      const length = readSync(file, buffer, 0, chunk, null);
      rest +=
        length > 0 ? decoder.write(buffer.subarray(0, length)) : decoder.end();
      const lines = rest.split('\n');
      rest = length > 0 ? lines.pop()! : '';
      for (const line of lines) {
        if (line.trim() !== '') {
          yield parse(line);
        }
      }
      if (length === 0) {
        return;
      }
    }
  } finally {
    if (file !== 0) {
      closeSync(file);
    }
  }
}

/** A time as rows give it: milliseconds since 1970, or text that `Date` reads. */
export function timeOf(at: unknown): number {
  return typeof at === 'number' ? at : Date.parse(String(at));
}
