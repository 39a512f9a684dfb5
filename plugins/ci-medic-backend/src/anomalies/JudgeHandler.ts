import { setImmediate } from 'timers/promises';
import { ChangeFeed } from '../changes';
import { CiMedicDatabase, readNumber } from '../database';
import {
  anomaliesGroup,
  anomaliesJudge,
  isReadingHistory,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { AnomalyStore } from './AnomalyStore';
import { readSubject } from './JudgedSubject';
import { SubjectJudge, SubjectVerdict } from './SubjectJudge';

type Payload = { projectId: string; pipelineId: string };

/** While history is read backwards, series begin earlier with each page. */
const HISTORY_WAIT_MS = 10_000;
const DAY_MS = 24 * 3_600_000;
/** By then it was said that a warning is gone. */
const GONE_MS = 30 * DAY_MS;

/**
 * Looks for what is unusual in the series of a pipeline that changed.
 */
export class JudgeHandler implements WorkHandler<Payload> {
  readonly kind = anomaliesJudge.kind;
  readonly schema = anomaliesJudge.schema;
  readonly concurrency = 1;
  readonly leaseMs = 60_000;
  readonly maxAttempts = 5;

  readonly #database: CiMedicDatabase;
  readonly #changes: ChangeFeed;
  readonly #store: AnomalyStore;
  readonly #judge: SubjectJudge;

  constructor(options: { database: CiMedicDatabase; changes: ChangeFeed }) {
    this.#database = options.database;
    this.#changes = options.changes;
    this.#store = new AnomalyStore(options);
    this.#judge = new SubjectJudge({ knex: options.database.knex });
  }

  async run({ payload, signal }: WorkItem<Payload>): Promise<WorkResult> {
    const { knex } = this.#database;
    const key = {
      project_id: payload.projectId,
      pipeline_id: payload.pipelineId,
    };
    const news = await knex('series_news').where(key).first();
    if (!news || (await this.#isBeingBuilt(payload.projectId))) {
      return {};
    }
    const since = readNumber(news.since)!;
    const isHistory = since < (await this.#database.now()) - DAY_MS;
    if (isHistory && (await isReadingHistory(knex, payload.projectId))) {
      return {
        write: ({ enqueue }) =>
          enqueue(
            workFor(anomaliesJudge, payload, { delayMs: HISTORY_WAIT_MS }),
          ),
      };
    }
    const verdicts: SubjectVerdict[] = [];
    for (const row of await knex('series_subjects')
      .where(key)
      // That a warning is gone shows in runs that do not have it.
      .where(of =>
        of
          .where('last_at', '>=', since)
          .orWhere(gone =>
            gone
              .where({ kind: 'template' })
              .where('last_at', '>', since - GONE_MS),
          ),
      )
      .orderBy('id')) {
      signal.throwIfAborted();
      verdicts.push(await this.#judge.judge(readSubject(row), since));
      // Others want to be answered meanwhile.
      await setImmediate();
    }
    const { version } = news;
    return {
      write: trx => this.#save({ payload, version, verdicts, isHistory }, trx),
    };
  }

  async #save(
    judged: {
      payload: Payload;
      version: unknown;
      verdicts: SubjectVerdict[];
      isHistory: boolean;
    },
    { knex, enqueue }: WorkTransaction,
  ) {
    const { payload, version, verdicts, isHistory } = judged;
    const hasChanged = await this.#store.save(knex, verdicts);
    // What came in meanwhile is judged the next time.
    await knex('series_news')
      .where({
        project_id: payload.projectId,
        pipeline_id: payload.pipelineId,
        version,
      })
      .delete();
    const { projectId } = payload;
    if (hasChanged) {
      await enqueue(workFor(anomaliesGroup, { projectId }));
    }
    // Pages say that a history is not looked at yet.
    if (hasChanged || isHistory) {
      this.#changes.announceAfter(knex, 'ci-medic:runs', projectId);
    }
  }

  /** Everything is judged when it is done. */
  async #isBeingBuilt(projectId: string): Promise<boolean> {
    const build = await this.#database
      .knex('series_builds')
      .where({ project_id: projectId })
      .whereIn('state', ['queued', 'running'])
      .first('project_id');
    return build !== undefined;
  }
}
