import fc from 'fast-check';
import { createHmac } from 'crypto';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { GithubWebhook } from './GithubWebhook';

const data =
  process.env.CI_MEDIC_DATA ?? resolve(__dirname, '../../../../shared/data');
const folder = join(data, 'webhooks/github');
const isThere = existsSync(folder);
const describeWithData = isThere ? describe : describe.skip;
const missing = isThere ? '' : ` (SKIPPED: ${folder} is missing)`;

const webhook = new GithubWebhook({
  secrets: ['new secret', 'old secret'],
  hosts: ['github.com', 'ghe.example'],
});

/** The example of GitHub's own documentation. */
const documented = {
  secret: "It's a Secret to Everybody",
  body: 'Hello, World!',
  signature:
    'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
};

function sign(body: Buffer, secret = 'new secret') {
  const hmac = createHmac('sha256', secret).update(body).digest('hex');
  return {
    'x-hub-signature-256': `sha256=${hmac}`,
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    'x-github-event': 'workflow_run',
    'x-github-hook-id': '292430182',
  };
}

const run = {
  id: 42,
  name: 'CI',
  path: '.github/workflows/ci.yml@refs/heads/main',
  workflow_id: 7,
  run_number: 562,
  run_attempt: 2,
  event: 'push',
  head_branch: 'main',
  head_sha: 'c0ffee7',
  head_commit: { message: 'Fix it\n\nIt was broken', author: { name: 'Ada' } },
  actor: { login: 'ada' },
  triggering_actor: { login: 'grace' },
  pull_requests: [{ number: 3 }],
  repository: { full_name: 'acme/shop' },
  head_repository: { full_name: 'stranger/shop' },
  status: 'completed',
  conclusion: 'failure',
  created_at: '2026-11-24T10:00:00Z',
  html_url: 'https://github.com/acme/shop/actions/runs/42',
};
const runDelivery = {
  action: 'completed',
  repository: {
    full_name: 'acme/shop',
    html_url: 'https://github.com/acme/shop',
  },
  workflow_run: run,
};

const interpret = (payload: unknown, event = 'workflow_run') =>
  webhook.interpret({ event, body: Buffer.from(JSON.stringify(payload)) });

