import { createReadStream } from 'fs';
import { Readable } from 'stream';
import { createGunzip } from 'zlib';
import { openArchive } from './openArchive';

const CHUNK = 1024 * 1024;

/**
 * Opens a log: a file, unpacked where its name ends with `.gz`; the logs of an archive as GitHub serves it; or standard
 * input where the path is `-`.
 */
export async function openLog(path: string): Promise<AsyncIterable<Buffer>> {
  if (path === '-') {
    return process.stdin;
  }
  if (/\.zip$/i.test(path)) {
    return openArchive(path);
  }
  const file = createReadStream(path, { highWaterMark: CHUNK });
  if (!/\.gz$/i.test(path)) {
    return file;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK });
  file.on('error', error => gunzip.destroy(error));
  return file.pipe(gunzip) as Readable;
}
