import { Readable } from 'stream';
import { finished } from 'stream/promises';
import { extract } from 'tar-stream';
import { flow, openFile } from '../recordings/openFile';
import { ArchiveEntry, ArchiveFile } from './ArchiveFile';

/**
 * A `.tar.gz`, as data sets of logs have them. To get at one file, all before
 * it are read over.
 */
export class TarArchiveFile implements ArchiveFile {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  static create(path: string): TarArchiveFile {
    return new TarArchiveFile(path);
  }

  async forEach(
    read: (entry: ArchiveEntry, content: Readable) => Promise<void>,
  ): Promise<void> {
    const entries = extract();
    const source = flow(await openFile(this.#path), entries as any);
    try {
      for await (const entry of entries) {
        const { name, size = 0 } = entry.header;
        const content = entry as unknown as Readable;
        await read({ name, size }, content);
        if (!content.destroyed) {
          content.resume();
          await finished(content);
        }
      }
    } finally {
      source.destroy();
    }
  }

  async open(name: string): Promise<Readable> {
    const entries = extract();
    const source = flow(await openFile(this.#path), entries as any);
    // Not in a loop of the language: leaving that would end the reading.
    const iterator = entries[Symbol.asyncIterator]();
    for (;;) {
      const { done, value: entry } = await iterator.next();
      if (done) {
        throw new Error(`There is no ${name} in ${this.#path}`);
      }
      const content = entry as unknown as Readable;
      if (entry.header.name === name) {
        const rest = contentOf(content, source);
        return Readable.from(rest, { objectMode: false });
      }
      content.resume();
    }
  }
}

/** The content of one entry; with its end, the reading of the archive ends. */
async function* contentOf(
  entry: Readable,
  source: Readable,
): AsyncGenerator<Buffer> {
  try {
    yield* entry;
  } finally {
    source.destroy();
  }
}
