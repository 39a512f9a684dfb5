import { ChangeFeed } from '../changes';
import { originsOf } from '../database';
import {
  alertsPlan,
  diagnosisRun,
  incidentsObserve,
  insightsWork,
  playbooksConsider,
  rootcauseRun,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  workPriority,
  WorkTransaction,
} from '../work';
import { findBegunAfter } from './findBegunAfter';
import { IncidentStore } from './IncidentStore';
import { findObservedJob } from './ObservedJob';

type Payload = { jobId: string };

const PLAYBOOK_DELAY_MS = 20_000;
/** More of what is known already comes in crowds, and is looked at once for all of them. */
const MORE_DELAY_MS = 5_000;

/**
 * Opens, feeds or resolves incidents by a job that completed. Reads and writes in one transaction, because what it
 * derives depends on what others write at the same time.
 */
export class ObserveHandler implements WorkHandler<Payload> {
  readonly kind = incidentsObserve.kind;
  readonly schema = incidentsObserve.schema;
  readonly concurrency = 2;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 10;

  readonly #incidents: IncidentStore;
  readonly #changes: ChangeFeed;
  readonly #origins: string[];

  constructor(options: {
    incidents: IncidentStore;
    changes: ChangeFeed;
    mainBranches: string[];
  }) {
    this.#incidents = options.incidents;
    this.#changes = options.changes;
    this.#origins = originsOf(options.mainBranches);
  }

  async run(item: WorkItem<Payload>): Promise<WorkResult> {
    return { write: trx => this.#observe(item.payload.jobId, trx) };
  }

  async #observe(jobId: string, { knex, enqueue }: WorkTransaction) {
    const job = await findObservedJob(knex, jobId);
    if (!job || job.outcome === 'other') {
      return;
    }
    if (job.outcome === 'failed') {
      const { projectId, runCreatedAt: createdAt } = job;
      for (const work of insightsWork({ projectId, createdAt })) {
        await enqueue(work);
      }
    }
    const changed =
      job.outcome === 'failed'
        ? await this.#incidents.takeFailure(knex, job)
        : await this.#incidents.takePass(knex, job);
    if (job.outcome === 'passed') {
      for (const incidentId of await findBegunAfter(knex, job, this.#origins)) {
        await enqueue(
          workFor(rootcauseRun, { incidentId }, { delayMs: MORE_DELAY_MS }),
        );
      }
    }
    for (const { id, isTurn } of changed) {
      this.#changes.announceAfter(knex, 'ci-medic:incidents', id);
      if (job.outcome === 'failed') {
        // After what else follows from it: the page tells of that too.
        await enqueue(
          workFor(
            playbooksConsider,
            { incidentId: id },
            { delayMs: PLAYBOOK_DELAY_MS, priority: workPriority.background },
          ),
        );
      }
      const options = isTurn ? undefined : { delayMs: MORE_DELAY_MS };
      await enqueue(workFor(alertsPlan, { incidentId: id }, options));
      await enqueue(workFor(diagnosisRun, { incidentId: id }, options));
    }
  }
}
