import { join } from 'path';
import {
  Artifact,
  Attempt,
  Content,
  Job,
  Repository,
  Run,
} from '../world/model';
import { stableId } from '../world/stableId';
import { flow, openFile } from './openFile';
import { openArtifact } from './openArtifact';
import { RecordedRepository, RecordedRun } from './recordingSchema';
import { TimeShift } from './TimeShift';

type RecordedAttempt = RecordedRun['attempts'][number];

type Recording = {
  /** Where logs and artifacts lie. */
  folder: string;
  recorded: RecordedRepository;
  shift: TimeShift;
};

/** Makes a repository of the world out of a recorded one. */
export async function convertRecording(
  recording: Recording,
): Promise<Repository> {
  const { recorded, shift } = recording;
  const { owner, name, description, defaultBranch, workflows } = recorded;
  return {
    id: stableId(['repository', owner, name], 9),
    ...{ owner, name, description, defaultBranch, workflows },
    commits: new Map(
      recorded.commits.map(commit => [
        commit.sha,
        { ...commit, at: shift.apply(Date.parse(commit.at)) },
      ]),
    ),
    runs: await Promise.all(
      recorded.runs.map(run => convertRun(recording, run)),
    ),
  };
}

async function convertRun(
  recording: Recording,
  run: RecordedRun,
): Promise<Run> {
  const { recorded } = recording;
  const commit = recorded.commits.find(({ sha }) => sha === run.sha);
  const workflow = recorded.workflows.find(({ id }) => id === run.workflowId)!;
  return {
    ...{ id: run.id, number: run.number, workflow, event: run.event },
    ...{ branch: run.branch, sha: run.sha, actor: run.actor },
    title: run.title ?? commit?.message.split('\n', 1)[0] ?? workflow.name,
    pullRequests: run.pullRequests,
    attempts: await Promise.all(
      run.attempts.map(attempt => convertAttempt(recording, run, attempt)),
    ),
  };
}

async function convertAttempt(
  recording: Recording,
  run: RecordedRun,
  recorded: RecordedAttempt,
): Promise<Attempt> {
  const { folder, shift } = recording;
  const at = (time: string) => shift.apply(Date.parse(time));
  const { attempt, conclusion } = recorded;
  const jobs = recorded.jobs.map<Job>((job, position) => ({
    id: job.id ?? stableId(['job', run.id, attempt, position]),
    name: job.name,
    status: 'completed',
    conclusion: job.conclusion,
    createdAt: at(job.createdAt),
    startedAt: at(job.startedAt),
    completedAt: at(job.completedAt),
    runner: job.runner,
    steps: job.steps.map(step => ({
      ...step,
      startedAt: step.startedAt ? at(step.startedAt) : undefined,
      completedAt: step.completedAt ? at(step.completedAt) : undefined,
    })),
    log: job.log ? shiftedLog(join(folder, job.log), shift) : undefined,
  }));
  const artifacts = recorded.artifacts.map<Promise<Artifact>>(
    async (artifact, position) => {
      const createdAt = at(artifact.createdAt ?? recorded.completedAt);
      const path = join(folder, artifact.files);
      const id = stableId(['artifact', run.id, attempt, position]);
      return {
        id: artifact.id ?? id,
        name: artifact.name,
        createdAt,
        ...(await openArtifact(path, createdAt)),
      };
    },
  );
  return {
    ...{ attempt, conclusion, status: 'completed', jobs },
    triggeredBy: recorded.triggeredBy ?? run.actor,
    createdAt: at(recorded.createdAt),
    startedAt: at(recorded.startedAt),
    completedAt: at(recorded.completedAt),
    artifacts: await Promise.all(artifacts),
    logFiles: jobs.flatMap(({ name, log }, position) =>
      log ? [{ ...log, name: `${position}_${fileName(name)}.txt` }] : [],
    ),
  };
}

/** What GitHub leaves out of a job's name to make a file's name of it. */
function fileName(name: string): string {
  return name.replace(/["<>|:*?\\/]/g, '').slice(0, 100);
}

function shiftedLog(path: string, shift: TimeShift): Content {
  return {
    open: async () => flow(await openFile(path), shift.ofLines()),
  };
}
