import { Readable } from 'stream';
import { Entry, open, ZipFile } from 'yauzl';
import { ArchiveEntry, ArchiveFile } from './ArchiveFile';

/** A zip archive, as GitHub serves the logs of a run. */
export class ZipArchiveFile implements ArchiveFile {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  static create(path: string): ZipArchiveFile {
    return new ZipArchiveFile(path);
  }

  async forEach(
    read: (entry: ArchiveEntry, content: Readable) => Promise<void>,
  ): Promise<void> {
    const zip = await openZip(this.#path);
    try {
      for await (const entry of entriesOf(zip)) {
        const content = entry.fileName.endsWith('/')
          ? Readable.from([])
          : await openEntry(zip, entry);
        await read(describe(entry), content);
      }
    } finally {
      zip.close();
    }
  }

  async open(name: string): Promise<Readable> {
    const zip = await openZip(this.#path);
    for await (const entry of entriesOf(zip)) {
      if (entry.fileName === name) {
        const content = await openEntry(zip, entry);
        content.once('close', () => zip.close());
        return content;
      }
    }
    zip.close();
    throw new Error(`There is no ${name} in ${this.#path}`);
  }
}

function describe(entry: Entry): ArchiveEntry {
  return { name: entry.fileName, size: entry.uncompressedSize };
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) =>
      error ? reject(error) : resolve(stream),
    );
  });
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | undefined>((resolve, reject) => {
      const settle = (found?: Entry | Error) => {
        zip.off('entry', settle).off('end', settle).off('error', settle);
        if (found instanceof Error) {
          reject(found);
        } else {
          resolve(found);
        }
      };
      zip.on('entry', settle).on('end', settle).on('error', settle);
      zip.readEntry();
    });
    if (!entry) {
      return;
    }
    yield entry;
  }
}
