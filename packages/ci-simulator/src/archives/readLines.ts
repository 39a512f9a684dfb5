import { Readable } from 'stream';

/**
 * The lines of a stream, without their ends. What a line has beyond the limit
 * is dropped, so that a hostile line takes no memory.
 */
export async function* readLines(
  stream: Readable,
  options: { maxBytes: number },
): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let length = 0;
  const keep = (bytes: Buffer) => {
    const kept = bytes.subarray(0, options.maxBytes - length);
    if (kept.length > 0) {
      parts.push(kept);
      length += kept.length;
    }
  };
  const take = () => {
    const line = Buffer.concat(parts).toString('utf8');
    parts = [];
    length = 0;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(0x0a, start);
      if (end < 0) {
        break;
      }
      keep(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (length > 0) {
    yield take();
  }
}
