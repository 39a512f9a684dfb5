import { ProviderArtifact } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import { minimatch } from 'minimatch';
import { ChangeFeed } from '../changes';
import {
  CiMedicDatabase,
  getProject,
  insertInBatches,
  stableId,
  writeText,
} from '../database';
import {
  ingestArtifacts,
  seriesTake,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { ProviderRegistry } from './ProviderRegistry';
import { CollectedCase, ReportCollector } from './ReportCollector';
import { RunProblems } from './RunProblems';
import { RunStore } from './RunStore';

type Payload = { runId: string; attempt: number };

type Options = {
  database: CiMedicDatabase;
  providers: ProviderRegistry;
  runs: RunStore;
  problems: RunProblems;
  changes: ChangeFeed;
  /** Patterns of names of artifacts that may hold test reports. */
  patterns: string[];
};

type JobName = { job_id: string; name: string };

const MOST_ARTIFACTS = 100;
const MOST_BYTES = 100 * 1024 ** 2;

const outcomeRanks = { failed: 0, error: 1, passed: 3, skipped: 4 };

/**
 * Reads the test reports among the artifacts of an attempt.
 */
export class ArtifactsHandler implements WorkHandler<Payload> {
  readonly kind = ingestArtifacts.kind;
  readonly schema = ingestArtifacts.schema;
  readonly concurrency = 2;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 6;

  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async run(item: WorkItem<Payload>): Promise<WorkResult> {
    const { database, providers, runs, problems, changes } = this.#options;
    const { runId, attempt } = item.payload;
    const known = await runs.attempts(database.knex, runId);
    const run = known.find(stored => stored.attempt === attempt);
    if (!run) {
      return {};
    }
    const project = await getProject(database.knex, run.projectId);
    const provider = providers.get(project.ref.provider);
    const request = { project: project.ref, signal: item.signal };
    const artifacts = await provider.listArtifacts({
      ...request,
      runId: run.externalId,
      attempt,
    });
    const collector = new ReportCollector();
    const wanted = artifacts.filter(({ name }) => this.#isWanted(name));
    for (const artifact of wanted.slice(0, MOST_ARTIFACTS)) {
      const refusal = refusalOf(artifact);
      if (refusal) {
        collector.refuse(artifact.name, refusal);
        continue;
      }
      const { artifactId } = artifact;
      const stream = await provider.openArtifact({ ...request, artifactId });
      await collector.collect(artifact.name, stream);
    }
    return {
      write: async ({ knex, enqueue }) => {
        await this.#save(knex, item.payload, collector.cases);
        if (collector.cases.length > 0) {
          await enqueue(workFor(seriesTake, { runId }));
        }
        await problems.replace({
          ...{ knex, runId, attempt, source: this.kind },
          problems: collector.problems,
        });
        if (wanted.length > 0) {
          changes.announceAfter(knex, 'ci-medic:runs', runId);
        }
      },
    };
  }

  async onDead(
    item: Omit<WorkItem<Payload>, 'signal'>,
    reason: string,
    { knex }: WorkTransaction,
  ): Promise<void> {
    await this.#options.problems.replace({
      ...{ knex, ...item.payload, source: this.kind },
      problems: [{ subject: 'Test reports', reason }],
    });
  }

  #isWanted(name: string): boolean {
    return this.#options.patterns.some(pattern =>
      minimatch(name, pattern, { nocase: true, dot: true, nonegate: true }),
    );
  }

  async #save(
    knex: Knex.Transaction,
    { runId, attempt }: Payload,
    cases: CollectedCase[],
  ) {
    const jobs: JobName[] = await knex('jobs')
      .where({ run_id: runId, attempt })
      .whereNotNull('started_at')
      .whereNot('conclusion', 'skipped')
      .select('job_id', 'name');
    await knex('test_cases').where({ run_id: runId, attempt }).delete();
    await insertInBatches({
      knex,
      table: 'test_cases',
      rows: cases.map((testCase, position) => ({
        id: stableId(runId, attempt, 'case', position),
        run_id: runId,
        attempt,
        job_id: jobOf(testCase.artifact, jobs) ?? null,
        position,
        suite: writeText(testCase.suite, 500),
        class_name: writeText(testCase.className, 500),
        name: writeText(testCase.name, 1_000),
        file: writeText(testCase.file, 1_000),
        line: testCase.line ?? null,
        outcome: testCase.outcome,
        outcome_rank:
          testCase.outcome === 'passed' && testCase.flaky
            ? 2
            : outcomeRanks[testCase.outcome],
        flaky: testCase.flaky,
        duration_ms: testCase.durationMs ?? null,
        message: writeText(testCase.message, 4_000),
        details: writeText(testCase.details, 32_000),
        report: writeText(`${testCase.artifact}: ${testCase.report}`, 1_000),
      })),
    });
  }
}

function refusalOf(artifact: ProviderArtifact): string | undefined {
  if (artifact.expired) {
    return 'The CI system has dropped it';
  }
  return artifact.size > MOST_BYTES
    ? `It is larger than ${MOST_BYTES} bytes`
    : undefined;
}

/**
 * CI systems do not say which job made an artifact. It is taken as known when only one job ran, or when the name of
 * exactly one job is in the artifact's name.
 */
function jobOf(artifact: string, jobs: JobName[]): string | undefined {
  if (jobs.length === 1) {
    return jobs[0].job_id;
  }
  const slug = `-${slugOf(artifact)}-`;
  const named = jobs.filter(job => slug.includes(`-${slugOf(job.name)}-`));
  return named.length === 1 ? named[0].job_id : undefined;
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]/)
    .filter(Boolean)
    .join('-');
}
