import { AuthenticationError, InputError } from '@backstage/errors';
import { ProjectRef } from '@ci-medic/plugin-ci-medic-common';
import {
  CiWebhook,
  VerifiedDelivery,
  WebhookEvent,
} from '@ci-medic/plugin-ci-medic-node';
import { createHmac, timingSafeEqual } from 'crypto';
import { IncomingHttpHeaders } from 'http';
import { z } from 'zod';
import { checkJsonText } from './checkJsonText';
import { convertJob, convertRun } from './convertPayloads';
import {
  RepositoryPayload,
  workflowJobDelivery,
  workflowRunDelivery,
} from './payloads';

const SIGNATURE = /^sha256=[0-9a-f]{64}$/;
const HEADER_LENGTH = 255;

/**
 * Deliveries of GitHub: signed with HMAC-SHA-256 over the bytes of the body.
 */
export class GithubWebhook implements CiWebhook {
  readonly #secrets: string[];
  readonly #hosts: string[];

  constructor(options: {
    /** All that are accepted. */
    secrets: string[];
    /** Hosts of the integrations. */
    hosts: string[];
  }) {
    this.#secrets = options.secrets;
    this.#hosts = options.hosts;
  }

  verify(delivery: {
    headers: IncomingHttpHeaders;
    body: Buffer;
  }): VerifiedDelivery {
    const { headers, body } = delivery;
    const signature = headerOf(headers, 'x-hub-signature-256') ?? '';
    if (!this.#isSigned(signature, body)) {
      throw new AuthenticationError('The signature is missing or wrong');
    }
    const deliveryId = headerOf(headers, 'x-github-delivery');
    const event = headerOf(headers, 'x-github-event');
    if (!deliveryId || !event) {
      throw new InputError(
        'The headers X-GitHub-Delivery and X-GitHub-Event are needed',
      );
    }
    return {
      deliveryId,
      event,
      hookId: headerOf(headers, 'x-github-hook-id'),
    };
  }

  interpret(delivery: { event: string; body: Buffer }): WebhookEvent {
    const { event, body } = delivery;
    if (event !== 'workflow_run' && event !== 'workflow_job') {
      return {
        kind: 'ignored',
        reason: `The event ${event} says nothing here`,
      };
    }
    const payload = parseBody(body);
    if (event === 'workflow_run') {
      const { repository, workflow_run, workflow } = read(
        workflowRunDelivery,
        payload,
      );
      const run = convertRun({
        ...workflow_run,
        // With `run-name`, older servers have it in place of the workflow's.
        name: workflow?.name ?? workflow_run.name,
        path: workflow_run.path ?? workflow?.path,
      });
      return this.#within(repository, project => ({
        kind: 'run',
        project,
        run,
      }));
    }
    const { repository, workflow_job } = read(workflowJobDelivery, payload);
    return this.#within(repository, project => ({
      kind: 'job',
      project,
      runId: String(workflow_job.run_id),
      attempt: workflow_job.run_attempt ?? 1,
      job: convertJob(workflow_job),
    }));
  }

  /** Compares with every secret, in constant time. */
  #isSigned(signature: string, body: Buffer): boolean {
    const isWellFormed = SIGNATURE.test(signature);
    const given = Buffer.from(
      isWellFormed ? signature.slice('sha256='.length) : '',
      'hex',
    );
    let isSigned = false;
    for (const secret of this.#secrets) {
      const expected = createHmac('sha256', secret).update(body).digest();
      const isEqual =
        given.length === expected.length && timingSafeEqual(given, expected);
      isSigned ||= isEqual;
    }
    return isSigned;
  }

  #within(
    repository: RepositoryPayload,
    event: (project: ProjectRef) => WebhookEvent,
  ): WebhookEvent {
    const url = repository.html_url;
    const host = url && URL.canParse(url) ? new URL(url).host : 'github.com';
    if (!this.#hosts.includes(host)) {
      const reason = `No integration is configured for the host ${host}`;
      return { kind: 'ignored', reason };
    }
    return event({ provider: 'github', host, slug: repository.full_name });
  }
}

function headerOf(
  headers: IncomingHttpHeaders,
  name: string,
): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value.length <= HEADER_LENGTH
    ? value
    : undefined;
}

/** GitHub sends JSON, or a form with JSON in it when the webhook was set up so. */
function parseBody(body: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const json = text.startsWith('payload=')
      ? new URLSearchParams(text).get('payload')!
      : text;
    checkJsonText(json);
    return JSON.parse(json);
  } catch (error) {
    throw error instanceof InputError
      ? error
      : new InputError('The body is not JSON');
  }
}

function read<T>(schema: z.ZodType<T>, payload: unknown): T {
  const result = schema.safeParse(payload);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new InputError(
      `The delivery is not what its event promises: ${issue.path.join('.')}: ${
        issue.message
      }`,
    );
  }
  return result.data;
}
