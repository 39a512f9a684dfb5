import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { CiMedicDatabase } from '../database';
import {
  memoryAttempt,
  MemoryIntake,
} from '../ingest/__testUtils__/MemoryIntake';
import {
  modelAnswer,
  ModelServer,
  sendJson,
} from './__testUtils__/ModelServer';
import { readModelConfig } from './DiagnosisConfig';
import { ModelClient } from './ModelClient';

jest.setTimeout(60_000);

const log = [
  'Preparing',
  'src/order.ts(12,7): error TS2322: Type string is not assignable to type number.',
  '##[error]Process completed with exit code 2.',
  '',
].join('\n');

describe('diagnosis', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let server: ModelServer;
  let isUp = false;
  let passed = 0;

  beforeEach(async () => {
    server = new ModelServer();
    await server.start();
    isUp = true;
    passed = 0;
    const real = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => real() + passed);
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    if (isUp) {
      await server.stop();
    }
  });

  async function create(milliseconds = 5_000) {
    const knex = await databases.init('SQLITE_3');
    await CiMedicDatabase.migrate(knex);
    const model = { url: server.url, timeout: { milliseconds } };
    const memory = MemoryIntake.create({
      knex,
      config: { diagnosis: { model } },
    });
    await memory.start();
    return memory;
  }

  async function fail(memory: MemoryIntake, number: number) {
    const attempt = memoryAttempt({
      id: String(number),
      minutesAgo: 60,
      jobs: { build: 'failure' },
    });
    memory.ci.attempts.push(attempt);
    // Each is a failure of its own.
    memory.ci.logs.set(
      `${number}.1.build`,
      log.replaceAll('order', `part${'abcdefghijklmnop'[number]}`),
    );
    await memory.deliverRun(attempt);
  }

  const current = async (memory: MemoryIntake) => {
    const incidents = await memory.incidents();
    return Promise.all(
      incidents.map(
        async ({ id }) =>
          (await memory.intake.api.diagnoses.get(id)).diagnosis!,
      ),
    );
  };

  it('weighs what the model says, and says so', async () => {
    const memory = await create();
    await fail(memory, 1);
    const [diagnosis] = await current(memory);
    expect(diagnosis.missing).toEqual([]);
    expect(diagnosis.model).toEqual({
      name: 'failure-classifier',
      version: '7',
    });
    expect(diagnosis.reasons.map(({ source }) => source)).toContain('model');
    const [{ inputs }] = server.bodies;
    expect(inputs[0].data[0]).toContain('error TS2322');
    expect(inputs[1].data).toHaveLength(inputs[1].shape[1]);
    expect(server.asked[0]).toBe('/v2/models/failure-classifier/infer');
  });

  it('R29: while the model is away incidents are diagnosed without it, it is left alone, and what is missing is filled in', async () => {
    const memory = await create();
    await server.stop();
    isUp = false;
    for (let number = 1; number <= 7; number++) {
      await fail(memory, number);
    }
    const before = await current(memory);
    expect(before).toHaveLength(7);
    for (const diagnosis of before) {
      expect(diagnosis.missing).toEqual([
        { part: 'model', reason: expect.stringMatching(/^The model /) },
      ]);
      expect(diagnosis.category).toBe('code');
      expect(diagnosis.decidedBy).not.toBe('model');
    }
    await server.start();
    isUp = true;
    // The breaker is open: nothing is sent, however often somebody looks.
    await memory.chore('diagnosis-backlog');
    await memory.chore('diagnosis-backlog');
    await fail(memory, 8);
    expect(server.asked).toEqual([]);
    passed = 31_000;
    await memory.chore('diagnosis-backlog');
    await memory.intake.runner.idle();
    const after = await current(memory);
    expect(after).toHaveLength(8);
    expect(after.every(({ missing }) => missing.length === 0)).toBe(true);
    expect(after.every(({ model }) => model?.version === '7')).toBe(true);
    expect(server.asks('ready')).toBe(1);
    const dead = await memory.database.knex('work').where({ state: 'dead' });
    expect(dead).toEqual([]);
  });

  it('R29: five failures open the breaker, and one try in 30 seconds is all', async () => {
    const client = new ModelClient({
      config: { url: server.url, name: 'm', timeoutMs: 5_000 },
      logger: mockServices.logger.mock(),
    });
    server.answer = response => response.writeHead(503).end();
    const ask = () => client.classify({}, new AbortController().signal);
    for (let count = 0; count < 20; count++) {
      expect(await ask()).toHaveProperty('missing');
    }
    expect(server.asks('infer')).toBe(5);
    for (let tries = 1; tries <= 3; tries++) {
      passed += 30_001;
      await ask();
      await ask();
      expect(server.asks('infer')).toBe(5 + tries);
    }
    server.answer = sendJson(modelAnswer());
    passed += 30_001;
    expect(await ask()).toMatchObject({ version: '7' });
    expect(await client.isReady()).toBe(true);
  });

  it.each<[string, (server: ModelServer) => void, RegExp]>([
    ['answers in 60 seconds', s => (s.answer = () => {}), /in time/],
    [
      'ends its answer early',
      s => (s.answer = sendJson('{"model_name": "m", "outputs": [')),
      /not JSON/,
    ],
    [
      'cuts the connection',
      s =>
        (s.answer = response => {
          response.writeHead(200, { 'content-length': 1000 });
          response.write('{');
          setImmediate(() => response.destroy());
        }),
      /./,
    ],
    [
      'answers with 10 MB',
      s => (s.answer = sendJson('x'.repeat(10_000_000))),
      /larger than/,
    ],
    [
      'redirects',
      s =>
        (s.answer = r =>
          r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()),
      /./,
    ],
    ['refuses', s => (s.answer = r => r.writeHead(429).end()), /answered 429/],
    ['has another shape', s => (s.answer = sendJson([])), /shape/],
    [
      'has a category too many',
      s =>
        (s.answer = sendJson(
          modelAnswer({
            categories: [
              'flaky_test',
              'dependency',
              'infrastructure',
              'configuration',
              'code',
              'approve',
            ],
            probabilities: [0, 0, 0, 0, 0, 1],
          }),
        )),
      /exactly the categories/,
    ],
    [
      'has a category too few',
      s =>
        (s.answer = sendJson(
          modelAnswer({ categories: ['code'], probabilities: [1] }),
        )),
      /exactly the categories/,
    ],
    [
      'has NaN for a probability',
      s =>
        (s.answer = sendJson(
          JSON.stringify(modelAnswer()).replace('0.8', 'NaN'),
        )),
      /not JSON/,
    ],
    [
      'has null for a probability',
      s =>
        (s.answer = sendJson(
          modelAnswer({ probabilities: [null, 0.05, 0.8, 0.1, 0.05] }),
        )),
      /something else than probabilities/,
    ],
    [
      'is 200 % sure',
      s =>
        (s.answer = sendJson(modelAnswer({ probabilities: [2, 0, 0, 0, 0] }))),
      /something else than probabilities/,
    ],
    [
      'is sure of everything',
      s =>
        (s.answer = sendJson(modelAnswer({ probabilities: [1, 1, 1, 1, 1] }))),
      /add up to 5/,
    ],
    [
      'has no number for a rerun',
      s => (s.answer = sendJson(modelAnswer({ transient: ['rerun it'] }))),
      /passes again/,
    ],
  ])(
    'R30: a model that %s counts for nothing, and signatures answer',
    async (_, break_, reason) => {
      const memory = await create(reason.test('in time') ? 200 : undefined);
      break_(server);
      await fail(memory, 1);
      const [diagnosis] = await current(memory);
      expect(diagnosis.missing).toEqual([
        { part: 'model', reason: expect.stringMatching(reason) },
      ]);
      expect(diagnosis.category).toBe('code');
      expect(diagnosis.model).toBeUndefined();
      for (const value of Object.values(diagnosis.probabilities)) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
      expect(
        await memory.database.knex('work').where({ state: 'dead' }),
      ).toEqual([]);
    },
  );

  it('takes figures from outside that were unusual at that time into account', async () => {
    const memory = await create();
    const { clock, sources, intake } = memory;
    const beganAt = MemoryIntake.start - 3_600_000;
    sources.add({
      ...{ id: 'memory', title: 'Memory' },
      read: async ({ from, to }) => {
        const minutes = Math.floor((to.getTime() - from.getTime()) / 300_000);
        const points = Array.from({ length: minutes }, (_, index) => {
          const at = from.getTime() + 300_000 * (index + 1);
          const base = at < beganAt ? 40 : 90;
          return { at: new Date(at), value: base + ((index * 7) % 5) };
        });
        return [
          {
            ...{ id: 'cpu', name: 'Runner CPU', unit: '%', points },
            entityRef: 'component:default/shop',
          },
        ];
      },
    });
    await fail(memory, 1);
    const [before] = await current(memory);
    await memory.chore('series-sources');
    clock.time += 60_000;
    await intake.runner.idle();
    const [{ id }] = await memory.incidents();
    const [after] = await current(memory);
    const moved = /^Runner CPU: moved from 41.98 % to 92 % /;
    expect(after.reasons.find(({ text }) => moved.test(text))).toMatchObject({
      category: 'infrastructure',
      source: 'figure',
    });
    expect(after.probabilities.infrastructure).toBeGreaterThan(
      before.probabilities.infrastructure,
    );
    const shown = await intake.api.anomalies.ofIncident(id, [
      'component:default/shop',
    ]);
    expect(shown.map(({ kind, subject }) => [kind, subject.name])).toEqual(
      expect.arrayContaining([['shift', 'Runner CPU']]),
    );
  });

  it('adds no version when a model goes on to be away', async () => {
    const memory = await create(200);
    server.answer = () => {};
    await fail(memory, 1);
    const [{ id }] = await memory.incidents();
    const before = (await memory.intake.api.diagnoses.get(id)).history;
    server.answer = response => response.writeHead(500).end();
    await memory.chore('diagnosis-backlog');
    await memory.intake.runner.idle();
    expect(server.asks('infer')).toBeGreaterThan(1);
    const after = (await memory.intake.api.diagnoses.get(id)).history;
    expect(after).toEqual(before);
  });

  it('takes probabilities without names in the order that is documented', async () => {
    const memory = await create();
    server.answer = sendJson(modelAnswer({ categories: undefined }));
    await fail(memory, 1);
    const [diagnosis] = await current(memory);
    expect(diagnosis.missing).toEqual([]);
    const { text } = diagnosis.reasons.find(one => one.source === 'model')!;
    expect(text).toContain('infrastructure (80 %)');
  });

  it('takes the address of a model, and nothing else for one', () => {
    const read = (model: object) =>
      readModelConfig(new ConfigReader({ ciMedic: { diagnosis: { model } } }));
    expect(read({ url: 'https://models.example/', version: '3' })).toEqual({
      url: 'https://models.example',
      name: 'failure-classifier',
      version: '3',
      timeoutMs: 5_000,
    });
    expect(readModelConfig(new ConfigReader({}))).toBeUndefined();
    expect(() => read({ url: 'file:///etc/passwd' })).toThrow('web address');
  });
});
