import { DatabaseService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { setTimeout } from 'timers/promises';
import { DatabaseClock, serverClock } from './DatabaseClock';
import { isTransientDatabaseError } from './isTransientDatabaseError';
import { migrate } from './migrate';

const TRANSACTION_TRIES = 6;

/**
 * The plugin's database: migrated, with transactions that are run again when they collide.
 *
 * @remarks
 *
 * SQLite has a single connection. Inside a transaction use nothing but the transaction, or it waits for itself.
 */
export class CiMedicDatabase {
  /**
   * Connects and migrates, unless the configuration says that migrations are run elsewhere.
   */
  static async open(options: {
    database: DatabaseService;
    /** The one of the server by default. */
    clock?: DatabaseClock;
  }): Promise<CiMedicDatabase> {
    const knex = await options.database.getClient();
    if (!options.database.migrations?.skip) {
      await CiMedicDatabase.migrate(knex);
    }
    return new CiMedicDatabase(knex, options.clock ?? serverClock);
  }

  /** A database that is connected already, and possibly a clock that a test moves. */
  static fromKnex(
    knex: Knex,
    options?: { clock?: DatabaseClock },
  ): CiMedicDatabase {
    return new CiMedicDatabase(knex, options?.clock ?? serverClock);
  }

  static async migrate(knex: Knex): Promise<void> {
    await migrate(knex);
  }

  readonly knex: Knex;
  readonly #clock: DatabaseClock;

  private constructor(knex: Knex, clock: DatabaseClock) {
    this.knex = knex;
    this.#clock = clock;
  }

  get isPostgres(): boolean {
    return this.knex.client.config.client === 'pg';
  }

  /** Whether everything is lost when the process ends. */
  get isVolatile(): boolean {
    const connection = this.knex.client.config.connection;
    const file =
      typeof connection === 'string' ? connection : connection?.filename;
    return !this.isPostgres && (file === undefined || file === ':memory:');
  }

  /** SQL for the present time of the database, in epoch milliseconds. */
  nowExpression(): Knex.Raw {
    return this.#clock.now(this.knex);
  }

  /** The present time of the database, in epoch milliseconds. */
  async now(connection: Knex = this.knex): Promise<number> {
    const row = await connection
      .select({ now: this.nowExpression() })
      .first<{ now: unknown }>();
    return Number(row.now);
  }

  /**
   * Runs `work` in a transaction. When it collides with another one it is rolled back and run again, so it must not
   * touch anything outside.
   */
  async transaction<T>(
    work: (transaction: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.knex.transaction(work);
      } catch (error) {
        if (tries === TRANSACTION_TRIES || !isTransientDatabaseError(error)) {
          throw error;
        }
        await setTimeout(Math.random() * 20 * 2 ** tries);
      }
    }
  }
}
