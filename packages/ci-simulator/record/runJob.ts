import { spawn } from 'child_process';
import { existsSync } from 'fs';
import { join } from 'path';
import { createInterface } from 'readline';
import { RecordedRun } from '../src/recordings/recordingSchema';
import { Job, Step } from './scenario';
import { scrubLine } from './scrub';

type RecordedJob = RecordedRun['attempts'][number]['jobs'][number];
type RecordedStep = RecordedJob['steps'][number];

/** A job that was really run. */
export type JobResult = {
  job: RecordedJob;
  log: string;
  /** Path of its test report, when there is one. */
  report?: string;
};

const STEP_TIMEOUT_MS = 120_000;

/** Tells the time of the recorded past: it passes as fast as the present one. */
class PastClock {
  readonly #offset: number;

  constructor(startsAt: number) {
    this.#offset = startsAt - Date.now();
  }

  now(): number {
    return Date.now() + this.#offset;
  }

  iso(): string {
    return new Date(this.now()).toISOString();
  }
}

/**
 * Runs the commands of a job in a checkout and writes down what they print, line by line with its time.
 */
export async function runJob(options: {
  job: Job;
  repository: string;
  workspace: string;
  temporary: string;
  /** When the job was created, in epoch milliseconds. */
  createdAt: number;
  queueMs: number;
  runner: string;
}): Promise<JobResult> {
  const { job, repository, workspace, temporary, createdAt } = options;
  const startedAt = createdAt + options.queueMs;
  const clock = new PastClock(startedAt);
  const lines: string[] = [];
  const home = `/home/runner/work/${repository}/${repository}`;
  const folders = [
    { from: workspace, to: home },
    { from: temporary, to: '/home/runner/work/_temp' },
    { from: process.env.HOME ?? '/root', to: '/home/runner' },
  ];
  const say = (text: string) => {
    const line = scrubLine(text, folders);
    if (line !== undefined) {
      lines.push(`${clock.iso().replace('Z', '0000Z')} ${line}`);
    }
  };
  const steps: RecordedStep[] = [];
  const record = async (
    name: string,
    work: () => Promise<RecordedStep['conclusion']>,
  ) => {
    const from = clock.iso();
    const conclusion = await work();
    steps.push({
      number: steps.length + 1,
      ...{ name, conclusion },
      startedAt: from,
      completedAt: clock.iso(),
    });
    return conclusion;
  };
  let failed = false;
  await record('Set up job', async () => {
    say(`Current runner version: '2.329.0'`);
    say(`Runner name: '${options.runner}'`);
    say(`Job name: ${job.name}`);
    return 'success';
  });
  for (const step of job.steps) {
    const skipped = failed && !step.always;
    const conclusion = await record(step.name, async () => {
      if (skipped) {
        return 'skipped';
      }
      const code = await runStep(step, { workspace, temporary, say });
      return code === 0 ? 'success' : 'failure';
    });
    failed ||= conclusion === 'failure';
  }
  const report = job.report && join(workspace, job.report.path);
  if (job.report) {
    await record('Upload test report', async () => {
      const isThere = existsSync(report!);
      say(
        isThere
          ? `Artifact ${job.report!.name} has been successfully uploaded`
          : `##[warning]No files were found with the provided path: ${
              job.report!.path
            }. No artifacts will be uploaded.`,
      );
      return 'success';
    });
  }
  await record('Complete job', async () => {
    say('Cleaning up orphan processes');
    return 'success';
  });
  return {
    log: `${lines.join('\n')}\n`,
    report: report && existsSync(report) ? report : undefined,
    job: {
      name: job.name,
      conclusion: failed ? 'failure' : 'success',
      createdAt: new Date(createdAt).toISOString(),
      startedAt: new Date(startedAt).toISOString(),
      completedAt: clock.iso(),
      runner: {
        name: options.runner,
        group: 'Default',
        labels: ['self-hosted', 'linux', 'x64'],
      },
      steps,
    },
  };
}

async function runStep(
  step: Step,
  options: {
    workspace: string;
    temporary: string;
    say(text: string): void;
  },
): Promise<number> {
  const { workspace, temporary, say } = options;
  say(`##[group]Run ${step.run.split('\n')[0]}`);
  step.run.split('\n').forEach(line => say(`\u001b[36;1m${line}\u001b[0m`));
  say('shell: /usr/bin/bash -e {0}');
  for (const [name, value] of Object.entries(step.env ?? {})) {
    say(`  ${name}: ${value}`);
  }
  say('##[endgroup]');
  const child = spawn('bash', ['-e', '-c', `exec 2>&1\n${step.run}`], {
    cwd: join(workspace, step.directory ?? '.'),
    timeout: STEP_TIMEOUT_MS,
    env: {
      ...process.env,
      ...step.env,
      CI: 'true',
      FORCE_COLOR: '1',
      RUNNER_TEMP: temporary,
      npm_config_nodedir: undefined,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number>(resolve => {
    child.once('close', code => resolve(code ?? 1));
  });
  for await (const line of createInterface({ input: child.stdout })) {
    say(line);
  }
  const code = await ended;
  if (code !== 0) {
    say(`##[error]Process completed with exit code ${code}.`);
  }
  return code;
}
