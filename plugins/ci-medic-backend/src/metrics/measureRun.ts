import { BranchClass, runnerClassOf } from '@ci-medic/plugin-ci-medic-common';
import { MeasuredJob, MeasuredRun } from './MeasuredRun';
import { Measurement } from './Measurement';
import { RunnerPrices } from '../RunnerPrices';

const MINUTE_MS = 60_000;
const failing = ['failure', 'timed_out', 'startup_failure'];

type Outcome = 'passed' | 'failed' | 'other';

/**
 * Figures of a run: one measurement of its pipeline, one of each job on each class of runners, and one of each warning in
 * the log of a passing job and of each of its slower tests.
 *
 * @remarks
 *
 * A run counts once, however often it was run again: it failed when it failed at first, and flipped when a later attempt
 * of the same commit passed. What was cancelled or skipped says nothing about failures. Jobs that a new attempt only
 * carries over are not measured again.
 */
export function measureRun(
  run: MeasuredRun,
  options: { mainBranches: string[]; prices: RunnerPrices },
): Measurement[] {
  const { attempts } = run;
  const last = attempts[attempts.length - 1];
  const { pipelineId, pipelineName } = last;
  const isMain =
    !last.isFork && options.mainBranches.includes(last.branch ?? '');
  const branchClass: BranchClass = isMain ? 'main' : 'other';
  const shared = {
    at: attempts[0].createdAt,
    runId: run.runId,
    number: last.number,
    commitSha: last.commitSha,
  };
  const subject = {
    projectId: run.projectId,
    pipelineId,
    pipelineName,
    branchClass,
  };
  const ran = withoutCarriedOver(run.jobs);
  const costs = ran.map(job => costOf(job, options.prices));
  const isWholePassing = last.conclusion === 'success' && attempts.length === 1;
  const pipeline: Measurement = {
    subject: { ...subject, kind: 'pipeline' },
    ...shared,
    attempts: last.attempt,
    // A later attempt runs failed jobs only, so its duration is not that of the pipeline.
    duration: isWholePassing ? seconds(last.durationMs) : undefined,
    queue: seconds(attempts[0].queueMs),
    ...verdictsOf(attempts.map(({ conclusion }) => conclusion)),
    minutes: sum(ran.map(minutesOf)),
    cost: costs.some(cost => cost !== undefined) ? sum(costs) : undefined,
    logSize: sumOfKnown(ran.map(({ logBytes }) => logBytes)),
  };
  const groups = new Map<string, MeasuredJob[]>();
  for (const job of ran) {
    const key = `${job.name}\n${runnerClassOf(job.labels, job.group)}`;
    groups.set(key, [...(groups.get(key) ?? []), job]);
  }
  return [
    pipeline,
    ...[...groups.values()].flatMap((jobs): Measurement[] => {
      const latest = jobs[jobs.length - 1];
      const jobCosts = jobs.map(job => costOf(job, options.prices));
      const passing = jobs.filter(job => outcomeOf(job) === 'passed');
      const ofJob = {
        ...subject,
        jobName: latest.name,
        runnerClass: runnerClassOf(latest.labels, latest.group),
      };
      const job: Measurement = {
        subject: { ...ofJob, kind: 'job' },
        ...shared,
        jobId: latest.jobId,
        attempts: jobs.length,
        duration: seconds(passing[0]?.durationMs),
        queue: seconds(jobs[0].queueMs),
        ...verdictsOf(jobs.map(({ conclusion }) => conclusion)),
        minutes: sum(jobs.map(minutesOf)),
        cost: jobCosts.some(cost => cost !== undefined)
          ? sum(jobCosts)
          : undefined,
        // A log that breaks off says nothing about how long it is.
        logSize: passing[0]?.logBytes,
      };
      const warnings = (passing[0]?.warnings ?? []).map<Measurement>(
        ({ template, lines }) => ({
          subject: { ...ofJob, kind: 'template', name: template },
          ...{ ...shared, jobId: passing[0].jobId, value: lines },
        }),
      );
      const tests = (passing[0]?.tests ?? []).map<Measurement>(
        ({ name, seconds: duration }) => ({
          subject: { ...ofJob, kind: 'test', name },
          ...{ ...shared, jobId: passing[0].jobId, duration },
        }),
      );
      return [job, ...warnings, ...tests];
    }),
  ];
}

/** In the order of attempts, without what was skipped and what a new attempt only took over. */
function withoutCarriedOver(jobs: MeasuredJob[]): MeasuredJob[] {
  const seen = new Set<string>();
  return [...jobs]
    .sort((left, right) => left.attempt - right.attempt)
    .filter(job => {
      const key = [job.name, job.startedAt, job.completedAt].join('\n');
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew && job.conclusion !== 'skipped' && job.startedAt;
    });
}

function verdictsOf(
  conclusions: (string | undefined)[],
): Pick<Measurement, 'failure' | 'flip' | 'timeout'> {
  const outcomes = conclusions.map(conclusion => outcomeOf({ conclusion }));
  const first = outcomes.find(outcome => outcome !== 'other');
  if (first === undefined) {
    return {};
  }
  const failed = outcomes.indexOf('failed');
  const hasFlipped = failed >= 0 && outcomes.indexOf('passed', failed) > failed;
  return {
    failure: first === 'failed' ? 1 : 0,
    flip: hasFlipped ? 1 : 0,
    timeout: conclusions.includes('timed_out') ? 1 : 0,
  };
}

function outcomeOf({ conclusion }: { conclusion?: string }): Outcome {
  if (conclusion === 'success') {
    return 'passed';
  }
  return failing.includes(conclusion ?? '') ? 'failed' : 'other';
}

function minutesOf({ durationMs = 0 }: MeasuredJob): number {
  return durationMs / MINUTE_MS;
}

function costOf(job: MeasuredJob, prices: RunnerPrices): number | undefined {
  const price = prices.perMinute(job.labels);
  return price === undefined ? undefined : price * minutesOf(job);
}

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1_000;
}

function sum(values: (number | undefined)[]): number {
  return values.reduce<number>((total, value = 0) => total + value, 0);
}

function sumOfKnown(values: (number | undefined)[]): number | undefined {
  return values.length > 0 && values.every(value => value !== undefined)
    ? sum(values)
    : undefined;
}
