import { LockfileError } from './LockfileError';
import { formatOf } from './recognizeLockfile';

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_PACKAGES = 200_000;
const LONGEST_NAME = 300;
const LONGEST_VERSION = 100;
const PIECE = 256 * 1024;

/**
 * What a lockfile pins: versions by the name of the package.
 *
 * @public
 */
export type LockedPackages = {
  ecosystem: string;
  packages: Map<string, Set<string>>;
};

/**
 * Reads a lockfile of any size within its limits; what it holds in memory are the packages.
 *
 * @throws LockfileError when it is not a lockfile, is larger than the limits, or is broken
 *
 * @public
 */
export async function readLockfile(
  path: string,
  chunks: AsyncIterable<Uint8Array | string>,
  options?: { mostBytes?: number; mostPackages?: number },
): Promise<LockedPackages> {
  const known = formatOf(path);
  if (!known) {
    throw new LockfileError(`${path} is not a lockfile that is known`);
  }
  const { mostBytes = MOST_BYTES, mostPackages = MOST_PACKAGES } =
    options ?? {};
  const packages = new Map<string, Set<string>>();
  let count = 0;
  const reader = known.format((name, version) => {
    if (
      !name ||
      !version ||
      name.length > LONGEST_NAME ||
      version.length > LONGEST_VERSION
    ) {
      return;
    }
    const versions = packages.get(name) ?? new Set();
    if (!versions.has(version)) {
      versions.add(version);
      packages.set(name, versions);
      count += 1;
      if (count > mostPackages) {
        throw new LockfileError(
          `${path} has more than ${mostPackages} packages`,
        );
      }
    }
  });
  const decoder = new TextDecoder();
  let bytes = 0;
  const take = (text: string) => {
    for (let start = 0; start < text.length; start += PIECE) {
      reader.write(text.slice(start, start + PIECE));
    }
  };
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > mostBytes) {
        throw new LockfileError(`${path} is larger than ${mostBytes} bytes`);
      }
      take(
        typeof chunk === 'string'
          ? chunk
          : decoder.decode(chunk, { stream: true }),
      );
    }
    take(decoder.decode());
    reader.end();
  } catch (error) {
    if (error instanceof LockfileError) {
      throw error;
    }
    const { message } = error as Error;
    throw new LockfileError(`${path} is broken: ${message.slice(0, 200)}`);
  }
  return { ecosystem: known.ecosystem, packages };
}
