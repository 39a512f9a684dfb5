import { TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import fc from 'fast-check';
import { connect } from 'net';
import knexFactory, { Knex } from 'knex';
import { CiMedicDatabase } from '../database';
import { memoryAttempt, MemoryIntake } from './__testUtils__/MemoryIntake';
import { MemoryCi } from './__testUtils__/MemoryCi';
import { Partition } from './__testUtils__/Partition';
import { serveWebhooks } from './__testUtils__/serveWebhooks';

jest.setTimeout(300_000);

/** What happens at places of the code, as a test wants it. */
const places = new Map<string, () => void>();
jest.mock('../failpoints', () => ({
  ...jest.requireActual('../failpoints'),
  failpoint: (name: string) => places.get(name)?.(),
}));

const MINUTE_MS = 60_000;
const { project } = MemoryIntake;
const runEvent = (id: string, change?: JsonObject) =>
  JSON.stringify({
    ...{ kind: 'run', project },
    run: { ...memoryAttempt({ id }).run, ...change },
  });

const ids = TestDatabases.create().eachSupportedId().flat() as string[];
const isPostgres = (id: string) => id.startsWith('POSTGRES');

describe.each(ids)('the promises of the intake on %s', id => {
  const databases = TestDatabases.create({ ids: [id as any] });
  const ends: Array<() => Promise<unknown>> = [];

  afterEach(async () => {
    places.clear();
    for (const end of ends.splice(0).reverse()) {
      await end();
    }
  });

  async function setUp(options: { ci?: MemoryCi; knex?: Knex } = {}) {
    const { knex = await databases.init(id as any) } = options;
    await CiMedicDatabase.migrate(knex);
    const shop = MemoryIntake.create({ ...options, knex });
    ends.push(() => shop.intake.runner.stop({ graceMs: 0 }));
    return { knex, shop };
  }

  /** Deliveries that are durable, with how often. */
  async function stored(knex: Knex): Promise<Map<string, number>> {
    const rows = await knex('inbox').select('delivery_id');
    const counts = new Map<string, number>();
    for (const { delivery_id: name } of rows) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return counts;
  }

  it('R5: whatever is acknowledged is durable, wherever the process dies', async () => {
    const { knex, shop } = await setUp();
    const served = await serveWebhooks(shop);
    ends.push(() => served.close());
    const die = () => {
      // What others see of a process that is gone: its connections end.
      served.server.closeAllConnections();
      throw new Error('The process is gone');
    };
    for (const place of ['inbox.committing', 'webhook.stored', 'body']) {
      const answers = new Map<string, number>();
      for (let count = 0; count < 200; count++) {
        const name = `${place}-${count}`;
        // Every second one lives.
        if (count % 2 === 0) {
          places.set(place, die);
        }
        if (place === 'body' && count % 2 === 0) {
          const socket = connect(served.port, '127.0.0.1');
          socket.on('error', () => {});
          socket.write(
            'POST /webhooks/memory HTTP/1.1\r\nHost: ci\r\nContent-Length: 900\r\n\r\n{"kind',
          );
          socket.end();
          answers.set(name, 0);
        } else {
          const { status } = await served.deliver(runEvent('1'), name);
          answers.set(name, status);
        }
        places.clear();
      }
      const durable = await stored(knex);
      const lies = [...answers].filter(
        ([name, status]) => status === 202 && !durable.has(name),
      );
      expect(lies).toEqual([]);
      expect(
        [...answers.values()].filter(status => status === 202).length,
      ).toBe(100);
      for (const name of answers.keys()) {
        expect((await served.deliver(runEvent('1'), name)).status).toBe(202);
      }
      const after = await stored(knex);
      expect([...answers.keys()].map(name => after.get(name))).toEqual(
        Array(200).fill(1),
      );
    }
  });

  it('R6: what was missed while the server was down is found, with few calls', async () => {
    const { shop } = await setUp();
    const { ci } = shop;
    const RUNS = 300;
    for (let number = 1; number <= RUNS; number++) {
      ci.attempts.push(
        memoryAttempt({
          ...{ id: String(number), minutesAgo: RUNS - number + 5, jobs: {} },
        }),
      );
    }
    await shop.start();
    // Down while the last fifth was told: nobody tells of it again.
    const told = ci.attempts.slice(0, RUNS * 0.8);
    for (const { run } of told) {
      await shop.intake.inbox.store({
        provider: ci.id,
        delivery: { deliveryId: `told-${run.runId}`, event: 'ci' },
        body: Buffer.from(runEvent(run.runId, run as any)),
      });
    }
    await shop.intake.runner.idle();
    const lists: number[] = [];
    for (let minutes = 0; minutes < 15; minutes += 5) {
      ci.calls.splice(0);
      await shop.chore('poll');
      await shop.intake.runner.idle();
      lists.push(ci.calls.filter(call => call === 'listRuns').length);
      shop.clock.time += 5 * MINUTE_MS;
    }
    const { total } = await shop.database
      .knex('runs')
      .count({ total: '*' })
      .first<any>();
    expect(Number(total)).toBe(RUNS);
    expect(lists[0]).toBeLessThanOrEqual(RUNS / 100);
    expect(lists.slice(1)).toEqual([1, 1]);
  });

  it('R7: the order of deliveries does not matter', async () => {
    const { knex, shop } = await setUp();
    const { ci } = shop;
    await shop.start();
    const progress = ['queued', 'in_progress', 'completed'] as const;
    const known = [1, 2, 3].flatMap(attempt =>
      progress.map(status => ({ attempt, status })),
    );
    const make = (runId: string) => {
      const attempts = [1, 2, 3].map(attempt =>
        memoryAttempt({
          ...{ id: runId, attempt, jobs: { build: 'failure' } },
        }),
      );
      ci.attempts.push(...attempts);
      return known.map(({ attempt, status }) => ({
        ...{ kind: 'run', project },
        run: {
          ...attempts[attempt - 1].run,
          status,
          conclusion: status === 'completed' ? 'failure' : undefined,
        },
      }));
    };
    const stateOf = async (external: string) => {
      const rows = await knex('runs')
        .where({ external_id: external })
        .orderBy('attempt')
        .select('attempt', 'rank', 'status', 'conclusion');
      const jobs = await knex('jobs')
        .whereIn('run_id', q =>
          q.from('runs').where({ external_id: external }).select('run_id'),
        )
        .orderBy('attempt')
        .select('attempt', 'status', 'conclusion');
      return { rows, jobs };
    };
    const inOrder = make('1');
    for (const event of inOrder) {
      await shop.deliver(event);
    }
    const expected = await stateOf('1');
    expect(expected.rows).toHaveLength(3);
    expect(expected.jobs).toHaveLength(3);

    // All orders of what is told of one attempt, and never a step back.
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const [index, order] of orders.entries()) {
      const external = String(100 + index);
      const events = make(external);
      for (const attempt of [3, 1, 2]) {
        let rank = -1;
        for (const place of order) {
          await shop.deliver(events[(attempt - 1) * 3 + place]);
          const { rows } = await stateOf(external);
          const row = rows.find(each => each.attempt === attempt);
          expect(row!.rank).toBeGreaterThanOrEqual(rank);
          rank = row!.rank;
        }
      }
      expect(await stateOf(external)).toEqual(expected);
    }

    // Many runs at once, everything of all of them in any order, some twice.
    let next = 1_000;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(1_000_000), { minLength: 400, maxLength: 400 }),
        async keys => {
          const names = Array.from({ length: 12 }, () => String(next++));
          const events = names.flatMap(make);
          const all = [...events, ...events.slice(0, 40)];
          const shuffled = all
            .map((event, index) => ({ event, key: keys[index] ?? index }))
            .sort((one, other) => one.key - other.key);
          for (const [index, { event }] of shuffled.entries()) {
            await shop.intake.inbox.store({
              provider: ci.id,
              delivery: { deliveryId: `${names[0]}-${index}`, event: 'ci' },
              body: Buffer.from(JSON.stringify(event)),
            });
          }
          await shop.intake.runner.idle();
          for (const external of names) {
            expect(await stateOf(external)).toEqual(expected);
          }
        },
      ),
      { numRuns: isPostgres(id) ? 1 : 3 },
    );
  });

  it('R9: what cannot be read holds nothing else up, and is kept with its reason', async () => {
    const { knex, shop } = await setUp();
    const { ci } = shop;
    const poison = [
      `${'{"kind":'.repeat(6_000)}1${'}'.repeat(6_000)}`,
      '{"kind":"run\u0000"}',
      JSON.stringify({ kind: 'run', project: 7, run: [] }),
      JSON.stringify({ kind: 'run', project, run: { runId: 'x'.repeat(9e6) } }),
    ];
    for (let number = 1; number <= 200; number++) {
      const isPoison = number % 50 === 0;
      if (!isPoison) {
        ci.attempts.push(memoryAttempt({ id: String(number), jobs: {} }));
      }
      await shop.intake.inbox.store({
        provider: ci.id,
        delivery: { deliveryId: String(number), event: 'ci' },
        body: Buffer.from(
          isPoison ? poison[number / 50 - 1] : runEvent(String(number)),
        ),
      });
    }
    await shop.start();
    await shop.intake.runner.idle();
    const healthy = await knex('inbox').where({ state: 'processed' });
    expect(healthy).toHaveLength(196);
    // Time passes until nobody tries any more.
    const pending = async () =>
      (await shop.intake.inbox.count()).pending > 0 ||
      (await knex('work').whereIn('state', ['queued', 'running']).first());
    for (let tries = 0; tries < 30 && (await pending()); tries++) {
      shop.clock.time += 11 * MINUTE_MS;
      await shop.intake.runner.idle();
    }
    const dead = await knex('inbox').where({ state: 'dead' });
    expect(dead.map(row => row.delivery_id).sort()).toEqual([
      ...['100', '150', '200', '50'],
    ]);
    dead.forEach(row => expect(row.reason).toMatch(/\w{5}/));
    const { deadLetters } = shop.intake.api;
    const { items } = await deadLetters.list({});
    expect(items).toHaveLength(4);
    for (const { attempts } of items) {
      expect(attempts).toBeLessThanOrEqual(8);
    }
    // Whoever repaired the reason has it tried again.
    await knex('inbox')
      .where({ delivery_id: '50' })
      .update({ body: Buffer.from(runEvent('1')) });
    const one = await knex('work')
      .where({ key: dead.find(row => row.delivery_id === '50').id })
      .first();
    await deadLetters.redrive(one.id);
    await shop.intake.runner.idle();
    const row = await knex('inbox').where({ delivery_id: '50' }).first();
    expect(row.state).toBe('processed');
  });

  if (isPostgres(id)) {
    it('R4: a database that is there and does not answer is no lie, and heals by itself', async () => {
      const direct = await databases.init(id as any);
      const { connection } = direct.client.config;
      const partition = await Partition.to({
        host: connection.host,
        port: Number(connection.port),
      });
      const knex = knexFactory({
        client: 'pg',
        connection: {
          ...connection,
          // knex hides it from whoever copies.
          password: connection.password,
          host: '127.0.0.1',
          port: partition.port,
        },
        pool: { min: 0, max: 8 },
      });
      ends.push(async () => {
        partition.heal();
        await knex.destroy();
        await partition.close();
      });
      const { shop } = await setUp({ knex });
      const served = await serveWebhooks(shop, { storeTimeoutMs: 1_000 });
      ends.push(() => served.close());
      expect((await served.deliver(runEvent('1'), 'before')).status).toBe(202);

      partition.cut();
      const names = Array.from({ length: 30 }, (_, index) => `during-${index}`);
      const during = await Promise.all(
        names.map(name => served.deliver(runEvent('1'), name)),
      );
      for (const { status, retryAfter } of during) {
        expect(status).toBe(503);
        expect(Number(retryAfter)).toBeGreaterThan(0);
      }

      partition.heal();
      const waiting = new Set(names);
      for (let tries = 0; tries < 50 && waiting.size > 0; tries++) {
        for (const name of waiting) {
          const { status } = await served.deliver(runEvent('1'), name);
          if (status === 202) {
            waiting.delete(name);
          }
        }
      }
      expect([...waiting]).toEqual([]);
      const durable = await stored(direct);
      expect(names.map(name => durable.get(name))).toEqual(names.map(() => 1));
    });
  }
});
