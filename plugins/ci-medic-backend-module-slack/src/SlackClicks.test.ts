import { mockServices } from '@backstage/backend-test-utils';
import { AlertClick } from '@ci-medic/plugin-ci-medic-node';
import { Receiver } from '@slack/bolt';
import express from 'express';
import fc from 'fast-check';
import request from 'supertest';
import { pressOf, signed, signingSecret } from './__testUtils__/signed';
import { SlackEmulator } from './__testUtils__/SlackEmulator';
import { SlackApi } from './SlackApi';
import { SlackClicks } from './SlackClicks';
import { SlackConfig } from './SlackConfig';
import { SlackLogger } from './SlackLogger';
import { SlackOrigin } from './SlackOrigin';
import { SlackReceiver } from './SlackReceiver';

jest.setTimeout(30_000);

const ROUTE = '/slack/interactions';
const MINUTE_MS = 60_000;

describe('SlackClicks', () => {
  let slack: SlackEmulator;

  beforeAll(async () => {
    slack = await SlackEmulator.start();
  });
  afterAll(() => slack.stop());
  beforeEach(() => {
    slack.fault = () => 'none';
    slack.calls.length = 0;
  });

  /** The way from a request to where clicks are stored. */
  function create(change: Partial<SlackConfig> = {}) {
    const logger = mockServices.logger.mock();
    const config: SlackConfig = {
      appUrl: 'https://portal.example',
      botToken: SlackEmulator.token,
      mode: 'http',
      signingSecret,
      apiUrl: slack.apiUrl,
      appId: 'A000MEDIC',
      ...change,
    };
    const api = SlackApi.create({ config, logger: new SlackLogger(logger) });
    const origin = new SlackOrigin({ api, config });
    const receiver = new SlackReceiver({ signingSecret, origin, logger });
    const taken = new Map<string, AlertClick>();
    const take = jest.fn(async (click: AlertClick) => {
      const isKnown = taken.has(click.clickId);
      taken.set(click.clickId, taken.get(click.clickId) ?? click);
      return isKnown ? ('duplicate' as const) : ('stored' as const);
    });
    const listen = (by: Receiver) =>
      new SlackClicks({
        ...{ api, config, logger, receiver: by },
        isOurs: body => origin.isOurs(body),
        clicks: () => ({ take }),
      });
    listen(receiver);
    const app = express().use(receiver.router);
    const post = ({ body, headers }: ReturnType<typeof signed>) =>
      request(app).post(ROUTE).set(headers).send(body);
    return { app, listen, post, take, taken };
  }

  it('stores a click, and answers only then', async () => {
    const { post, take, taken } = create();
    let store = () => {};
    take.mockImplementationOnce(async click => {
      await new Promise<void>(resolve => {
        store = resolve;
      });
      taken.set(click.clickId, click);
      return 'stored';
    });
    let isAnswered = false;
    const answer = post(signed(pressOf())).then(response => {
      isAnswered = true;
      return response;
    });
    while (take.mock.calls.length === 0) {
      await new Promise(setImmediate);
    }
    expect(isAnswered).toBe(false);
    store();
    expect((await answer).status).toBe(200);
    expect([...taken.values()]).toEqual([
      {
        clickId: expect.stringMatching(/^[\w-]{43}$/),
        channel: 'slack',
        actionId: 'rerunrerunrerunrerunreru',
        person: 'U0ANN',
        input: undefined,
        context: { channel: 'C0PAYMENTS' },
      },
    ]);
    // Nothing was asked of Slack to get there but the workspace.
    expect(slack.calls).toEqual(['auth.test']);
  });

  it('A19: takes the same request once', async () => {
    const { post, taken } = create();
    const replayed = signed(pressOf());
    expect((await post(replayed)).status).toBe(200);
    expect((await post(replayed)).status).toBe(200);
    expect(taken.size).toBe(1);
  });

  const press = pressOf();
  const good = signed(press);
  it.each<[string, ReturnType<typeof signed>, number]>([
    ['another secret', signed(press, { secret: 'wrong' }), 401],
    ['another body', { ...good, body: `${good.body}x` }, 401],
    ['no signature', { ...good, headers: {} }, 401],
    [
      'a signature in capitals',
      {
        ...good,
        headers: {
          ...good.headers,
          'X-Slack-Signature': good.headers['X-Slack-Signature'].toUpperCase(),
        },
      },
      401,
    ],
    [
      'another version of the signature',
      {
        ...good,
        headers: {
          ...good.headers,
          'X-Slack-Signature': good.headers['X-Slack-Signature'].replace(
            'v0',
            'v1',
          ),
        },
      },
      401,
    ],
    [
      'a time that is no number',
      {
        ...good,
        headers: { ...good.headers, 'X-Slack-Request-Timestamp': '1e9' },
      },
      401,
    ],
    [
      'a time of more than five minutes ago',
      signed(press, { at: Date.now() - 6 * MINUTE_MS }),
      401,
    ],
    [
      'a time more than five minutes ahead',
      signed(press, { at: Date.now() + 6 * MINUTE_MS }),
      401,
    ],
    ['another workspace', signed(pressOf({ team: { id: 'T999' } })), 403],
    ['another app', signed(pressOf({ api_app_id: 'A999' })), 403],
    ['no workspace', signed(pressOf({ team: null })), 403],
    ['no JSON', signed('{'), 400],
    ['JSON that is no object', signed('"x"'), 400],
    ['JSON that is nested deeply', signed('['.repeat(60_000)), 400],
    ['too much', signed(pressOf({ more: 'x'.repeat(300_000) })), 413],
    [
      'something packed',
      { ...good, headers: { ...good.headers, 'Content-Encoding': 'gzip' } },
      415,
    ],
  ])('A19: refuses %s', async (_, sent, status) => {
    const { post, take } = create();
    const response = await post(sent);
    expect(response.status).toBe(status);
    expect(response.text).toBe('');
    expect(take).not.toHaveBeenCalled();
  });

  it('A9: answers nowhere else', async () => {
    const { app } = create();
    for (const path of [
      '/slack',
      '/slack/events',
      `${ROUTE}/`,
      '/slack/../x',
    ]) {
      const { body, headers } = signed(pressOf());
      const response = await request(app).post(path).set(headers).send(body);
      expect(response.status).toBe(404);
    }
    expect((await request(app).get(ROUTE)).status).toBe(404);
  });

  it('never fails in a way of its own, whatever is signed', async () => {
    const { post } = create();
    await fc.assert(
      fc.asyncProperty(
        fc.record(
          {
            type: fc.constantFrom('block_actions', 'view_submission', 'x'),
            actions: fc.oneof(fc.jsonValue(), fc.constant(press.actions)),
            view: fc.jsonValue(),
            trigger_id: fc.jsonValue(),
            user: fc.jsonValue(),
          },
          { requiredKeys: ['type'] },
        ),
        async payload => {
          const { status } = await post(signed(pressOf(payload)));
          expect([200, 503]).toContain(status);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('says that it did not work when the click could not be stored', async () => {
    const { post, take } = create();
    take.mockRejectedValueOnce(new Error('The database is away'));
    const failed = signed(pressOf());
    expect((await post(failed)).status).toBe(503);
    expect((await post(failed)).status).toBe(200);
  });

  it('A25: answers a link, and does nothing', async () => {
    const { post, take } = create();
    const link = pressOf(
      {},
      { action_id: 'ci-medic.open', value: undefined, url: 'https://x' },
    );
    expect((await post(signed(link))).status).toBe(200);
    expect(take).not.toHaveBeenCalled();
  });

  it('asks what would be right, and stores that', async () => {
    const { post, taken } = create();
    const { trigger_id: trigger } = await slack.call(
      'views.generateTriggerId',
      { user_id: await slack.userId('ann') },
    );
    const wrong = pressOf(
      { trigger_id: trigger },
      { action_id: 'ci-medic.wrong', value: 'wrongwrong' },
    );
    expect((await post(signed(wrong))).status).toBe(200);
    while (!slack.calls.includes('views.open')) {
      await new Promise(setImmediate);
    }
    expect(taken.size).toBe(0);
    const submission = pressOf({
      type: 'view_submission',
      channel: undefined,
      actions: undefined,
      view: {
        ...{ id: 'V1', type: 'modal', callback_id: 'ci-medic.feedback' },
        private_metadata: JSON.stringify({
          ...{ actionId: 'wrongwrong', channel: 'C0PAYMENTS' },
        }),
        state: {
          values: {
            category: { value: { selected_option: { value: 'code' } } },
            fixedBy: { value: { value: 'a revert' } },
            comment: { value: { value: null } },
          },
        },
      },
    });
    expect((await post(signed(submission))).status).toBe(200);
    expect([...taken.values()]).toMatchObject([
      {
        actionId: 'wrongwrong',
        person: 'U0ANN',
        input: { category: 'code', fixedBy: 'a revert' },
        context: { channel: 'C0PAYMENTS' },
      },
    ]);
  });

  it('goes on when the dialog cannot be opened', async () => {
    const { post } = create();
    slack.fault = method => (method === 'views.open' ? 'down' : 'none');
    const wrong = pressOf({}, { action_id: 'ci-medic.wrong' });
    expect((await post(signed(wrong))).status).toBe(200);
  });

  it('takes clicks of a socket in the same way, and those of others never', async () => {
    const { listen, taken } = create();
    const events: ((event: any) => Promise<void>)[] = [];
    const clicks = listen({
      init: app => events.push(event => app.processEvent(event)),
      start: async () => {},
      stop: async () => {},
    });
    await clicks.start();
    const ack = jest.fn();
    await events[0]({ body: pressOf({ team: { id: 'T999' } }), ack });
    expect(ack).not.toHaveBeenCalled();
    await events[0]({ body: pressOf(), ack });
    expect(ack).toHaveBeenCalledTimes(1);
    expect(taken.size).toBe(1);
    await clicks.stop();
  });
});
