import * as files from 'node:fs/promises';
import { Advice } from './Advice.mjs';

const gigabyte = 1024 ** 3;

/** Stops early where an install would stop in the middle, on a full disk. */
export async function requireDiskSpace({ folder, gigabytes, what }) {
  // Node.js 18 before 18.15 cannot tell.
  const free = await files.statfs?.(folder).then(
    ({ bavail, bsize }) => (bavail * bsize) / gigabyte,
    () => undefined,
  );
  if (free !== undefined && free < gigabytes) {
    throw new Advice(
      `${what} needs about ${gigabytes} GB of disk space and ${folder} has ${free.toFixed(
        1,
      )} GB left: free some and run the same command again.`,
    );
  }
}
