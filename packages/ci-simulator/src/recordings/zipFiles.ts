import { Readable } from 'stream';
import { ZipFile } from 'yazl';
import { NamedContent } from '../world/model';

/**
 * Packs files into a zip archive that is made while it is read: one file after
 * the other, none held in memory.
 */
export function zipFiles(files: NamedContent[], at: number): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const addAll = async () => {
    for (const file of files) {
      const stream = await file.open();
      // Without this listener an error would end the process.
      stream.on('error', error => output.destroy(error));
      zip.addReadStream(stream, file.name, {
        mtime: new Date(at),
        mode: 0o100644,
      });
      await new Promise<void>((resolve, reject) => {
        stream.once('close', resolve);
        output.once('close', () => reject(new Error('Nobody reads any more')));
      }).catch(error => {
        stream.destroy();
        throw error;
      });
    }
    zip.end();
  };
  addAll().catch(error => output.destroy(error));
  return output;
}
