import { ArchiveFile } from './ArchiveFile';
import { StepLog } from './judgeSteps';
import { LogFacts, scanLog } from './scanLog';

/** A job as its archive shows it. */
export type ArchivedJob = {
  name: string;
  /** Missing where the archive has no more of the job than its name. */
  facts?: LogFacts;
  /** Files that make up its log, in order. */
  files: string[];
  steps: StepLog[];
  /** Whether the server decided not to run it. */
  skipped: boolean;
};

/** Everything that an archive of logs says. */
export type ArchiveContent = {
  jobs: ArchivedJob[];
  /** All files, as they are listed when the archive is served again. */
  files: string[];
  /** Unpacked size of the job logs. */
  bytes: number;
  /** Lines of the job logs. */
  lines: number;
};

type TopLevelLog = { file: string; title: string; facts: LogFacts };

const TOP_LEVEL = /^(\d+)_(.+)\.txt$/;
const STEP = /^([^/]+)\/(\d+)_(.+)\.txt$/;

/**
 * Reads an archive of logs as GitHub makes them: one `N_job.txt` for each job
 * and for each preparation of a job, and one folder a job with one file a step.
 *
 * @throws when the archive cannot be read or has no log of a job
 */
export async function readArchive(
  archive: ArchiveFile,
): Promise<ArchiveContent> {
  const logs: TopLevelLog[] = [];
  const folders = new Map<string, StepLog[]>();
  const files: string[] = [];
  let bytes = 0;
  await archive.forEach(async ({ name, size }, content) => {
    if (name.endsWith('/')) {
      folders.set(name.slice(0, -1), folders.get(name.slice(0, -1)) ?? []);
      return;
    }
    const facts = await scanLog(content);
    files.push(name);
    const top = TOP_LEVEL.exec(name);
    if (top) {
      logs.push({ file: name, title: top[2], facts });
      bytes += isPreparation(facts) ? 0 : size;
    }
    const step = STEP.exec(name);
    if (step) {
      const steps = folders.get(step[1]) ?? [];
      steps.push({ number: Number(step[2]), name: step[3], facts });
      folders.set(step[1], steps);
    }
  });
  const jobs = assemble(logs, folders);
  if (!jobs.some(({ facts }) => facts)) {
    throw new Error('There is no log of a job in this archive');
  }
  const lines = jobs.reduce((sum, { facts }) => sum + (facts?.lines ?? 0), 0);
  return { jobs, files: files.sort(), bytes, lines };
}

function assemble(
  logs: TopLevelLog[],
  folders: Map<string, StepLog[]>,
): ArchivedJob[] {
  const free = new Map(folders);
  const jobs: ArchivedJob[] = [];
  const ordered = [...logs].sort((one, other) =>
    one.file.localeCompare(other.file, 'en', { numeric: true }),
  );
  for (const { file, title, facts } of ordered) {
    if (isPreparation(facts)) {
      continue;
    }
    const folder = folderOf(facts.jobName ?? title, title, free);
    const steps = (folder !== undefined && free.get(folder)) || [];
    free.delete(folder ?? '');
    const name = facts.jobName ?? folder ?? title;
    steps.sort((one, other) => one.number - other.number);
    jobs.push({ name, facts, files: [file], steps, skipped: false });
  }
  for (const [name, steps] of free) {
    // Jobs without a log of their own: they ran only as far as their steps say.
    const preparation = logs.find(
      log => isPreparation(log.facts) && log.title === name,
    );
    const skipped = name.includes('${{') || Boolean(preparation?.facts.skips);
    steps.sort((one, other) => one.number - other.number);
    const stepFiles = steps.map(
      step => `${name}/${step.number}_${step.name}.txt`,
    );
    const facts = steps.at(-1)?.facts;
    jobs.push({ name, facts, files: stepFiles, steps, skipped });
  }
  return jobs;
}

/** Names of files lack some characters, and at the top level their end. */
function folderOf(
  jobName: string,
  title: string,
  folders: Map<string, unknown>,
): string | undefined {
  const names = [...folders.keys()];
  const exact = jobName.replace(/["<>|:*?\\/]/g, '');
  const whole = title.replace(/ \(\d+\)$/, '');
  return (
    names.find(name => name === exact) ??
    names.find(name => name === title) ??
    names.find(name => name.startsWith(title)) ??
    names.find(name => name === whole)
  );
}

function isPreparation({ firstText }: LogFacts): boolean {
  return Boolean(firstText?.startsWith('##[section]Starting: Prepare job'));
}
