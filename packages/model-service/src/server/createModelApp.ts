import express, { Express, NextFunction, Request, Response } from 'express';
import { LoadedModel } from '../models/LoadedModel';
import { ModelRepository } from '../models/ModelRepository';
import { QueueFullError } from '../serving/BatchQueue';
import { ModelQueues } from '../serving/ModelQueues';
import { inferRequestSchema, rowsOf } from './inferRequest';
import { inferResponse, modelMetadata } from './inferResponse';
import { problemOf } from './problemOf';
import { ServiceMetrics } from './ServiceMetrics';

const LARGEST_BODY = '8mb';

/** The two ways to name a model: with and without its version. */
const at = (rest: string) => [
  `/v2/models/:model${rest}`,
  `/v2/models/:model/versions/:version${rest}`,
];

/** What the routes of the Open Inference Protocol need. */
export type ModelAppOptions = {
  repository: ModelRepository;
  queues: ModelQueues;
  metrics: ServiceMetrics;
  /** Whether new requests are welcome. */
  isReady(): boolean;
  log(message: string): void;
};

/** The routes of the Open Inference Protocol v2 over REST. */
export function createModelApp(options: ModelAppOptions): Express {
  const { repository, metrics, isReady, log } = options;
  const app = express().disable('x-powered-by').disable('etag');

  app.get('/v2/health/live', (_, response) => response.json({ live: true }));
  app.get('/v2/health/ready', (_, response) => {
    const ready = isReady() && repository.list().some(({ model }) => model);
    response.status(ready ? 200 : 503).json({ ready });
  });
  app.get('/v2', (_, response) =>
    response.json({
      name: 'ci-medic-model-service',
      version: '2',
      extensions: [],
    }),
  );
  app.get('/metrics', async (_, response) => {
    const { registry } = metrics;
    response.type(registry.contentType).send(await registry.metrics());
  });
  app.post('/v2/repository/index', (_, response) =>
    response.json(
      repository.list().map(({ name, version, model, error }) => ({
        ...{ name, version, state: model ? 'READY' : 'UNAVAILABLE' },
        ...(error !== undefined && { reason: error }),
      })),
    ),
  );

  const withModel =
    (
      answer: (
        model: LoadedModel,
        request: Request,
        response: Response,
      ) => unknown,
    ) =>
    async (request: Request, response: Response, next: NextFunction) => {
      const { model: name, version } = request.params;
      const model = repository.find(name, version);
      if (!model) {
        response.status(404).json({ error: 'There is no such model' });
        return;
      }
      await Promise.resolve(answer(model, request, response)).catch(next);
    };

  app.get(
    at('/ready'),
    withModel((_model, _request, response) =>
      response.status(isReady() ? 200 : 503).json({ ready: isReady() }),
    ),
  );
  app.get(
    at(''),
    withModel((model, _request, response) =>
      response.json(modelMetadata(model, versionsOf(repository, model.name))),
    ),
  );
  app.post(
    at('/infer'),
    express.json({ limit: LARGEST_BODY }),
    withModel((model, request, response) =>
      infer(model, request, response, options),
    ),
  );

  app.use((_: Request, response: Response) =>
    response.status(404).json({ error: 'There is no such page' }),
  );
  app.use(
    (error: unknown, _: Request, response: Response, _next: NextFunction) => {
      const { status, message } = problemOf(error);
      if (status >= 500) {
        log(error instanceof Error ? error.stack ?? error.message : `${error}`);
      }
      if (error instanceof QueueFullError) {
        response.set('retry-after', String(error.retryAfterSeconds));
      }
      response.status(status).json({ error: message });
    },
  );
  return app;
}

function versionsOf(repository: ModelRepository, name: string): string[] {
  return repository
    .list()
    .filter(one => one.name === name && one.model)
    .map(({ version }) => version);
}

async function infer(
  model: LoadedModel,
  request: Request,
  response: Response,
  { queues, metrics, isReady }: ModelAppOptions,
): Promise<void> {
  const { name, version } = model;
  response.on('finish', () =>
    metrics.requests.inc({ model: name, version, status: response.statusCode }),
  );
  if (!isReady()) {
    // What has begun is answered; the next one goes to another server.
    response.set('connection', 'close');
  }
  const stop = metrics.seconds.startTimer({ model: name });
  const gone = new AbortController();
  response.on('close', () => gone.abort(new Error('The client went away')));
  const { id, inputs } = inferRequestSchema.parse(request.body);
  const rows = rowsOf(inputs, model);
  const predictions = await queues.of(model).add(rows, gone.signal);
  stop();
  if (!gone.signal.aborted) {
    response.json(inferResponse({ id, model, predictions }));
  }
}
