import {
  anomaliesJudge,
  seriesTake,
  testsJudge,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { measureRun } from './measureRun';
import { readRunsToMeasure } from './readRunsToMeasure';
import { RunCounters } from './RunCounters';
import { RunnerPrices } from '../RunnerPrices';
import { SeriesStore } from './SeriesStore';
import { TestIdentities } from './TestIdentities';

type Payload = { runId: string };

/** Logs and test reports of a run come one after the other; judging them together is cheaper. */
const JUDGE_AFTER_MS = 2_000;

/**
 * Measures a run that ended, or of which more is known now: its figures become points of series.
 */
export class SeriesTakeHandler implements WorkHandler<Payload> {
  readonly kind = seriesTake.kind;
  readonly schema = seriesTake.schema;
  readonly concurrency = 2;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 10;

  readonly #store = new SeriesStore();
  readonly #tests = new TestIdentities();
  readonly #counters: RunCounters;
  readonly #measuring: { mainBranches: string[]; prices: RunnerPrices };

  constructor(options: {
    counters: RunCounters;
    mainBranches: string[];
    prices: RunnerPrices;
  }) {
    this.#measuring = options;
    this.#counters = options.counters;
  }

  async run(item: WorkItem<Payload>): Promise<WorkResult> {
    return { write: trx => this.#take(item.payload.runId, trx) };
  }

  async #take(runId: string, { knex, enqueue }: WorkTransaction) {
    const runs = await readRunsToMeasure(knex, [runId]);
    if (runs.length === 0) {
      return;
    }
    const news = await this.#store.replace(
      knex,
      [runId],
      runs.flatMap(run => measureRun(run, this.#measuring)),
    );
    await this.#tests.assign(knex, [runId]);
    await this.#counters.count(knex, runs[0]);
    for (const { projectId, pipelineId } of news) {
      const payload = { projectId, pipelineId };
      const options = { lane: projectId, delayMs: JUDGE_AFTER_MS };
      await enqueue(workFor(anomaliesJudge, payload, options));
      await enqueue(workFor(testsJudge, payload, options));
    }
  }
}
