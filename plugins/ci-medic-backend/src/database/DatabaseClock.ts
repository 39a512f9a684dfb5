import { Knex } from 'knex';

/**
 * The clock of the database server, which all replicas share. Leases and due times are told by it alone, so that
 * replicas whose clocks differ do not take each other's work.
 */
export interface DatabaseClock {
  /** SQL for the present time in epoch milliseconds. */
  now(knex: Knex): Knex.Raw;
}

export const serverClock: DatabaseClock = {
  now(knex) {
    return knex.client.config.client.includes('sqlite')
      ? knex.raw(`cast(unixepoch('subsec') * 1000 as integer)`)
      : knex.raw(
          `cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)`,
        );
  },
};

/** A clock that somebody else moves. */
export function movedClock(now: () => number): DatabaseClock {
  return { now: knex => knex.raw('cast(? as bigint)', [now()]) };
}
