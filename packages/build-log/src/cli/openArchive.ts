import { Entry, open, ZipFile } from 'yauzl';

const MOST_ENTRIES = 20_000;
const MOST_BYTES = 8 * 1024 ** 3;
/** Whole jobs are at the top: `3_build.txt`; their steps again below: `build/2_Run tests.txt`. */
const JOB = /^(?:-?\d+_)?[^/]{1,300}\.txt$/;
const STEP = /^[^/]{1,300}\/\d+_[^/]{1,300}\.txt$/;

function entriesOf(archive: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    archive.on('entry', (entry: Entry) => {
      entries.push(entry);
      if (entries.length > MOST_ENTRIES) {
        reject(new Error(`More than ${MOST_ENTRIES} files in the archive`));
      } else {
        archive.readEntry();
      }
    });
    archive.on('end', () => resolve(entries));
    archive.on('error', reject);
    archive.readEntry();
  });
}

/** The number in front of a name; names without one come last. */
function orderOf({ fileName }: Entry): number {
  const digits = /(?:^|\/)-?(\d+)_/.exec(fileName)?.[1];
  return digits === undefined ? Infinity : Number(digits);
}

/**
 * Reads the logs of an archive as GitHub serves it, one job after the other. Names are never used as paths, archives in
 * it are not opened, and what is unpacked is bounded.
 */
export async function* openArchive(path: string): AsyncGenerator<Buffer> {
  const archive = await new Promise<ZipFile>((resolve, reject) =>
    open(path, { autoClose: false, lazyEntries: true }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    ),
  );
  try {
    const entries = await entriesOf(archive);
    const jobs = entries.filter(({ fileName }) => JOB.test(fileName));
    const steps = entries.filter(({ fileName }) => STEP.test(fileName));
    const logs = jobs.length > 0 ? jobs : steps;
    logs.sort(
      (left, right) =>
        orderOf(left) - orderOf(right) ||
        left.fileName.localeCompare(right.fileName),
    );
    let left = MOST_BYTES;
    for (const entry of logs) {
      const stream = await new Promise<AsyncIterable<Buffer>>(
        (resolve, reject) =>
          archive.openReadStream(entry, (error, opened) =>
            error ? reject(error) : resolve(opened),
          ),
      );
      let last = 0x0a;
      for await (const chunk of stream) {
        left -= chunk.length;
        if (left < 0) {
          throw new Error('The archive is too large');
        }
        last = chunk[chunk.length - 1];
        yield chunk;
      }
      if (last !== 0x0a) {
        yield Buffer.from('\n');
      }
    }
  } finally {
    archive.close();
  }
}
