import { Readable } from 'stream';
import { constants, crc32, deflateRawSync } from 'zlib';
import { RawZipEntry, writeZip } from './writeZip';

const BLOCK = 16 * 2 ** 20;
const ENTRY = 2 ** 30;

/**
 * A small archive that expands to that many bytes, in files of 1 GiB. One
 * deflated block is repeated, so that making it takes next to nothing.
 *
 * @param options - `name`: of the files, a number and `.xml` or `.txt` are added
 */
export function zipBomb(options: { bytes: number; name: string }): Readable {
  const entries: RawZipEntry[] = [];
  const plain = Buffer.alloc(BLOCK, ' ');
  const block = deflateRawSync(plain, { finishFlush: constants.Z_FULL_FLUSH });
  // An empty last block, for the repeated one is not marked as the last.
  const end = deflateRawSync(Buffer.alloc(0));
  let done = 0;
  const checksums = new Map<number, number>();
  while (done < options.bytes) {
    const blocks = Math.ceil(Math.min(ENTRY, options.bytes - done) / BLOCK);
    const crc = checksums.get(blocks) ?? checksum(plain, blocks);
    checksums.set(blocks, crc);
    entries.push({
      name: Buffer.from(options.name.replace('*', String(entries.length + 1))),
      crc,
      method: 8,
      compressedSize: blocks * block.length + end.length,
      size: blocks * BLOCK,
      data: function* data() {
        for (let index = 0; index < blocks; index++) {
          yield block;
        }
        yield end;
      },
    });
    done += blocks * BLOCK;
  }
  return writeZip(entries);
}

/** An archive with files that want to go elsewhere, and one honest report. */
export function pathTricks(): Readable {
  const report =
    '<testsuite name="honest" tests="1"><testcase classname="a" name="b"/></testsuite>';
  const names: Array<Buffer | string> = [
    'TEST-honest.xml',
    '../../../../tmp/escaped.xml',
    '/tmp/absolute.xml',
    '..\\..\\escaped.xml',
    'C:\\windows\\escaped.xml',
    'inside/../../escaped.xml',
    'NUL\u0000.xml',
    'TEST-honest.xml',
    `${'long/'.repeat(2000)}TEST.xml`,
    Buffer.from([0x54, 0xff, 0xfe, 0xc0, 0x2e, 0x78, 0x6d, 0x6c]),
    'link/escaped.xml',
  ];
  const link = stored('link', '/etc/passwd', 0o120777);
  return writeZip([...names.map(name => stored(name, report)), link]);
}

function stored(
  name: Buffer | string,
  text: string,
  mode?: number,
): RawZipEntry {
  const content = Buffer.from(text);
  return {
    name: Buffer.from(name as string),
    crc: crc32(content),
    method: 0,
    compressedSize: content.length,
    size: content.length,
    mode,
    data: () => [content],
  };
}

function checksum(block: Buffer, times: number): number {
  let crc = 0;
  for (let index = 0; index < times; index++) {
    crc = crc32(block, crc);
  }
  return crc;
}
