/** @jest-environment ./__testUtils__/OnnxEnvironment.js */
import { FEATURES, modelFeatures } from '@ci-medic/diagnosis';
import { once } from 'events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'fs/promises';
import { request as httpRequest } from 'http';
import { tmpdir } from 'os';
import { join } from 'path';
import request from 'supertest';
import { bundledModels } from '../models/bundledModels';
import { ModelServer } from './ModelServer';

const NAME = 'failure-classifier';
const INFER = `/v2/models/${NAME}/infer`;
const text = (...data: unknown[]) => ({
  inputs: [{ name: 'text', datatype: 'BYTES', shape: [data.length, 1], data }],
});

describe('ModelServer', () => {
  let models: string;
  let server: ModelServer;

  const version = (name: string) => join(models, NAME, name);
  const infer = (body: object, path = INFER) =>
    request(server.url).post(path).send(body);

  beforeEach(async () => {
    models = await mkdtemp(join(tmpdir(), 'ci-medic-models-'));
    await cp(join(bundledModels(), NAME, '1'), version('1'), {
      recursive: true,
    });
    server = await ModelServer.start({ models, batchRows: 4, waitingRows: 8 });
  });

  afterEach(async () => {
    await server.stop();
    await rm(models, { recursive: true });
  });

  it('speaks of its health, of itself and of its models', async () => {
    await request(server.url).get('/v2/health/live').expect(200);
    await request(server.url).get('/v2/health/ready').expect(200);
    await request(server.url).get(`/v2/models/${NAME}/ready`).expect(200);
    await request(server.url).get('/v2/models/none/ready').expect(404);
    const { body } = await request(server.url).get(
      `/v2/models/${NAME}/versions/1`,
    );
    expect(body).toMatchObject({
      name: NAME,
      versions: ['1'],
      inputs: [
        { name: 'text', datatype: 'BYTES', shape: [-1, 1] },
        { name: 'features', datatype: 'FP32', shape: [-1, FEATURES] },
      ],
    });
  });

  it('gives one probability for each category, for text and for vectors', async () => {
    const { body } = await infer({
      id: '7',
      ...text('No space left on device', 'assert 1 == 2'),
    }).expect(200);
    expect(body).toMatchObject({
      ...{ id: '7', model_name: NAME, model_version: '1' },
      outputs: [
        { name: 'probabilities', datatype: 'FP32', shape: [2, 5] },
        { name: 'transient', shape: [2, 1] },
      ],
    });
    const { data, parameters } = body.outputs[0];
    expect(data).toHaveLength(10);
    expect(parameters.categories.split(',')).toHaveLength(5);
    expect(
      data.slice(0, 5).reduce((sum: number, one: number) => sum + one, 0),
    ).toBeCloseTo(1, 4);

    const { features } = modelFeatures({
      lines: [{ number: 1, text: 'No space left on device' }],
    });
    const vector = { name: 'features', datatype: 'FP32', shape: [1, FEATURES] };
    const answer = await infer({
      inputs: [{ ...vector, data: [Array.from(features)] }],
    }).expect(200);
    // 2: infrastructure
    expect(answer.body.outputs[0].data[2]).toBeGreaterThan(data[2]);
  });

  it.each([
    ['no inputs', {}],
    [
      'another type',
      { inputs: [{ ...text('a').inputs[0], datatype: 'FP32' }] },
    ],
    ['another shape', { inputs: [{ ...text('a').inputs[0], shape: [2, 1] }] }],
    ['no text', text(7)],
    ['nothing to judge', text()],
    ['too many', text(...Array(65).fill('a'))],
    ['a text without end', text('x'.repeat(70_000))],
    [
      'a vector of another length',
      {
        inputs: [
          { name: 'features', datatype: 'FP32', shape: [1, 2], data: [1, 2] },
        ],
      },
    ],
  ])('refuses %s with a sentence', async (_, body) => {
    const { body: answer } = await infer(body).expect(400);
    expect(answer.error).toMatch(/\w/);
  });

  it('refuses what is too large or no JSON before it is read', async () => {
    const post = (body: string) =>
      request(server.url)
        .post(INFER)
        .set('content-type', 'application/json')
        .send(body);
    const large = `{"inputs":"${'x'.repeat(9 * 1024 * 1024)}"}`;
    expect((await post(large)).status).toBe(413);
    expect((await post('{')).status).toBe(400);
  });

  it('refuses more than may wait, with a time to come again', async () => {
    const rows = text(...Array(8).fill('a'));
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => infer(rows)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    expect(
      answers.every(({ status }) => status === 200 || status === 429),
    ).toBe(true);
    for (const { headers } of refused) {
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    const { text: metrics } = await request(server.url).get('/metrics');
    expect(metrics).toContain(
      'ci_medic_model_service_requests_total{model="failure-classifier",version="1",status="200"}',
    );
  });

  it('takes new versions while it runs, and keeps what works when one is broken', async () => {
    await cp(version('1'), version('2'), { recursive: true });
    await cp(version('1'), version('3'), { recursive: true });
    await writeFile(join(version('3'), 'model.onnx'), 'no model');
    await server.refresh();
    expect((await infer(text('a'))).body.model_version).toBe('2');
    await infer(text('a'), `/v2/models/${NAME}/versions/1/infer`).expect(200);
    await infer(text('a'), `/v2/models/${NAME}/versions/3/infer`).expect(404);
    const index = await request(server.url).post('/v2/repository/index');
    expect(index.body).toMatchObject([
      { version: '3', state: 'UNAVAILABLE', reason: expect.any(String) },
      { version: '2', state: 'READY' },
      { version: '1', state: 'READY' },
    ]);

    const description = join(version('2'), 'model.json');
    const { categories, ...rest } = JSON.parse(
      await readFile(description, 'utf8'),
    );
    await writeFile(
      description,
      JSON.stringify({ ...rest, categories: [...categories, 'magic'] }),
    );
    await server.refresh();
    expect((await infer(text('a'))).body.outputs[0].shape).toEqual([1, 5]);

    await rm(version('2'), { recursive: true });
    await server.refresh();
    expect((await infer(text('a'))).body.model_version).toBe('1');
  });

  it('answers what has begun before it ends, and takes nothing new', async () => {
    const body = JSON.stringify(text('a'));
    const begun = httpRequest(`${server.url}${INFER}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': body.length,
      },
    });
    begun.write(body.slice(0, 9));
    const [socket] = await once(begun, 'socket');
    await once(socket, 'connect');
    // Connections are taken in their order: after this one, the other is there.
    await request(server.url).get('/v2/health/live').expect(200);
    const stopped = server.stop();
    begun.end(body.slice(9));
    const [answer] = await once(begun, 'response');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.connection).toBe('close');
    answer.resume();
    await stopped;
    await expect(infer(text('a'))).rejects.toThrow('ECONNREFUSED');
  });
});
