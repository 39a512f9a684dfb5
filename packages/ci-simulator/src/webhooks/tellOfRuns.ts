import { RunEngine, RunEvent } from '../engine/RunEngine';
import { Links } from '../shapes/Links';
import { jobEvent, runEvent } from './eventsOfRun';
import { WebhookSender } from './WebhookSender';

/** Sends webhooks for whatever happens from now on. */
export function tellOfRuns(options: {
  engine: RunEngine;
  sender: WebhookSender;
  links: Links;
}): void {
  const { engine, sender, links } = options;
  engine.onEvent((event: RunEvent) => {
    if (!sender.hasTarget()) {
      return;
    }
    const { action, job, run, attempt, repository } = event;
    const about = { repository, run: run.id, runAttempt: attempt.attempt };
    const message = job
      ? jobEvent({ ...event, links, job }, action)
      : runEvent({ ...event, links }, action);
    sender.emit(message, about);
  });
}
