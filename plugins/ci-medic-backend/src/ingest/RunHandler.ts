import { NotFoundError } from '@backstage/errors';
import { ChangeFeed } from '../changes';
import { CiMedicDatabase, getProject } from '../database';
import {
  ingestArtifacts,
  ingestRun,
  insightsWork,
  logsRead,
  remediationCheck,
  seriesTake,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { EntityLinks } from './EntityLinks';
import { JobStore } from './JobStore';
import { ProviderRegistry } from './ProviderRegistry';
import { RunProblems } from './RunProblems';
import { RunStore } from './RunStore';

type Payload = { runId: string; attempt: number };

type Options = {
  database: CiMedicDatabase;
  providers: ProviderRegistry;
  runs: RunStore;
  jobs: JobStore;
  problems: RunProblems;
  changes: ChangeFeed;
};

/**
 * Collects an attempt of a run: its state, its jobs with their steps, and which entities it concerns. Asks for the
 * logs of the jobs that completed, for the test reports, and for earlier attempts that are not known yet.
 */
export class RunHandler implements WorkHandler<Payload> {
  readonly kind = ingestRun.kind;
  readonly schema = ingestRun.schema;
  readonly concurrency = 4;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 10;

  readonly #options: Options;
  readonly #links = new EntityLinks();

  constructor(options: Options) {
    this.#options = options;
  }

  async run(item: WorkItem<Payload>): Promise<WorkResult> {
    const { database, providers, runs, jobs, changes } = this.#options;
    const { runId, attempt } = item.payload;
    const { signal } = item;
    const known = await runs.attempts(database.knex, runId);
    if (known.length === 0) {
      throw new NotFoundError('The run is not kept any more');
    }
    const { projectId, externalId } = known[0];
    const project = await getProject(database.knex, projectId);
    const provider = providers.get(project.ref.provider);
    const request = { project: project.ref, signal };
    const run = await provider.getRun({
      ...request,
      runId: externalId,
      attempt,
    });
    const found = await provider.listJobs({
      ...request,
      runId: externalId,
      attempt,
    });
    const paths = (await this.#links.needsPaths(database.knex, projectId))
      ? await provider.changedPaths({ ...request, run })
      : undefined;
    const missing = Array.from({ length: attempt - 1 }, (_, n) => n + 1).filter(
      number => !known.some(stored => stored.attempt === number),
    );
    return {
      write: async ({ knex, enqueue }) => {
        const { priority } = item;
        const lane = project.id;
        await runs.save(knex, project, run);
        if (paths) {
          await knex('runs')
            .where({ run_id: runId, attempt })
            .update({ changed_paths: JSON.stringify(paths) });
        }
        await this.#links.linkRun(knex, projectId, runId);
        const completed = await jobs.save({
          ...{ knex, project, runId, attempt },
          jobs: found,
        });
        for (const jobId of completed) {
          await enqueue(workFor(logsRead, { jobId }, { lane, priority }));
        }
        for (const earlier of missing) {
          const payload = { runId, attempt: earlier };
          await enqueue(workFor(ingestRun, payload, { lane, priority }));
        }
        if (run.status === 'completed') {
          await this.#complete(item.payload, found.length, run.conclusion, {
            knex,
            enqueue: work => enqueue({ lane, priority, ...work }),
          });
          const createdAt = Date.parse(run.createdAt);
          for (const work of insightsWork({ projectId: lane, createdAt })) {
            await enqueue(work);
          }
        }
        changes.announceAfter(knex, 'ci-medic:runs', runId);
      },
    };
  }

  async onDead(
    item: Omit<WorkItem<Payload>, 'signal'>,
    reason: string,
    { knex }: WorkTransaction,
  ): Promise<void> {
    const problem = { subject: 'Jobs of the run', reason };
    await this.#options.problems.replace({
      ...{ knex, ...item.payload, source: this.kind },
      problems: [problem],
    });
  }

  async #complete(
    { runId, attempt }: Payload,
    jobCount: number,
    conclusion: string | undefined,
    { knex, enqueue }: WorkTransaction,
  ) {
    const { runs, problems } = this.#options;
    await runs.markCollected(knex, runId, attempt);
    const isWithoutJobs = jobCount === 0 && conclusion !== 'skipped';
    await problems.replace({
      ...{ knex, runId, attempt, source: this.kind },
      problems: isWithoutJobs
        ? [
            {
              subject: 'Jobs of the run',
              reason:
                'The run ended before any job was made. Its page in the CI system says why; often the definition of the pipeline is malformed.',
            },
          ]
        : [],
    });
    await enqueue(workFor(ingestArtifacts, { runId, attempt }));
    await enqueue(workFor(remediationCheck, { runId }));
    await enqueue(workFor(seriesTake, { runId }));
  }
}
