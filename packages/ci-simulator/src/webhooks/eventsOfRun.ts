import { jobShape } from '../shapes/jobShape';
import { Links } from '../shapes/Links';
import { fullRepositoryShape } from '../shapes/repositoryShape';
import { runShape } from '../shapes/runShape';
import { userShape } from '../shapes/userShape';
import { workflowShape } from '../shapes/workflowShape';
import { Attempt, Job } from '../world/model';
import {
  queuedJob,
  requestedAttempt,
  runningAttempt,
  runningJob,
} from '../world/phases';
import { LocatedRun } from '../world/World';
import { Delivery } from './Delivery';

/** An event with the body that GitHub sends for it. */
export type WebhookEvent = {
  event: Delivery['event'];
  action: string;
  /** Identifier of the job that the event is about. */
  job?: number;
  payload: object;
};

type Subject = LocatedRun & { links: Links; attempt: Attempt };

/** What stands in every event of an attempt. */
function commonOf({ links, repository, attempt }: Subject) {
  return {
    repository: fullRepositoryShape(links, repository),
    organization: organizationShape(links, repository.owner),
    sender: userShape(links, attempt.triggeredBy),
  };
}

/** An event about a run; `attempt` as it was then. */
export function runEvent(subject: Subject, action: string): WebhookEvent {
  const { links, repository, run } = subject;
  return {
    ...{ event: 'workflow_run', action },
    payload: {
      action,
      workflow_run: runShape(subject),
      workflow: workflowShape(links, repository, run.workflow),
      ...commonOf(subject),
    },
  };
}

/** An event about a job, as it was then. */
export function jobEvent(
  subject: Subject & { job: Job },
  action: string,
): WebhookEvent {
  return {
    ...{ event: 'workflow_job', action, job: subject.job.id },
    payload: { action, workflow_job: jobShape(subject), ...commonOf(subject) },
  };
}

/**
 * Everything GitHub reports about one attempt of a run, in the order in which
 * it happened; each event shows run and jobs as they were then.
 */
export function eventsOfRun(options: Subject): WebhookEvent[] {
  const { attempt } = options;
  const ofRun = (action: string, then: Attempt): WebhookEvent =>
    runEvent({ ...options, attempt: then }, action);
  const ofJob = (action: string, job: Job): WebhookEvent =>
    jobEvent({ ...options, job }, action);
  const reported = attempt.jobs.filter(({ isCarriedOver }) => !isCarriedOver);
  const timed = reported.flatMap(job => {
    const ended = job.completedAt ?? Infinity;
    const ranAtAll = job.runner !== undefined;
    return [
      { at: job.createdAt, event: ofJob('queued', queuedJob(job)) },
      ...(ranAtAll
        ? [{ at: job.startedAt, event: ofJob('in_progress', runningJob(job)) }]
        : []),
      ...(job.status === 'completed'
        ? [{ at: ended, event: ofJob('completed', job) }]
        : []),
    ];
  });
  timed.sort((one, other) => one.at - other.at);
  const jobEvents = timed.map(({ event }) => event);
  const isOver = attempt.status === 'completed';
  return [
    ofRun('requested', requestedAttempt(attempt)),
    ofRun('in_progress', runningAttempt(attempt)),
    ...jobEvents,
    ...(isOver ? [ofRun('completed', attempt)] : []),
  ];
}

/** GitHub's `organization-simple`. */
export function organizationShape(links: Links, login: string) {
  const { id, node_id, avatar_url } = userShape(links, login, 'Organization');
  const url = links.api(`/orgs/${login}`);
  return {
    ...{ login, id, node_id, url, avatar_url },
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    description: null,
  };
}