describe('GithubWebhook', () => {
  describe('verify', () => {
    const body = Buffer.from('{"a": "ü"}');

    it('agrees with the example in the documentation of GitHub', () => {
      const documentedWebhook = new GithubWebhook({
        secrets: [documented.secret],
        hosts: [],
      });
      expect(
        documentedWebhook.verify({
          body: Buffer.from(documented.body),
          headers: {
            ...sign(body),
            'x-hub-signature-256': documented.signature,
          },
        }),
      ).toMatchObject({ event: 'workflow_run' });
    });

    it('accepts each of its secrets', () => {
      for (const secret of ['new secret', 'old secret']) {
        expect(webhook.verify({ headers: sign(body, secret), body })).toEqual({
          deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
          event: 'workflow_run',
          hookId: '292430182',
        });
      }
    });

    it('refuses what is not signed with one of them over exactly these bytes', () => {
      const right = sign(body);
      const hex = right['x-hub-signature-256'].slice('sha256='.length);
      for (const signature of [
        undefined,
        '',
        'sha256=',
        hex,
        `sha1=${hex}`,
        `sha256=${hex.toUpperCase()}`,
        `sha256=${hex}00`,
        `sha256=${hex.slice(2)}`,
        `sha256=${'0'.repeat(64)}`,
        ` sha256=${hex}`,
        sign(body, 'a guess')['x-hub-signature-256'],
        sign(body, '')['x-hub-signature-256'],
      ]) {
        const headers = { ...right, 'x-hub-signature-256': signature };
        expect(() => webhook.verify({ headers, body })).toThrow(
          expect.objectContaining({ name: 'AuthenticationError' }),
        );
      }
      for (let index = 0; index < body.length; index++) {
        const changed = Buffer.from(body);
        changed[index] ^= 1;
        expect(() => webhook.verify({ headers: right, body: changed })).toThrow(
          'The signature is missing or wrong',
        );
      }
    });

    it('needs the id and the event, in a reasonable length', () => {
      for (const name of ['x-github-delivery', 'x-github-event']) {
        for (const value of [undefined, '', 'x'.repeat(256)]) {
          const headers = { ...sign(body), [name]: value };
          expect(() => webhook.verify({ headers, body })).toThrow(
            expect.objectContaining({ name: 'InputError' }),
          );
        }
      }
    });
  });

  describe('interpret', () => {
    it('tells of a run', () => {
      expect(interpret(runDelivery)).toEqual({
        kind: 'run',
        project: { provider: 'github', host: 'github.com', slug: 'acme/shop' },
        run: {
          runId: '42',
          attempt: 2,
          number: 562,
          pipeline: { id: '7', name: 'CI', path: '.github/workflows/ci.yml' },
          title: undefined,
          event: 'push',
          branch: 'main',
          commit: {
            sha: 'c0ffee7',
            title: 'Fix it',
            author: 'Ada',
            at: undefined,
            url: 'https://github.com/acme/shop/commit/c0ffee7',
          },
          actor: 'grace',
          pullRequests: [3],
          isFork: true,
          status: 'completed',
          conclusion: 'failure',
          createdAt: '2026-11-24T10:00:00.000Z',
          startedAt: undefined,
          updatedAt: undefined,
          url: 'https://github.com/acme/shop/actions/runs/42/attempts/2',
        },
      });
    });

    it('takes a pull request whose repository is gone for one of a fork', () => {
      const told = (change: object) =>
        interpret({
          ...runDelivery,
          workflow_run: { ...runDelivery.workflow_run, ...change },
        });
      const gone = { head_repository: null };
      expect(told({ ...gone, event: 'pull_request' })).toMatchObject({
        run: { isFork: true },
      });
      expect(told({ ...gone, event: 'push' })).toMatchObject({
        run: { isFork: false },
      });
    });

    it('takes words that it does not know for the nearest that it knows', () => {
      const read = (status: string, conclusion: string | null) => {
        const event = interpret({
          ...runDelivery,
          workflow_run: { ...run, status, conclusion },
        });
        return event.kind === 'run' && [event.run.status, event.run.conclusion];
      };
      expect(read('waiting', null)).toEqual(['queued', undefined]);
      expect(read('pending', 'success')).toEqual(['queued', undefined]);
      expect(read('completed', 'exploded')).toEqual(['completed', 'neutral']);
    });

    it('reads a form too', () => {
      const form = new URLSearchParams({
        payload: JSON.stringify(runDelivery),
      });
      expect(
        webhook.interpret({
          event: 'workflow_run',
          body: Buffer.from(form.toString()),
        }),
      ).toEqual(interpret(runDelivery));
    });

    it('ignores, with the reason, other events and hosts without an integration', () => {
      expect(interpret({}, 'star')).toEqual({
        kind: 'ignored',
        reason: 'The event star says nothing here',
      });
      const repository = {
        full_name: 'acme/shop',
        html_url: 'https://evil.example/acme/shop',
      };
      expect(interpret({ ...runDelivery, repository })).toEqual({
        kind: 'ignored',
        reason: 'No integration is configured for the host evil.example',
      });
    });

    it('says what is wrong with a body that is not what its event promises', () => {
      const body = (text: string | Buffer) => () =>
        webhook.interpret({ event: 'workflow_run', body: Buffer.from(text) });
      for (const text of [
        '',
        '{',
        'payload=',
        'payload=%7B',
        Buffer.from([0x22, 0xff, 0xfe, 0x22]),
      ]) {
        expect(body(text)).toThrow('The body is not JSON');
      }
      for (const text of ['null', '1', '[]', '{}']) {
        expect(body(text)).toThrow(
          'The delivery is not what its event promises',
        );
      }
      for (const change of [
        { id: '42' },
        { id: -1 },
        { run_attempt: 0 },
        { created_at: null },
        { head_sha: 5 },
        { head_sha: '../../evil' },
        { created_at: 'soon' },
      ]) {
        expect(() =>
          interpret({ ...runDelivery, workflow_run: { ...run, ...change } }),
        ).toThrow(`workflow_run.${Object.keys(change)[0]}`);
      }
      for (const slug of ['acme', '../shop', 'acme/..', 'acme/shop/x']) {
        const repository = { full_name: slug };
        expect(() => interpret({ ...runDelivery, repository })).toThrow(
          'repository.full_name: is not owner/name',
        );
      }
    });

    it('refuses what is nested deep or has NUL in it, also where nobody reads', () => {
      const withExtra = (extra: string) => () =>
        webhook.interpret({
          event: 'workflow_run',
          body: Buffer.from(
            JSON.stringify(runDelivery).replace('{', `{"extra":${extra},`),
          ),
        });
      for (const levels of [6_000, 101]) {
        expect(withExtra('['.repeat(levels) + ']'.repeat(levels))).toThrow(
          'The body is nested deeper than 100 levels',
        );
      }
      expect(withExtra('"a\\u0000b"')).toThrow('The body has NUL in it');
      expect(withExtra(JSON.stringify('a\\u0000 [[{{'.repeat(99)))()).toEqual(
        interpret(runDelivery),
      );
    });

    it('keeps no more than is of use, and no links but web addresses', () => {
      const many = Array.from({ length: 5_000 }, (_, n) => ({ number: n + 1 }));
      const event = interpret({
        ...runDelivery,
        workflow_run: {
          ...run,
          name: 'x'.repeat(10_000),
          head_commit: { timestamp: '2026-11-24T10:00:00+02:00' },
          html_url: 'data:text/html,x',
          pull_requests: many,
          run_started_at: '0001-01-01T00:00:00Z',
        },
      });
      expect(event.kind === 'run' && event.run).toMatchObject({
        commit: { at: '2026-11-24T08:00:00.000Z', url: undefined },
        startedAt: undefined,
        url: undefined,
      });
      expect(event.kind === 'run' && event.run.pipeline.name).toHaveLength(255);
      expect(event.kind === 'run' && event.run.pullRequests).toHaveLength(1000);
    });

    it('tells something or throws an InputError, whatever it gets', () => {
      const values = fc.object({
        key: fc.constantFrom(
          ...['repository', 'full_name', 'workflow_run', 'workflow_job', 'id'],
          ...['steps', 'labels', 'pull_requests', 'head_commit', '__proto__'],
        ),
        maxDepth: 4,
      });
      const outcomeOf = (event: string, body: Buffer) => {
        try {
          return webhook.interpret({ event, body }).kind;
        } catch (error) {
          return (error as Error).name;
        }
      };
      fc.assert(
        fc.property(
          fc.constantFrom('workflow_run', 'workflow_job'),
          fc.oneof(
            values.map(value => Buffer.from(JSON.stringify(value))),
            fc.uint8Array().map(bytes => Buffer.from(bytes)),
          ),
          (event, body) => {
            expect(outcomeOf(event, body)).toBe('InputError');
          },
        ),
        { numRuns: 200 },
      );
    });
  });

  describeWithData(`with the examples of GitHub${missing}`, () => {
    it('understands each of them', () => {
      const told: Record<string, string[]> = {};
      let files = 0;
      for (const event of readdirSync(folder)) {
        for (const file of readdirSync(join(folder, event))) {
          const body = readFileSync(join(folder, event, file));
          expect(webhook.verify({ headers: sign(body), body })).toBeDefined();
          const { kind } = webhook.interpret({ event, body });
          told[event] = [...(told[event] ?? []), kind];
          files++;
        }
      }
      expect(files).toBeGreaterThan(50);
      for (const [event, kinds] of Object.entries(told)) {
        const kind =
          { workflow_run: 'run', workflow_job: 'job' }[event] ?? 'ignored';
        expect(new Set(kinds)).toEqual(new Set([kind]));
      }
    });

    it('tells of a job with its steps', () => {
      const file = 'completed.failure.with-organization.payload.json';
      const body = readFileSync(join(folder, 'workflow_job', file));
      const told = webhook.interpret({ event: 'workflow_job', body });
      const { workflow_job: job } = JSON.parse(body.toString());
      expect(told).toMatchObject({
        kind: 'job',
        project: { host: 'github.com', slug: 'Codertocat/Hello-World' },
        runId: String(job.run_id),
        attempt: 1,
        job: {
          jobId: String(job.id),
          name: 'linters',
          status: 'completed',
          conclusion: 'failure',
          completedAt: new Date(job.completed_at).toISOString(),
          runner: { labels: job.labels },
        },
      });
      expect(told.kind === 'job' && told.job.steps).toHaveLength(12);
    });
  });
});
