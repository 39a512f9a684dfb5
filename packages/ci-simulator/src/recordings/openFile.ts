import { open } from 'fs/promises';
import { pipeline, Readable, Transform } from 'stream';
import { createGunzip } from 'zlib';

/** Opens a file for reading, unpacked when its name ends in `.gz`. */
export async function openFile(
  path: string,
  options: { unpack?: boolean } = {},
): Promise<Readable> {
  const file = await open(path);
  const stream = file.createReadStream({ highWaterMark: 256 * 1024 });
  return path.endsWith('.gz') && options.unpack !== false
    ? flow(stream, createGunzip())
    : stream;
}

/** Leads a stream through another; an error of one is an error of the other. */
export function flow(source: Readable, target: Transform): Readable {
  pipeline(source, target, () => {});
  return target;
}
