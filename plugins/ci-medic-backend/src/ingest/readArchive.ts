import { InputError } from '@backstage/errors';
import { once } from 'events';
import { Readable } from 'stream';
import { Entry, open, ZipFile } from 'yauzl';

/** How much an archive may expand to. */
export type ArchiveLimits = {
  entries: number;
  entryBytes: number;
  totalBytes: number;
};

export const defaultArchiveLimits: ArchiveLimits = {
  entries: 10_000,
  entryBytes: 64 * 1024 ** 2,
  totalBytes: 512 * 1024 ** 2,
};

/**
 * Reads the entries of a zip file one after the other, without writing any of them to disk.
 *
 * @param options.wants - whether an entry is worth reading, by its name
 * @param options.read - reads one entry to its end
 * @param options.refuse - told about an entry that is too large
 * @throws InputError when the file is not a zip file, has names that lead out of it, or breaks a limit.
 */
export async function readArchive(options: {
  path: string;
  limits?: ArchiveLimits;
  wants(name: string): boolean;
  read(name: string, stream: AsyncIterable<Buffer>): Promise<void>;
  refuse(name: string, reason: string): void;
}): Promise<void> {
  const { path, wants, read, refuse } = options;
  const { limits = defaultArchiveLimits } = options;
  const zip = await openZip(path);
  let entries = 0;
  let total = 0;
  try {
    for (;;) {
      const entry = await nextEntry(zip);
      if (!entry) {
        return;
      }
      if (++entries > limits.entries) {
        throw new InputError(
          `The archive has more than ${limits.entries} entries`,
        );
      }
      const name = entry.fileName;
      if (name.endsWith('/') || !wants(name)) {
        continue;
      }
      if (entry.uncompressedSize > limits.entryBytes) {
        refuse(name, `It expands to more than ${limits.entryBytes} bytes`);
        continue;
      }
      total += entry.uncompressedSize;
      if (total > limits.totalBytes) {
        throw new InputError(
          `The archive expands to more than ${limits.totalBytes} bytes`,
        );
      }
      const stream = await openEntry(zip, entry);
      try {
        await read(name, stream);
      } finally {
        stream.destroy();
      }
    }
  } finally {
    zip.close();
  }
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // The names are checked for paths that lead out, and the sizes for lies.
    open(
      path,
      { lazyEntries: true, autoClose: false, validateEntrySizes: true },
      (error, zip) => (error ? reject(malformed(error)) : resolve(zip!)),
    );
  });
}

async function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    const next = Promise.race([
      once(zip, 'entry', { signal }),
      once(zip, 'end', { signal }),
    ]);
    zip.readEntry();
    const [entry] = await next;
    return entry;
  } catch (error) {
    throw malformed(error as Error);
  } finally {
    settled.abort();
  }
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) =>
      error ? reject(malformed(error)) : resolve(stream!),
    );
  });
}

function malformed(error: Error): InputError {
  return new InputError(`The archive cannot be read: ${error.message}`);
}
