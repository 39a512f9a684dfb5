import { readdir, readFile } from 'fs/promises';
import { join } from 'path';
import { Repository } from '../world/model';
import { convertRecording } from './convertRecording';
import {
  RecordedRepository,
  recordedRepositorySchema,
} from './recordingSchema';
import { TimeShift } from './TimeShift';

/**
 * Reads all recordings of a folder; see `recordingSchema` for their form.
 *
 * @param options - `shiftTo`: when the newest run shall have ended, in
 *   milliseconds; without it times stay as recorded
 * @throws when a recording is not as its schema says, naming file and place
 */
export async function loadRecordings(
  folder: string,
  options: { shiftTo?: number } = {},
): Promise<Repository[]> {
  const recordings = await Promise.all(
    (
      await findRecordings(folder)
    ).map(async path => ({
      folder: path,
      recorded: await readRecording(path),
    })),
  );
  const ends = recordings.flatMap(({ recorded }) =>
    recorded.runs.flatMap(run =>
      run.attempts.map(attempt => Date.parse(attempt.completedAt)),
    ),
  );
  const newest = ends.reduce((one, other) => Math.max(one, other), 0);
  const shift =
    options.shiftTo !== undefined && newest > 0
      ? TimeShift.between(newest, options.shiftTo)
      : TimeShift.none();
  return Promise.all(
    recordings.map(recording => convertRecording({ ...recording, shift })),
  );
}

async function findRecordings(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const owner of await folders(folder)) {
    for (const name of await folders(join(folder, owner))) {
      const path = join(folder, owner, name);
      if ((await readdir(path)).includes('repository.json')) {
        found.push(path);
      }
    }
  }
  return found;
}

async function folders(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}

async function readRecording(folder: string): Promise<RecordedRepository> {
  const file = join(folder, 'repository.json');
  const content = JSON.parse(await readFile(file, 'utf8'));
  const result = recordedRepositorySchema.safeParse(content);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(`${file}: ${issue.path.join('.')}: ${issue.message}`);
  }
  return result.data;
}
