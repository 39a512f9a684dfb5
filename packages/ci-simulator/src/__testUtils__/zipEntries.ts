import { Entry, fromBuffer } from 'yauzl';

/** A file in a zip archive, as the archive's directory has it. */
export type ZipEntry = { name: Buffer; size: number; mode: number };

/** What the directory of an archive says; names are not checked. */
export function zipEntries(archive: Buffer): Promise<ZipEntry[]> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, decodeStrings: false };
    fromBuffer(archive, options, (error, zip) => {
      if (error) {
        reject(error);
        return;
      }
      const entries: ZipEntry[] = [];
      zip.on('entry', (entry: Entry) => {
        entries.push({
          name: entry.fileName as unknown as Buffer,
          size: entry.uncompressedSize,
          mode: entry.externalFileAttributes >>> 16,
        });
        zip.readEntry();
      });
      zip.on('end', () => resolve(entries));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

/** The text of one file of an archive. */
export function zipText(archive: Buffer, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true }, (error, zip) => {
      if (error) {
        reject(error);
        return;
      }
      zip.on('entry', (entry: Entry) => {
        if (entry.fileName !== name) {
          zip.readEntry();
          return;
        }
        zip.openReadStream(entry, async (failure, stream) => {
          if (failure) {
            reject(failure);
            return;
          }
          const chunks: Buffer[] = [];
          for await (const chunk of stream) {
            chunks.push(chunk);
          }
          resolve(Buffer.concat(chunks).toString());
        });
      });
      zip.on('end', () => reject(new Error(`There is no ${name}`)));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}
