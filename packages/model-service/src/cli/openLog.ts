import { createReadStream } from 'fs';
import { createGunzip } from 'zlib';
import { openArchive } from './openArchive';

const CHUNK = 256 * 1024;

/** Where a log is: a file, packed as its name says, or the text itself. */
export type LogSource = { path: string } | { log: string };

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

/** Opens a log from its beginning; it may be opened again. */
export function openLog(source: LogSource): AsyncIterable<Buffer> {
  if ('log' in source) {
    return once(source.log);
  }
  const { path } = source;
  if (/\.zip$/i.test(path)) {
    return openArchive(path);
  }
  const file = createReadStream(path, { highWaterMark: CHUNK });
  if (!/\.gz$/i.test(path)) {
    return file;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK });
  file.on('error', error => gunzip.destroy(error));
  return file.pipe(gunzip);
}
