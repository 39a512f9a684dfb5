import { TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { LogLine } from '@ci-medic/build-log';
import { Knex } from 'knex';
import { Readable } from 'stream';
import { CiMedicDatabase, jobIdOf } from '../database';
import { MemoryCi } from '../ingest/__testUtils__/MemoryCi';
import {
  memoryAttempt,
  MemoryIntake,
} from '../ingest/__testUtils__/MemoryIntake';
import { LogReader } from './LogReader';
import { LogReadHandler } from './LogReadHandler';
import { LogSketches } from './LogSketches';
import { LogQuota, LogWriter } from './LogWriter';

jest.setTimeout(60_000);

const MINUTE_MS = 60_000;

describe.each(TestDatabases.create().eachSupportedId())('logs on %s', id => {
  const databases = TestDatabases.create({ ids: [id as any] });
  const started: MemoryIntake[] = [];

  afterEach(async () => {
    for (const { intake } of started.splice(0)) {
      await intake.runner.stop({ graceMs: 0 });
    }
  });

  async function setUp(options?: { ci?: MemoryCi; config?: object }) {
    const knex: Knex = await databases.init(id as any);
    await CiMedicDatabase.migrate(knex);
    const shop = MemoryIntake.create({ knex, ...options });
    started.push(shop);
    await shop.start();
    const { database } = shop;
    return { knex, shop, database, reader: LogReader.create({ database }) };
  }

  const jobId = (external: string) => jobIdOf(MemoryIntake.project, external);

  const lines = (count: number): LogLine[] =>
    Array.from({ length: count }, (_, index) => ({
      number: index + 1,
      text: `line ${index + 1}`,
      level: index + 1 === 45 ? 'error' : 'info',
      templateId: 'line',
    }));

  it('keeps the beginning, the end and the errors of an enormous log, and says what is missing', async () => {
    const { database, reader, knex } = await setUp();
    const quota: LogQuota = {
      chunkLines: 10,
      chunkChars: 1_000,
      headLines: 20,
      headChars: 100_000,
      tailChars: 150,
      errorChunks: 1,
    };
    const writer = new LogWriter({
      ...{ database, jobId: 'job', generation: 'g', quota },
    });
    const all = lines(100);
    // In pieces that do not end where chunks do.
    for (let start = 0; start < 100; start += 7) {
      await writer.add(all.slice(start, start + 7));
    }
    expect(await writer.finish()).toEqual({ omittedFrom: 21, omittedTo: 80 });
    const kept = await reader.lines('job', 'g', 1, 100);
    const numbers = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => from + index);
    expect(kept.map(({ number }) => number)).toEqual([
      ...numbers(1, 20),
      ...numbers(41, 50),
      ...numbers(81, 100),
    ]);
    expect(kept.every(({ number, text }) => text === `line ${number}`)).toBe(
      true,
    );
    const few = await reader.lines('job', 'g', 18, 43);
    expect(few.map(({ number }) => number)).toEqual([18, 19, 20, 41, 42, 43]);
    expect(await reader.lines('job', 'other', 1, 100)).toEqual([]);
    expect(await knex('log_chunks')).toHaveLength(5);
    await knex('job_logs').insert({
      ...{ job_id: 'job', state: 'stored', generation: 'g', lines: 100 },
      ...{ omitted_from: 21, omitted_to: 80, read_at: 0 },
    });
    // A page that would begin in the gap begins after it.
    const page = await reader.page({ jobId: 'job', from: 51, limit: 10 });
    expect(page.lines.map(({ number }) => number)).toEqual(numbers(81, 90));
    expect(page.omitted).toEqual({ from: 21, to: 80 });
  });

  it('begins anew when the connection breaks in the middle of a log, and mixes nothing', async () => {
    class BreakingCi extends MemoryCi {
      #breaks = 1;

      async openLog(request: { project: any; jobId: string }) {
        const log = await super.openLog(request);
        if (this.#breaks-- > 0) {
          const half = async function* half() {
            yield Buffer.from(`${'half\n'.repeat(3_000)}`);
            throw new Error('the connection was reset');
          };
          return { kind: 'stream' as const, stream: Readable.from(half()) };
        }
        return log;
      }
    }
    const ci = new BreakingCi();
    const { shop, knex, reader } = await setUp({ ci });
    ci.attempts.push(memoryAttempt({ id: '1' }));
    ci.logs.set('1.1.build', 'one\ntwo\nthree\n');
    await shop.deliverRun(ci.attempts[0]);
    await expect(reader.page({ jobId: jobId('1.1.build') })).rejects.toThrow(
      'The log has not been read yet',
    );
    expect((await knex('log_chunks')).length).toBeGreaterThan(0);
    shop.clock.time += 5 * MINUTE_MS;
    await shop.intake.runner.idle();
    const page = await reader.page({ jobId: jobId('1.1.build') });
    expect(page).toMatchObject({
      totalLines: 3,
      lines: [{ text: 'one' }, { text: 'two' }, { text: 'three' }],
    });
    expect(await knex('log_chunks')).toHaveLength(1);
  });

  it('refuses a log that is larger than any log should be, and goes on without it', async () => {
    const { shop, database, knex } = await setUp();
    const { ci } = shop;
    ci.attempts.push(memoryAttempt({ id: '1', jobs: { build: 'failure' } }));
    ci.logs.set('1.1.build', 'expired');
    await shop.deliverRun(ci.attempts[0]);
    ci.logs.set('1.1.build', 'x'.repeat(10_000));
    const handler = new LogReadHandler({
      database,
      provider: () => ci,
      sketches: LogSketches.create({ database }),
      collect: 'all',
      maxBytes: 9_999,
    });
    const { signal } = new AbortController();
    const payload = { jobId: jobId('1.1.build') };
    const result = await handler.run({
      ...{ id: 'w', fence: 1, payload, signal },
    } as any);
    const enqueued: string[] = [];
    await database.transaction(trx =>
      result.write!({
        knex: trx,
        enqueue: async ({ kind }) => {
          enqueued.push(kind);
        },
      }),
    );
    expect(await knex('job_logs')).toMatchObject([
      { state: 'rejected', reason: 'The log is larger than 9999 bytes' },
    ]);
    expect(await knex('log_chunks')).toEqual([]);
    expect(enqueued).toEqual(['incidents.observe']);
  });

  it('gives a log up after some attempts, says why, and still makes an incident', async () => {
    const { shop, knex } = await setUp();
    const { ci } = shop;
    ci.before = call => {
      if (call === 'openLog') {
        throw new ConflictError('not now');
      }
    };
    ci.attempts.push(memoryAttempt({ id: '1', jobs: { build: 'failure' } }));
    await shop.deliverRun(ci.attempts[0]);
    expect(await shop.incidents()).toEqual([]);
    for (let hour = 0; hour < 8; hour++) {
      shop.clock.time += 60 * MINUTE_MS;
      await shop.intake.runner.idle();
    }
    expect(await knex('job_logs')).toMatchObject([
      {
        state: 'rejected',
        reason: 'given up after 6 attempts: ConflictError: not now',
      },
    ]);
    expect(await shop.incidents()).toMatchObject([
      { title: 'Job "build" failed in step "Run tests"' },
    ]);
  });

  it('reads only logs of failed jobs where it is told so', async () => {
    const { shop, knex } = await setUp({
      config: { logs: { collect: 'failed' } },
    });
    const { ci } = shop;
    ci.attempts.push(
      memoryAttempt({ id: '1', jobs: { build: 'failure', lint: 'success' } }),
    );
    ci.logs.set('1.1.build', 'error: no\n');
    ci.logs.set('1.1.lint', 'fine\n');
    await shop.deliverRun(ci.attempts[0]);
    expect(
      (await knex('job_logs').orderBy('state')).map(({ state }) => state),
    ).toEqual(['skipped', 'stored']);
    expect(ci.calls.filter(call => call === 'openLog')).toHaveLength(1);
  });

  it('compares with the passing jobs that came last, and keeps 20 sketches of a job', async () => {
    const { shop, knex } = await setUp();
    const { ci } = shop;
    for (let number = 1; number <= 23; number++) {
      ci.attempts.push(
        memoryAttempt({ id: String(number), minutesAgo: 600 - number }),
      );
      ci.logs.set(`${number}.1.build`, 'Preparing\nDone\n');
      await shop.deliverRun(ci.attempts[number - 1]);
    }
    expect(await knex('log_sketches')).toHaveLength(20);
    const kept = await knex('log_sketches').pluck('job_id');
    expect(kept).not.toContain(jobId('3.1.build'));
    expect(kept).toContain(jobId('4.1.build'));
    ci.attempts.push(
      memoryAttempt({ id: '30', minutesAgo: 10, jobs: { build: 'failure' } }),
    );
    ci.logs.set('30.1.build', 'Preparing\nerror: the disk is full\n');
    await shop.deliverRun(ci.attempts[23]);
    const { explanations } = shop.intake.api;
    expect(await explanations.read(jobId('30.1.build'))).toMatchObject({
      comparedWith: 5,
      lastPass: { attempt: 1 },
      ranges: [{ lines: [{ text: 'error: the disk is full' }] }],
    });
  });

  it('counts the warnings of passing jobs by what they have in common', async () => {
    const { shop, knex } = await setUp();
    const { ci } = shop;
    const log = [
      'Preparing',
      ...[1, 2, 3].map(
        line => `##[warning]src/shop.ts:${line}: the method is deprecated`,
      ),
      '##[warning]Slow: took 42 s',
      'Done',
    ].join('\n');
    for (const [number, conclusion] of [
      ['1', 'success'],
      ['2', 'failure'],
    ] as const) {
      ci.attempts.push(
        memoryAttempt({ id: number, jobs: { build: conclusion } }),
      );
      ci.logs.set(`${number}.1.build`, `${log}\n`);
      await shop.deliverRun(ci.attempts.at(-1)!);
    }
    expect(
      await knex('job_templates')
        .orderBy('lines', 'desc')
        .select('job_id', 'template', 'lines'),
    ).toEqual([
      {
        ...{ job_id: jobId('1.1.build'), lines: 3 },
        template: 'src/shop.ts:<n>: the method is deprecated',
      },
      {
        ...{ job_id: jobId('1.1.build'), lines: 1 },
        template: 'Slow: took <n> s',
      },
    ]);
  });

  it('reads a failed log again when its first passing one comes later', async () => {
    const { shop, knex } = await setUp();
    const { ci } = shop;
    ci.attempts.push(
      memoryAttempt({ id: '2', minutesAgo: 10, jobs: { build: 'failure' } }),
    );
    ci.logs.set(
      '2.1.build',
      'warning: error in the cache, ignored\nerror: the disk is full\n',
    );
    await shop.deliverRun(ci.attempts[0]);
    const { explanations } = shop.intake.api;
    expect(await explanations.read(jobId('2.1.build'))).toMatchObject({
      comparedWith: 0,
    });
    ci.attempts.push(memoryAttempt({ id: '1', minutesAgo: 60 }));
    ci.logs.set('1.1.build', 'warning: error in the cache, ignored\nDone\n');
    await shop.deliverRun(ci.attempts[1]);
    expect(await explanations.read(jobId('2.1.build'))).toMatchObject({
      comparedWith: 1,
      ranges: [{ lines: [{ text: 'error: the disk is full' }] }],
    });
    expect(await knex('incident_occurrences')).toHaveLength(1);
    expect(await knex('log_chunks')).toHaveLength(2);
    const reads = ci.calls.filter(call => call === 'openLog').length;
    ci.attempts.push(memoryAttempt({ id: '3', minutesAgo: 5 }));
    ci.logs.set('3.1.build', 'Done\n');
    await shop.deliverRun(ci.attempts[2]);
    expect(ci.calls.filter(call => call === 'openLog')).toHaveLength(reads + 1);
  });
});
