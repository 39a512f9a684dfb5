import { json, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { ArchiveReport } from '../archives/loadArchives';
import { faultSchema } from '../faults/faultSchema';
import { Outcomes, outcomeSchema } from '../engine/Outcomes';
import { WebhookSender } from '../webhooks/WebhookSender';
import { WebhookEventName } from '../webhooks/Delivery';
import { ApiProblem } from './ApiProblem';
import { causeKinds } from '../organisation/causes';
import { writeCatalog } from '../organisation/writeCatalog';
import { found, ServerContext } from './ApiRoute';
import { describeRuns } from './describeRuns';
import { parseBody } from './parseBody';

const deliverSchema = z.strictObject({
  run: z.number().int().positive(),
  attempt: z.number().int().positive().optional(),
  events: z.array(z.enum(['workflow_run', 'workflow_job'])).optional(),
  actions: z.array(z.string()).optional(),
});

const targetSchema = z.strictObject({
  url: z.url(),
  secret: z.string().min(1),
  hookId: z.number().int().positive().optional(),
});

const clockSchema = z
  .strictObject({
    /** Simulated milliseconds that pass at once; at most eight weeks. */
    advance: z
      .number()
      .min(0)
      .max(8 * 7 * 86_400_000)
      .optional(),
    /** Simulated time to real time from now on; 0 lets it stand still. */
    speed: z.number().min(0).max(1_000_000).optional(),
  })
  .refine(asked => Object.keys(asked).length > 0, 'advance or speed');

const causeSchema = z.strictObject({
  kind: z.enum(causeKinds),
  /** Name of the service of a change or a flaky test. */
  service: z.string().optional(),
  /** How long it stays, in simulated milliseconds. */
  milliseconds: z
    .number()
    .positive()
    .max(7 * 86_400_000)
    .optional(),
});

/** What tests and people steer the server with, under `/_simulator`. */
export function controlRouter(options: {
  context: ServerContext;
  sender: WebhookSender;
  reports: ArchiveReport[];
  outcomes: Outcomes;
}): Router {
  const { context, sender, reports, outcomes } = options;
  const { faults, world, ledger } = context;
  const router = PromiseRouter();
  router.use('/_simulator', json({ limit: '1mb', type: () => true }));
  router.get('/_simulator/archives', (_request, response) => {
    response.json({ archives: reports });
  });
  router.get('/_simulator/runs', (_request, response) => {
    response.json({ runs: describeRuns(world) });
  });
  router.get('/_simulator/deliveries', (_request, response) => {
    response.json({ deliveries: sender.deliveries() });
  });
  router.post('/_simulator/deliveries', async (request, response) => {
    const wanted = parseBody(deliverSchema, request.body);
    const deliveries = await sender.deliver(wanted).catch(refuse);
    response.status(201).json({ deliveries });
  });
  router.post(
    '/_simulator/deliveries/:id/attempts',
    async (request, response) => {
      const delivery = await sender.redeliver(request.params.id).catch(refuse);
      response.status(201).json(delivery);
    },
  );
  router.put('/_simulator/webhook', (request, response) => {
    sender.setTarget(parseBody(targetSchema, request.body));
    response.status(204).end();
  });
  router.get('/_simulator/webhooks', (request, response) => {
    const { run, event, action } = request.query as Record<string, string>;
    const runs = run ? [Number(run)] : world.runs().map(each => each.run.id);
    response.type('application/x-ndjson');
    for (const id of runs) {
      const wanted = {
        run: id,
        events: event ? [event as WebhookEventName] : undefined,
        actions: action ? [action] : undefined,
      };
      for (const { delivery, headers, body } of sender.signed(wanted)) {
        const line = { ...delivery, headers, body: body.toString() };
        response.write(`${JSON.stringify(line)}\n`);
      }
    }
    response.end();
  });
  router.get('/_simulator/clock', (_request, response) => {
    response.json({ now: new Date(context.timeline.now()).toISOString() });
  });
  router.post('/_simulator/clock', (request, response) => {
    const { advance, speed } = parseBody(clockSchema, request.body);
    if (advance !== undefined) {
      context.timeline.advance(advance);
    }
    if (speed === 0) {
      context.timeline.stop();
    } else if (speed !== undefined) {
      const neverAhead = Boolean(context.organisation);
      context.timeline.start({ speed, neverAhead });
    }
    response.json({ now: new Date(context.timeline.now()).toISOString() });
  });
  router.get('/_simulator/catalog.yaml', (_request, response) => {
    found(context.organisation);
    response.type('text/yaml').send(writeCatalog());
  });
  router.post('/_simulator/causes', (request, response) => {
    const wanted = parseBody(causeSchema, request.body);
    response.status(201).json(found(context.organisation).bring(wanted));
  });
  router.get('/_simulator/truth', (request, response) => {
    const { truth } = found(context.organisation);
    const after = Number(request.query.after ?? 0) || 0;
    response.json({ causes: truth.causes(), jobs: truth.jobs(after) });
  });
  router.get('/_simulator/truth/runs/:id', (request, response) => {
    const { truth } = found(context.organisation);
    const jobs = truth.ofRun(Number(request.params.id));
    const ids = new Set(jobs.flatMap(({ causes }) => causes));
    const causes = [...ids].map(id => truth.cause(id));
    response.json({ jobs, causes });
  });
  router.get('/_simulator/ledger', (request, response) => {
    const after = Number(request.query.after ?? 0) || 0;
    response.json({
      entries: ledger.entries(after),
      doubled: ledger.doubled().length,
    });
  });
  router.post('/_simulator/outcomes', (request, response) => {
    outcomes.add(parseBody(outcomeSchema, request.body));
    response.status(204).end();
  });
  router.get('/_simulator/faults', (_request, response) => {
    response.json({ faults: faults.list() });
  });
  router.post('/_simulator/faults', (request, response) => {
    response.status(201).json(faults.add(parseBody(faultSchema, request.body)));
  });
  router.delete('/_simulator/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });
  router.delete('/_simulator/faults/:id', (request, response) => {
    faults.clear(Number(request.params.id));
    response.status(204).end();
  });
  return router;
}

function refuse(error: Error): never {
  throw new ApiProblem(422, error.message);
}
