import { InputError } from '@backstage/errors';
import { WebhookEvent } from '@ci-medic/plugin-ci-medic-node';
import { ChangeFeed } from '../changes';
import { CiMedicDatabase, findProject, Project, runIdOf } from '../database';
import {
  ingestDelivery,
  ingestRun,
  logsRead,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { EntityLinks } from './EntityLinks';
import { Inbox } from './Inbox';
import { JobStore } from './JobStore';
import { ProviderRegistry } from './ProviderRegistry';
import { RunStore } from './RunStore';

type Payload = { inboxId: string };

type Options = {
  database: CiMedicDatabase;
  inbox: Inbox;
  providers: ProviderRegistry;
  runs: RunStore;
  jobs: JobStore;
  changes: ChangeFeed;
};

/**
 * Reads a delivery that is in the inbox: stores what it says of a run or a job and asks for what it does not say.
 */
export class DeliveryHandler implements WorkHandler<Payload> {
  readonly kind = ingestDelivery.kind;
  readonly schema = ingestDelivery.schema;
  readonly concurrency = 4;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 8;

  readonly #options: Options;
  readonly #links = new EntityLinks();

  constructor(options: Options) {
    this.#options = options;
  }

  async run(item: WorkItem<Payload>): Promise<WorkResult> {
    const { inbox, providers, database } = this.#options;
    const delivery = await inbox.get(item.payload.inboxId);
    if (!delivery || !['received', 'dead'].includes(delivery.state)) {
      return {};
    }
    const { webhook } = providers.get(delivery.provider);
    if (!delivery.body) {
      throw new InputError('Its body is not kept any more');
    }
    if (!webhook) {
      throw new InputError(`The webhooks of ${delivery.provider} are off`);
    }
    const { id, event: name, body } = delivery;
    const event = webhook.interpret({ event: name, body });
    if (event.kind === 'ignored') {
      return this.#finish(id, 'ignored', event.reason);
    }
    const project = await findProject(database.knex, event.project);
    if (!project) {
      const { slug } = event.project;
      return this.#finish(
        id,
        'ignored',
        `No catalog entity belongs to ${slug}`,
      );
    }
    const take =
      event.kind === 'run'
        ? this.#takeRun(project, event)
        : await this.#takeJob(project, event, item.signal);
    return {
      write: async transaction => {
        await take(transaction);
        await inbox.finish({ knex: transaction.knex, id, state: 'processed' });
      },
    };
  }

  async onDead(
    item: Omit<WorkItem<Payload>, 'signal'>,
    reason: string,
    { knex }: WorkTransaction,
  ): Promise<void> {
    const id = item.payload.inboxId;
    await this.#options.inbox.finish({ knex, id, state: 'dead', reason });
  }

  #finish(id: string, state: 'ignored', reason: string): WorkResult {
    return {
      write: ({ knex }) =>
        this.#options.inbox.finish({ knex, id, state, reason }),
    };
  }

  #takeRun(project: Project, event: WebhookEvent & { kind: 'run' }) {
    const { runs, changes } = this.#options;
    const runId = runIdOf(project.ref, event.run.runId);
    const { attempt, status } = event.run;
    return async ({ knex, enqueue }: WorkTransaction) => {
      const isNews = await runs.save(knex, project, event.run);
      if (!isNews) {
        return;
      }
      await this.#links.linkRun(knex, project.id, runId);
      if (status === 'completed') {
        const lane = project.id;
        await enqueue(workFor(ingestRun, { runId, attempt }, { lane }));
      }
      changes.announceAfter(knex, 'ci-medic:runs', runId);
    };
  }

  async #takeJob(
    project: Project,
    event: WebhookEvent & { kind: 'job' },
    signal: AbortSignal,
  ) {
    const { database, providers, runs, jobs, changes } = this.#options;
    const runId = runIdOf(project.ref, event.runId);
    const { attempt, job } = event;
    const known = await runs.attempts(database.knex, runId);
    const isKnown = known.some(stored => stored.attempt === attempt);
    const run = isKnown
      ? undefined
      : await providers.get(project.ref.provider).getRun({
          project: project.ref,
          runId: event.runId,
          attempt,
          signal,
        });
    return async ({ knex, enqueue }: WorkTransaction) => {
      const lane = project.id;
      if (run && (await runs.save(knex, project, run))) {
        await this.#links.linkRun(knex, project.id, runId);
        if (run.status === 'completed') {
          await enqueue(workFor(ingestRun, { runId, attempt }, { lane }));
        }
      }
      const completed = await jobs.save({
        ...{ knex, project, runId, attempt },
        jobs: [job],
      });
      for (const jobId of completed) {
        await enqueue(workFor(logsRead, { jobId }, { lane }));
      }
      changes.announceAfter(knex, 'ci-medic:runs', runId);
    };
  }
}
