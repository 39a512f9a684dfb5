import { addTo, CauseLoss, emptyDay, InsightDay } from './InsightDay';
import { DurationSketch } from './DurationSketch';

/** An attempt of a run, as far as it counts. */
export type DayAttempt = {
  runId: string;
  attempt: number;
  commitSha: string;
  pipelineId: string;
  conclusion?: string;
  /** Whether somebody started it and waits for it. */
  isAwaited: boolean;
  queueMs?: number;
  storedAt: number;
};

/** A job that completed. */
export type DayJob = {
  runId: string;
  attempt: number;
  name: string;
  conclusion?: string;
  durationMs: number;
  priceClass: string;
  incidentId?: string;
};

const failing = ['failure', 'timed_out', 'startup_failure'];

/** Whether a conclusion is a failure. */
export const isFailure = (conclusion?: string) =>
  conclusion !== undefined && failing.includes(conclusion);

/**
 * Sums up the attempts of the runs that were created on a day.
 *
 * @remarks
 *
 * A run counts by its latest attempt. What a failure costs in runner time is the time of the failed job, and that of the
 * attempts after it, which nobody would have needed otherwise.
 */
export function summarizeDay(
  attempts: DayAttempt[],
  jobs: DayJob[],
): InsightDay {
  const day = emptyDay();
  const queue = new DurationSketch();
  const latest = new Map<string, DayAttempt>();
  const first = new Map<string, DayAttempt>();
  for (const attempt of attempts) {
    const { runId, queueMs, storedAt } = attempt;
    if (attempt.attempt >= (latest.get(runId)?.attempt ?? 0)) {
      latest.set(runId, attempt);
    }
    if (attempt.attempt <= (first.get(runId)?.attempt ?? Infinity)) {
      first.set(runId, attempt);
    }
    if (queueMs !== undefined) {
      queue.add(queueMs);
    }
    day.storedAt = Math.max(day.storedAt, storedAt);
  }
  for (const { conclusion } of latest.values()) {
    if (conclusion === 'success' || isFailure(conclusion)) {
      day.runs++;
      day.failed += isFailure(conclusion) ? 1 : 0;
    }
  }
  day.queue = queue.toCounts();
  addVerdicts(day, attempts, jobs);
  addLosses(day, first, jobs);
  return day;
}

function addVerdicts(day: InsightDay, attempts: DayAttempt[], jobs: DayJob[]) {
  const runs = new Map(attempts.map(run => [run.runId, run]));
  const verdicts = new Map<string, { passed: boolean; failed: boolean }>();
  for (const { runId, name, conclusion } of jobs) {
    const run = runs.get(runId);
    const isPass = conclusion === 'success';
    if (run && (isPass || isFailure(conclusion))) {
      const key = `${run.pipelineId}|${run.commitSha}|${name}`;
      const verdict = verdicts.get(key) ?? { passed: false, failed: false };
      verdict[isPass ? 'passed' : 'failed'] = true;
      verdicts.set(key, verdict);
    }
  }
  day.verdicts = verdicts.size;
  day.flips = [...verdicts.values()].filter(
    ({ passed, failed }) => passed && failed,
  ).length;
}

function addLosses(
  day: InsightDay,
  first: Map<string, DayAttempt>,
  jobs: DayJob[],
) {
  const looked = new Set<string>();
  /** The cause for which an attempt was made: the one that failed the attempt before. */
  const causeOf = new Map<string, string>();
  const sorted = [...jobs].sort((left, right) => left.attempt - right.attempt);
  for (const job of sorted) {
    const { runId, attempt, durationMs, priceClass } = job;
    addTo(day.runnerMs, priceClass, durationMs);
    const isFailed = isFailure(job.conclusion);
    const isFirst = attempt === first.get(runId)?.attempt;
    const own = isFailed ? job.incidentId ?? '' : undefined;
    const cause = own ?? (isFirst ? undefined : causeOf.get(runId));
    if (isFailed) {
      causeOf.set(runId, own!);
    }
    if (cause === undefined) {
      continue;
    }
    const loss = lossOf(day, cause);
    addTo(loss.runnerMs, priceClass, durationMs);
    loss.failures += isFailed ? 1 : 0;
    if (isFailed && !looked.has(runId) && first.get(runId)?.isAwaited) {
      looked.add(runId);
      loss.looks++;
    }
  }
}

function lossOf(day: InsightDay, cause: string): CauseLoss {
  if (!Object.hasOwn(day.causes, cause)) {
    day.causes[cause] = { failures: 0, runnerMs: {}, looks: 0 };
  }
  return day.causes[cause];
}
