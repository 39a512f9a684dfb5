import { Readable } from 'stream';
import { flow } from '../recordings/openFile';
import { TimeShift } from '../recordings/TimeShift';
import { Conclusion, Content, Job } from '../world/model';
import { stableId } from '../world/stableId';
import { ArchiveFile } from './ArchiveFile';
import { conclusionOf, judgeSteps, worstOf } from './judgeSteps';
import { ArchivedJob } from './readArchive';

/**
 * Makes jobs out of archived ones.
 *
 * @param options - `runAt`: stands for the times of jobs that have no log;
 *   `conclusion`: of the whole run, where it is known
 */
export function convertJobs(options: {
  jobs: ArchivedJob[];
  archive: ArchiveFile;
  runId: number;
  runAt: number;
  shift: TimeShift;
  conclusion?: Conclusion;
}): Job[] {
  const { archive, shift, conclusion } = options;
  const strict = options.jobs.map(job => judgeJob(job, { lenient: false }));
  const explained = strict.some(
    job => job.conclusion === 'failure' || job.conclusion === 'timed_out',
  );
  const judged =
    explained || conclusion === 'success'
      ? strict
      : options.jobs.map(job => judgeJob(job, { lenient: true }));
  return options.jobs.map((job, position) => {
    const { facts } = job;
    const at = (time: number | undefined) => shift.apply(time ?? options.runAt);
    const own = judged[position];
    // A run that passed has no failed job: those were allowed to fail.
    const passed = conclusion === 'success' && own.conclusion !== 'skipped';
    return {
      id: stableId(['job', options.runId, 1, position]),
      name: job.name,
      status: 'completed',
      conclusion: passed ? 'success' : own.conclusion,
      createdAt: at(facts?.firstTime),
      startedAt: at(job.steps[0]?.facts.firstTime ?? facts?.firstTime),
      completedAt: at(facts?.lastTime),
      runner: facts?.runnerName
        ? {
            name: facts.runnerName,
            group: 'GitHub Actions',
            labels: facts.labels,
          }
        : undefined,
      steps: job.steps.map((step, index) => ({
        number: step.number,
        name: nameOf(step.name, step.facts.firstText),
        conclusion: own.steps[index],
        startedAt: at(step.facts.firstTime),
        completedAt: at(step.facts.lastTime),
      })),
      log:
        job.files.length > 0 ? contentOf(archive, job.files, shift) : undefined,
    };
  });
}

/** One or more files of an archive, one after the other, with moved times. */
export function contentOf(
  archive: ArchiveFile,
  files: string[],
  shift: TimeShift,
): Content {
  const read = async function* read() {
    for (const file of files) {
      yield* await archive.open(file);
    }
  };
  return {
    open: async () =>
      flow(
        files.length === 1
          ? await archive.open(files[0])
          : Readable.from(read(), { objectMode: false }),
        shift.ofLines(),
      ),
  };
}

function judgeJob(
  job: ArchivedJob,
  options: { lenient: boolean },
): { conclusion: Conclusion; steps: Conclusion[] } {
  const steps = judgeSteps(job.steps, options);
  if (!job.facts) {
    return { conclusion: job.skipped ? 'skipped' : 'cancelled', steps };
  }
  if (steps.length === 0) {
    const { endsInError, lastError } = job.facts;
    const conclusion = endsInError ? conclusionOf(lastError) : 'success';
    return { conclusion, steps };
  }
  return { conclusion: worstOf(steps), steps };
}

/** The step's name before GitHub took `/` and the like out for the file. */
function nameOf(fileName: string, firstText: string | undefined): string {
  const whole = firstText?.match(/^##\[group\](Run .{1,200})$/)?.[1];
  return whole?.replace(/["<>|:*?\\/]/g, '') === fileName ? whole : fileName;
}
