import { ApiProblem } from '../server/ApiProblem';
import { Job, Repository, Run, Workflow } from '../world/model';
import { LocatedJob, LocatedRun } from '../world/World';
import { findCommit } from '../world/history';
import { Ledger, LedgerEntry } from './Ledger';
import { RunEngine } from './RunEngine';

/** Who asks for a change, and under which fault. */
export type Asked = { client: string; fault?: string; by?: string };

/** A run that a client asks for. */
export type DispatchRequest = {
  repository: Repository;
  workflow: Workflow;
  ref: string;
  inputs: Record<string, string>;
};

/** Makes the run of a dispatch; throws an ApiProblem where it cannot be. */
export type Dispatcher = (request: DispatchRequest, by: string) => Run;

/** What carries out the runs of a repository. */
export type Engines = {
  engineOf(repository: Repository): RunEngine;
  dispatch: Dispatcher;
};

/** GitHub's limits. */
const MOST_RERUNS = 50;
const MONTH_MS = 30 * 24 * 3_600_000;
const CLIENT_LOGIN = 'ci-medic[bot]';

/**
 * The changes that clients may make to runs, refused as GitHub refuses them.
 * What is carried out stands in the ledger.
 */
export class RunActions {
  readonly #engines: Engines;
  readonly #ledger: Ledger;

  private constructor(engines: Engines, ledger: Ledger) {
    this.#engines = engines;
    this.#ledger = ledger;
  }

  static create(options: { engines: Engines; ledger: Ledger }): RunActions {
    return new RunActions(options.engines, options.ledger);
  }

  /** All jobs of a run once more. */
  rerun(located: LocatedRun, asked: Asked): LedgerEntry {
    return this.#again({ ...asked, action: 'rerun', located }, () => true);
  }

  /** The failed jobs of a run once more, and what needs them. */
  rerunFailedJobs(located: LocatedRun, asked: Asked): LedgerEntry {
    const isFailed = ({ conclusion }: Job) =>
      conclusion !== undefined &&
      ['failure', 'timed_out', 'cancelled'].includes(conclusion);
    const { attempts } = located.run;
    if (
      attempts.at(-1)!.status === 'completed' &&
      !attempts.at(-1)!.jobs.some(isFailed)
    ) {
      throw new ApiProblem(403, 'This workflow run has no failed jobs');
    }
    const action = 'rerun-failed-jobs';
    return this.#again({ ...asked, action, located }, isFailed);
  }

  /** One job once more, and what needs it. */
  rerunJob(located: LocatedJob, asked: Asked): LedgerEntry {
    const newest = located.run.attempts.at(-1)!;
    if (newest.status !== 'completed') {
      throw new ApiProblem(
        403,
        'The workflow run containing this job is already running',
      );
    }
    if (located.attempt !== newest) {
      throw new ApiProblem(
        403,
        'Only jobs from the current attempt can be re-run',
      );
    }
    return this.#again(
      { ...asked, action: 'rerun-job', located, job: located.job.id },
      job => job === located.job,
    );
  }

  cancel(located: LocatedRun, asked: Asked): LedgerEntry {
    const attempt = located.run.attempts.at(-1)!;
    if (attempt.status === 'completed') {
      throw new ApiProblem(
        409,
        'Cannot cancel a workflow run that is completed.',
      );
    }
    this.#engines.engineOf(located.repository).cancel(located, attempt);
    return this.#note({ ...asked, action: 'cancel', located });
  }

  dispatch(request: DispatchRequest, asked: Asked): LedgerEntry {
    const { repository, ref, workflow, inputs } = request;
    if (!findCommit(repository, ref)) {
      throw new ApiProblem(422, `No ref found for: ${ref}`);
    }
    const run = this.#engines.dispatch(request, asked.by ?? CLIENT_LOGIN);
    return this.#note({
      ...asked,
      ...{ action: 'dispatch', located: { repository, run } },
      details: { workflow: workflow.path, ref, inputs },
    });
  }

  #again(
    options: Asked & { action: string; located: LocatedRun; job?: number },
    isChosen: (job: Job) => boolean,
  ): LedgerEntry {
    const { located, by = CLIENT_LOGIN } = options;
    const { attempts } = located.run;
    const newest = attempts.at(-1)!;
    if (newest.status !== 'completed') {
      throw new ApiProblem(403, 'This workflow is already running');
    }
    if (attempts.length > MOST_RERUNS) {
      throw new ApiProblem(
        403,
        `This workflow run cannot be retried: it was already retried ${MOST_RERUNS} times`,
      );
    }
    const engine = this.#engines.engineOf(located.repository);
    if (engine.timeline.now() - attempts[0].createdAt > MONTH_MS) {
      throw new ApiProblem(
        403,
        'Unable to retry this workflow run because it was created over a month ago',
      );
    }
    engine.startAttempt(located, { triggeredBy: by, isChosen });
    return this.#note({ ...options, fromAttempt: newest.attempt });
  }

  #note(options: {
    action: string;
    located: LocatedRun;
    client: string;
    fault?: string;
    job?: number;
    fromAttempt?: number;
    details?: Record<string, unknown>;
  }): LedgerEntry {
    const { action, located, client, fault, job, details } = options;
    const { repository, run } = located;
    const { attempt } = run.attempts.at(-1)!;
    return this.#ledger.add({
      ...{ action, job, client, fault, details, run: run.id },
      repository: `${repository.owner}/${repository.name}`,
      fromAttempt: options.fromAttempt ?? attempt,
      toAttempt: attempt,
      simulatedAt: new Date(
        this.#engines.engineOf(repository).timeline.now(),
      ).toISOString(),
    });
  }
}
