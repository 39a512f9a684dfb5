import { Entry, open, ZipFile } from 'yauzl';

const MOST_ENTRIES = 20_000;
const MOST_BYTES = 1024 ** 3;
/** Logs of whole jobs stand at the top of an archive: `3_build.txt`. */
const JOB = /^(?:-?\d+_)?[^/]{1,300}\.txt$/;

function openFile(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) =>
    open(path, { autoClose: false, lazyEntries: true }, (error, archive) =>
      error ? reject(error) : resolve(archive),
    ),
  );
}

function jobsOf(archive: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const jobs: Entry[] = [];
    let count = 0;
    archive.on('error', reject);
    archive.on('end', () => resolve(jobs));
    archive.on('entry', (entry: Entry) => {
      count += 1;
      if (count > MOST_ENTRIES) {
        reject(new Error(`More than ${MOST_ENTRIES} files in the archive`));
        return;
      }
      if (JOB.test(entry.fileName)) {
        jobs.push(entry);
      }
      archive.readEntry();
    });
    archive.readEntry();
  });
}

function streamOf(archive: ZipFile, entry: Entry) {
  return new Promise<AsyncIterable<Buffer>>((resolve, reject) =>
    archive.openReadStream(entry, (error, stream) =>
      error ? reject(error) : resolve(stream),
    ),
  );
}

/** Reads the logs of the jobs in an archive as GitHub serves it, one after the other, in the order of their numbers. */
export async function* openArchive(path: string): AsyncGenerator<Buffer> {
  const archive = await openFile(path);
  try {
    const numberOf = ({ fileName }: Entry) =>
      Number(/^-?(\d+)_/.exec(fileName)?.[1] ?? Infinity);
    const jobs = await jobsOf(archive);
    jobs.sort(
      (left, right) =>
        numberOf(left) - numberOf(right) ||
        left.fileName.localeCompare(right.fileName),
    );
    let left = MOST_BYTES;
    for (const job of jobs) {
      for await (const chunk of await streamOf(archive, job)) {
        left -= chunk.length;
        if (left < 0) {
          throw new Error('The archive is too large');
        }
        yield chunk;
      }
      yield Buffer.from('\n');
    }
  } finally {
    archive.close();
  }
}
