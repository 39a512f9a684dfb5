import express, { Express } from 'express';
import { ArchiveReport } from '../archives/loadArchives';
import { Outcomes } from '../engine/Outcomes';
import { WebhookSender } from '../webhooks/WebhookSender';
import { answerProblem } from './answerProblem';
import { ApiProblem } from './ApiProblem';
import { apiRouter } from './apiRouter';
import { ServerContext } from './ApiRoute';
import { blobRouter } from './blobRouter';
import { controlRouter } from './controlRouter';
import { pageRouter } from './pageRouter';

/** Puts the parts of the server together. */
export function createApp(options: {
  context: ServerContext;
  sender: WebhookSender;
  reports: ArchiveReport[];
  outcomes: Outcomes;
}): Express {
  const { context } = options;
  const app = express();
  app.disable('x-powered-by');
  // The API has its own; Express' would follow `Cache-Control` of requests.
  app.set('etag', false);
  app.use(controlRouter(options));
  app.use(blobRouter(context));
  app.use(apiRouter(context));
  app.use(pageRouter(context));
  app.use(() => {
    throw ApiProblem.notFound();
  });
  app.use(answerProblem);
  return app;
}
