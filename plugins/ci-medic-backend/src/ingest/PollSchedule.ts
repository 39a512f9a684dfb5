import { CiMedicDatabase } from '../database';
import { ingestPoll, workFor, WorkQueue } from '../work';

const MOST = 1_000;

/**
 * Puts the polls into the queue that are due.
 */
export class PollSchedule {
  readonly #database: CiMedicDatabase;
  readonly #queue: WorkQueue;

  constructor(options: { database: CiMedicDatabase; queue: WorkQueue }) {
    this.#database = options.database;
    this.#queue = options.queue;
  }

  async run(): Promise<void> {
    await this.#database.transaction(async knex => {
      const due = await knex('projects')
        .where('next_poll_at', '<=', await this.#database.now(knex))
        .whereExists(query =>
          query
            .from('entity_projects')
            .whereRaw('entity_projects.project_id = projects.id')
            .select(knex.raw('1')),
        )
        .orderBy('next_poll_at')
        .limit(MOST)
        .pluck('id');
      await this.#queue.enqueue(
        knex,
        due.map(projectId =>
          workFor(ingestPoll, { projectId }, { lane: projectId }),
        ),
      );
    });
  }
}
