import { Readable } from 'stream';

/** A file for {@link writeZip}; nothing of it is checked. */
export type RawZipEntry = {
  /** Bytes, because hostile names need not be text. */
  name: Buffer;
  crc: number;
  /** 0 for stored, 8 for deflated. */
  method: 0 | 8;
  compressedSize: number;
  size: number;
  /** Unix mode, e.g. `0o120777` for a symbolic link. */
  mode?: number;
  data: () => Iterable<Buffer>;
};

const VERSION = 20;
const UNIX = 3 * 256;
const UTF8 = 0x800;

/**
 * Writes a zip archive that no honest tool would write: names and sizes go in
 * as they are. Layout after PKWARE's APPNOTE.TXT, sections 4.3.7 to 4.3.16.
 */
export function writeZip(entries: RawZipEntry[]): Readable {
  const generate = function* generate() {
    const directory: Buffer[] = [];
    let offset = 0;
    for (const entry of entries) {
      const header = localHeader(entry);
      directory.push(directoryHeader(entry, offset));
      yield header;
      yield* entry.data();
      offset += header.length + entry.compressedSize;
    }
    const index = Buffer.concat(directory);
    yield index;
    yield endOfDirectory(entries.length, index.length, offset);
  };
  return Readable.from(generate(), { objectMode: false });
}

function common(entry: RawZipEntry): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8, 2);
  fields.writeUInt16LE(entry.method, 4);
  fields.writeUInt16LE(0x21, 8); // 1 January 1980
  fields.writeUInt32LE(entry.crc, 10);
  fields.writeUInt32LE(entry.compressedSize, 14);
  fields.writeUInt32LE(entry.size, 18);
  fields.writeUInt16LE(entry.name.length, 22);
  return fields;
}

function localHeader(entry: RawZipEntry): Buffer {
  return Buffer.concat([signature(0x04034b50), common(entry), entry.name]);
}

function directoryHeader(entry: RawZipEntry, offset: number): Buffer {
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(UNIX + VERSION);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((entry.mode ?? 0o100644) * 0x10000, 6);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([
    signature(0x02014b50),
    madeBy,
    common(entry),
    rest,
    entry.name,
  ]);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const fields = Buffer.alloc(18);
  fields.writeUInt16LE(count, 4);
  fields.writeUInt16LE(count, 6);
  fields.writeUInt32LE(size, 8);
  fields.writeUInt32LE(offset, 12);
  return Buffer.concat([signature(0x06054b50), fields]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
