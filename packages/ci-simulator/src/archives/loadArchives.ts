import { basename } from 'path';
import { TimeShift } from '../recordings/TimeShift';
import { Repository } from '../world/model';
import { convertArchive, LoadedArchive } from './convertArchive';
import { describeRun } from './describeRun';
import { findArchives } from './findArchives';
import { ArchiveContent, readArchive } from './readArchive';
import { readRunDetails } from './readRunDetails';
import { TarArchiveFile } from './TarArchiveFile';
import { ZipArchiveFile } from './ZipArchiveFile';

/**
 * Which run an archive became.
 *
 * @public
 */
export type ArchiveReport = {
  /** Path of the archive. */
  archive: string;
  /** `owner/name`; missing, like all below, where there is a problem. */
  repository?: string;
  run?: number;
  conclusion?: string;
  jobs?: number;
  /** Lines of all job logs. */
  lines?: number;
  /** Unpacked size of all job logs. */
  bytes?: number;
  /** Why it could not be read. */
  problem?: string;
};

/**
 * Makes exactly one run out of each archive of logs.
 *
 * @param options - `places`: see {@link findArchives}; `shiftTo`: when the
 *   newest run shall have ended, without it times stay as they are
 */
export async function loadArchives(options: {
  places: string[];
  shiftTo?: number;
}): Promise<{ repositories: Repository[]; reports: ArchiveReport[] }> {
  const loaded: LoadedArchive[] = [];
  const reports: ArchiveReport[] = [];
  for (const path of await findArchives(options.places)) {
    try {
      loaded.push(await load(path));
    } catch (error) {
      reports.push({ archive: path, problem: (error as Error).message });
    }
  }
  const newest = loaded.reduce(
    (latest, { content }) => Math.max(latest, endOf(content)),
    0,
  );
  const shift =
    options.shiftTo === undefined
      ? TimeShift.none()
      : TimeShift.between(newest, options.shiftTo);
  const repositories = new Map<string, Repository>();
  const taken = new Set<number>();
  for (const each of loaded) {
    const { repository, run } = convertArchive({
      ...{ ...each, shift, repositories },
      isTaken: id => taken.has(id),
    });
    taken.add(run.id);
    reports.push({
      archive: each.path,
      repository: `${repository.owner}/${repository.name}`,
      run: run.id,
      conclusion: run.attempts[0].conclusion,
      jobs: run.attempts[0].jobs.length,
      lines: each.content.lines,
      bytes: each.content.bytes,
    });
  }
  reports.sort((one, other) => (one.archive < other.archive ? -1 : 1));
  return { repositories: [...repositories.values()], reports };
}

async function load(path: string): Promise<LoadedArchive> {
  const archive = /\.zip$/i.test(basename(path))
    ? ZipArchiveFile.create(path)
    : TarArchiveFile.create(path);
  const content = await readArchive(archive);
  const details = await readRunDetails(path);
  const description = describeRun({ path, content, details });
  return { path, archive, content, details, description };
}

function endOf(content: ArchiveContent): number {
  return content.jobs.reduce(
    (latest, { facts }) => Math.max(latest, facts?.lastTime ?? 0),
    0,
  );
}
