import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import { RateLimitedError } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import { z } from 'zod';
import { CiMedicDatabase, DatabaseClock } from '../database';
import { DeadLetters } from './DeadLetters';
import { WorkHandler, WorkItem, WorkRequest, WorkResult } from './types';
import { WorkClaims } from './WorkClaims';
import { WorkQueue } from './WorkQueue';
import { WorkRunner } from './WorkRunner';

jest.setTimeout(60_000);

/** A database clock that stands still until a test moves it. */
class StoppedClock implements DatabaseClock {
  time = Date.parse('2026-11-24T00:00:00Z');

  now(knex: Knex) {
    return knex.raw('cast(? as bigint)', [this.time]);
  }
}

function gate() {
  let open!: () => void;
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, opened };
}

describe.each(TestDatabases.create().eachSupportedId())('work on %s', id => {
  const databases = TestDatabases.create({ ids: [id as any] });
  const runners: WorkRunner[] = [];

  afterEach(async () => {
    await Promise.all(runners.splice(0).map(runner => runner.stop()));
  });

  async function setUp() {
    const knex = await databases.init(id as any);
    await CiMedicDatabase.migrate(knex);
    const clock = new StoppedClock();
    const database = CiMedicDatabase.fromKnex(knex, { clock });
    const queue = WorkQueue.create({ database });
    const enqueue = (work: WorkRequest | WorkRequest[]) =>
      database.transaction(trx => queue.enqueue(trx, work));
    const handler = (
      run: (item: WorkItem<{ n: number }>) => Promise<WorkResult>,
      options?: Partial<WorkHandler>,
    ): WorkHandler => ({
      kind: 'test',
      schema: z.object({ n: z.number() }),
      concurrency: 2,
      leaseMs: 30_000,
      maxAttempts: 3,
      run,
      ...options,
    });
    const runner = (handlers: WorkHandler[], ownQueue = queue) => {
      const made = WorkRunner.create({
        database,
        queue: ownQueue,
        handlers,
        logger: mockServices.logger.mock(),
        pollIntervalMs: 3_600_000,
        random: () => 1,
      });
      runners.push(made);
      return made;
    };
    const work = (key: string, more?: Partial<WorkRequest>) => ({
      kind: 'test',
      key,
      payload: { n: 1 },
      ...more,
    });
    const rows = () => knex('work').orderBy('key');
    const deadLetters = DeadLetters.create({ database, queue });
    return {
      ...{ knex, clock, database, queue, enqueue, handler, runner, work, rows },
      deadLetters,
    };
  }

  it('runs what is enqueued at once, each once, over two processes that race', async () => {
    const { database, enqueue, handler, runner, work, rows, knex } =
      await setUp();
    await knex.schema.createTable('effects', table => table.text('key'));
    const run = async ({ key }: WorkItem<unknown>) => ({
      write: async (transaction: { knex: Knex }) => {
        await transaction.knex('effects').insert({ key });
      },
    });
    const otherQueue = WorkQueue.create({ database });
    const first = runner([handler(run, { concurrency: 5 })]);
    const second = runner([handler(run, { concurrency: 5 })], otherQueue);
    first.start();
    second.start();
    const keys = Array.from({ length: 60 }, (_, n) => `k${100 + n}`);
    await enqueue(keys.map(key => work(key)));
    await Promise.all([first.idle(), second.idle()]);
    expect((await rows()).map(row => row.state)).toEqual(
      keys.map(() => 'done'),
    );
    const effects = await knex('effects').orderBy('key');
    expect(effects.map(row => row.key)).toEqual(keys);
  });

  it('writes the outcome and what follows from it in one transaction with being done', async () => {
    const { enqueue, handler, runner, work, rows } = await setUp();
    let failures = 1;
    const worker = runner([
      handler(async () => ({
        write: async ({ enqueue: follow }) => {
          await follow({ kind: 'next', key: 'n', payload: {} });
          if (failures-- > 0) {
            throw new Error('the disk is full');
          }
        },
      })),
    ]);
    worker.start();
    await enqueue(work('a', { lane: 'project' }));
    await worker.idle();
    expect(await rows()).toMatchObject([
      { state: 'queued', attempts: 1, last_error: 'Error: the disk is full' },
    ]);
  });

  it('keeps one pending item for a key, and repeats what is asked for while it runs', async () => {
    const { enqueue, handler, runner, work, rows } = await setUp();
    const entered = gate();
    const leave = gate();
    const seen: number[] = [];
    const worker = runner([
      handler(async ({ payload }) => {
        seen.push(payload.n);
        entered.open();
        await leave.opened;
        return {};
      }),
    ]);
    await enqueue([work('a'), work('a'), work('a', { payload: { n: 2 } })]);
    expect(await rows()).toHaveLength(1);
    worker.start();
    await entered.opened;
    await enqueue(work('a', { payload: { n: 3 } }));
    leave.open();
    await worker.idle();
    expect(seen).toEqual([2, 3]);
    expect(await rows()).toMatchObject([{ state: 'done' }]);
  });

  it('refuses what a worker writes whose lease ran out, and gives the work to another', async () => {
    const { knex, clock, enqueue, handler, runner, work, rows } = await setUp();
    await knex.schema.createTable('effects', table => table.text('who'));
    const write = (who: string) => ({
      write: async (transaction: { knex: Knex }) => {
        await transaction.knex('effects').insert({ who });
      },
    });
    const entered = gate();
    const leave = gate();
    const frozen = runner([
      handler(async () => {
        entered.open();
        await leave.opened;
        return write('frozen');
      }),
    ]);
    frozen.start();
    await enqueue(work('a'));
    await entered.opened;

    clock.time += 29_999;
    const early = runner([handler(async () => write('early'))]);
    early.start();
    await early.stop();
    expect(await knex('effects')).toEqual([]);

    clock.time += 2;
    const reaper = runner([]);
    reaper.start();
    await reaper.stop();
    expect(await rows()).toMatchObject([{ state: 'queued', attempts: 1 }]);
    clock.time += 60_000;
    const other = runner([handler(async () => write('other'))]);
    other.start();
    await other.idle();
    leave.open();
    await frozen.idle();
    expect(await knex('effects')).toEqual([{ who: 'other' }]);
    const [row] = await rows();
    expect(row.state).toBe('done');
    expect(Number(row.fence)).toBe(2);
  });

  it('pauses longer after each failure, then gives up with the reason, and runs again on request', async () => {
    const { clock, enqueue, handler, runner, work, rows, deadLetters } =
      await setUp();
    const pauses: number[] = [];
    const dead: string[] = [];
    let healed = false;
    const runOnce = async () => {
      const worker = runner([
        handler(
          async () => {
            if (healed) {
              return {};
            }
            throw new Error('no route to host');
          },
          {
            async onDead({ key }, reason) {
              dead.push(`${key} ${reason}`);
            },
          },
        ),
      ]);
      worker.start();
      await worker.idle();
      // Or it might take what the next one should.
      await worker.stop();
    };
    await enqueue(work('a'));
    for (let attempt = 1; attempt <= 2; attempt++) {
      await runOnce();
      const [row] = await rows();
      expect(row).toMatchObject({ state: 'queued', attempts: attempt });
      pauses.push(Number(row.due_at) - clock.time);
      clock.time = Number(row.due_at);
    }
    expect(pauses).toEqual([2_000, 4_000]);
    await runOnce();
    const reason = 'given up after 3 attempts: Error: no route to host';
    expect(dead).toEqual([`a ${reason}`]);
    const { items } = await deadLetters.list({});
    expect(items).toMatchObject([{ kind: 'test', key: 'a', reason }]);
    expect(await deadLetters.count()).toEqual([
      { kind: 'test', queued: 0, running: 0, dead: 1, oldestDueMs: undefined },
    ]);

    healed = true;
    await deadLetters.redrive(items[0].id);
    await runOnce();
    expect(await rows()).toMatchObject([{ state: 'done', attempts: 1 }]);
    await expect(deadLetters.redrive(items[0].id)).rejects.toThrow(
      'There is no dead letter',
    );
  });

  it('waits for rate limits without counting, and does not repeat what cannot heal', async () => {
    const { clock, enqueue, handler, runner, work, rows } = await setUp();
    const worker = runner([
      handler(async ({ key }) => {
        if (key === 'limited') {
          throw new RateLimitedError(
            'slow down',
            new Date(Date.now() + 600_000),
          );
        }
        throw new InputError('it is broken');
      }),
    ]);
    worker.start();
    await enqueue([
      work('limited'),
      work('broken'),
      work('malformed', { payload: { n: 'one' } }),
    ]);
    await worker.idle();
    const [broken, limited, malformed] = await rows();
    expect(broken).toMatchObject({
      state: 'dead',
      last_error: 'InputError: it is broken',
    });
    expect(limited).toMatchObject({ state: 'queued', attempts: 0 });
    const waitMs = Number(limited.due_at) - clock.time;
    expect(waitMs).toBeGreaterThan(590_000);
    expect(waitMs).toBeLessThanOrEqual(600_000);
    expect(malformed.state).toBe('dead');
    expect(malformed.last_error).toContain('payload is malformed');
  });

  it('lets lanes take turns, and background work wait', async () => {
    const { database, enqueue, work } = await setUp();
    await enqueue([
      work('history', { lane: 'a', priority: 0 }),
      ...[1, 2, 3].map(n => work(`noisy ${n}`, { lane: 'noisy' })),
      work('b', { lane: 'b' }),
      work('z', { lane: 'z' }),
    ]);
    const claims = WorkClaims.create({ database, owner: 'one' });
    const lanes: string[] = [];
    for (;;) {
      const claimed = await claims.claim('test', 1_000);
      if (!claimed) {
        break;
      }
      lanes.push(claimed.lane);
    }
    expect(lanes).toEqual(['b', 'noisy', 'z', 'noisy', 'noisy', 'a']);
  });

  it('hands leases back when it stops, so that another process goes on at once', async () => {
    const { enqueue, handler, runner, work, rows } = await setUp();
    const entered = gate();
    const worker = runner([
      handler(async ({ signal }) => {
        entered.open();
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
        return {};
      }),
    ]);
    worker.start();
    await enqueue(work('a'));
    await entered.opened;
    await worker.stop({ graceMs: 0 });
    expect(await rows()).toMatchObject([
      { state: 'queued', attempts: 0, lease_owner: null },
    ]);
    const next = runner([handler(async () => ({}))]);
    next.start();
    await next.idle();
    expect(await rows()).toMatchObject([{ state: 'done' }]);
  });
});
