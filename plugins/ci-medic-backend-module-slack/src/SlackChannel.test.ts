import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { alertMessageOf } from './__testUtils__/alertMessageOf';
import { SlackEmulator } from './__testUtils__/SlackEmulator';
import { SlackApi } from './SlackApi';
import { SlackChannel } from './SlackChannel';
import { SlackConfig } from './SlackConfig';
import { SlackLogger } from './SlackLogger';
import { SlackPacing } from './SlackPacing';
import { SlackPeople } from './SlackPeople';
import { SlackSearch } from './SlackSearch';

jest.setTimeout(30_000);

const named = (kind: string, name: string, channel?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    namespace: 'default',
    annotations: channel ? { 'ci-medic.io/slack-channel': channel } : {},
  },
});
const user = (name: string, email?: string, slackId?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: {
    name,
    annotations: slackId ? { 'slack.com/user-id': slackId } : {},
  },
  spec: { profile: { email }, memberOf: [] },
});

describe('SlackChannel', () => {
  let slack: SlackEmulator;

  beforeAll(async () => {
    slack = await SlackEmulator.start();
  });
  afterAll(() => slack.stop());
  beforeEach(() => {
    slack.fault = () => 'none';
    slack.calls.length = 0;
  });

  function create(change: Partial<SlackConfig> = {}, users: Entity[] = []) {
    const config: SlackConfig = {
      appUrl: 'https://portal.example',
      botToken: SlackEmulator.token,
      mode: 'http',
      signingSecret: 'secret',
      apiUrl: slack.apiUrl,
      ...change,
    };
    const api = SlackApi.create({
      config,
      logger: new SlackLogger(mockServices.logger.mock()),
    });
    const pacing = new SlackPacing({ sleep: async () => {} });
    return new SlackChannel({
      ...{ api, config, pacing },
      people: new SlackPeople({
        api,
        auth: mockServices.auth(),
        catalog: catalogServiceMock({ entities: users }),
      }),
      search: new SlackSearch({ api }),
      connect: () => {},
    });
  }

  const { signal } = new AbortController();
  let alerts = 0;
  const request = (change = {}) => ({
    destination: '#payments-ci',
    alertId: `alert-${++alerts}`,
    wasTried: false,
    message: alertMessageOf(),
    signal,
    ...change,
  });
  const blocksOf = (message: any) => JSON.stringify(message.blocks);
  const marked = async (alertId: string) =>
    (await slack.messages('payments-ci')).filter(
      one => one.metadata?.event_payload?.id === alertId,
    );

  it('posts once, and then changes that message and adds to its thread', async () => {
    const channel = create();
    const first = request();
    const { externalId } = await channel.send(first);
    await channel.send({
      ...first,
      externalId,
      message: alertMessageOf({ turningPoint: 'resolved', state: 'resolved' }),
    });
    await channel.reply({
      ...{ destination: '#payments-ci', externalId, signal, more: 3 },
      ...{ replyId: 'reply-1', wasTried: false },
      notes: [{ text: 'Failed again in run 42', url: 'https://github.com/r' }],
    });
    const [message, ...others] = await marked(first.alertId);
    expect(others).toEqual([]);
    expect(blocksOf(message)).toContain('Resolved. ');
    expect(message).toMatchObject({
      parse: 'none',
      unfurl_links: false,
      unfurl_media: false,
    });
    const [reply] = await slack.replies('payments-ci', message.ts);
    expect(blocksOf(reply)).toContain('Failed again in run 42');
    expect(blocksOf(reply)).toContain('and 3 more');
  });

  it.each([
    ['a message', 'chat.postMessage'],
    ['a message in a channel that is named by its id', 'chat.postMessage'],
  ])('finds %s again whose answer was lost', async (what, method) => {
    const channel = create();
    const destination = what.includes('id')
      ? await slack.channelId('payments-ci')
      : '#payments-ci';
    const first = request({ destination });
    slack.fault = called => (called === method ? 'lost' : 'none');
    await expect(channel.send(first)).rejects.toThrow('Slack did not answer');
    slack.fault = () => 'none';
    await channel.send({ ...first, wasTried: true });
    expect(await marked(first.alertId)).toHaveLength(1);
  });

  it('finds a reply again whose answer was lost, and posts what never got through', async () => {
    const channel = create();
    const { externalId } = await channel.send(request());
    const reply = {
      ...{ destination: '#payments-ci', externalId, signal, more: 0 },
      ...{ replyId: 'reply-2', notes: [{ text: 'Failed again' }] },
    };
    slack.fault = () => 'lost';
    await expect(
      channel.reply({ ...reply, wasTried: false }),
    ).rejects.toThrow();
    slack.fault = () => 'none';
    await channel.reply({ ...reply, wasTried: true });
    const ts = externalId.split(':')[1];
    expect(await slack.replies('payments-ci', ts)).toHaveLength(1);
    slack.fault = () => 'down';
    const late = request();
    await expect(channel.send(late)).rejects.toThrow();
    slack.fault = () => 'none';
    await channel.send({ ...late, wasTried: true });
    expect(await marked(late.alertId)).toHaveLength(1);
  });

  it('tries nothing again by itself, and waits as long as Slack asks', async () => {
    const channel = create();
    slack.fault = () => 'limited';
    const error = await channel.send(request()).catch(e => e);
    expect(error.name).toBe('RateLimitedError');
    const wait = error.retryAt.getTime() - Date.now();
    expect(wait).toBeGreaterThan(5_000);
    expect(wait).toBeLessThanOrEqual(7_000);
    expect(slack.calls).toEqual(['chat.postMessage']);
    // While it has to wait, Slack is not asked at all.
    await expect(channel.send(request())).rejects.toMatchObject({
      name: 'RateLimitedError',
    });
    expect(slack.calls).toHaveLength(1);
    slack.fault = () => 'down';
    await expect(create().send(request())).rejects.toThrow('did not answer');
    expect(slack.calls).toHaveLength(2);
  });

  it('says what a refusal of 200 with "ok": false means, and whether it ends', async () => {
    const channel = create();
    await expect(
      channel.send(request({ destination: '#nowhere' })),
    ).rejects.toMatchObject({
      name: 'Error',
      message:
        'Slack refused: channel_not_found. Does the channel exist, and was the app invited to it?',
    });
    await expect(
      channel.send(request({ destination: '#secret-ci' })),
    ).rejects.toThrow('Slack refused: not_in_channel. Invite the app');
    await expect(
      create({ botToken: 'xoxb-wrong' }).send(request()),
    ).rejects.toThrow('Slack refused');
    const { externalId } = await channel.send(request());
    await slack.call('chat.delete', {
      channel: externalId.split(':')[0],
      ts: externalId.split(':')[1],
    });
    const gone = channel.send(
      request({ externalId: `${externalId.split(':')[0]}:1.1` }),
    );
    await expect(gone).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('answers in private', async () => {
    const channel = create();
    const person = await slack.userId('ann');
    const context = { channel: await slack.channelId('payments-ci') };
    await channel.answer({
      person,
      context,
      signal,
      text: 'Only <owners> may',
    });
    expect(slack.calls).toEqual(['chat.postEphemeral']);
    const seen = await slack.messages('payments-ci');
    expect(JSON.stringify(seen)).not.toContain('owners');
    await expect(
      channel.answer({ person, context: {}, signal, text: 'x' }),
    ).rejects.toMatchObject({ name: 'InputError' });
  });

  it('knows who pressed a button by the catalog, and by the confirmed address', async () => {
    const ann = await slack.userId('ann');
    const bob = await slack.userId('bob');
    const channel = create({}, [
      user('ann', 'other@acme.example', ann),
      user('bob', 'bob@acme.example'),
    ]);
    expect(await channel.identify(ann)).toMatchObject({
      userRef: 'user:default/ann',
    });
    expect(await channel.identify(bob)).toMatchObject({
      userRef: 'user:default/bob',
    });
    for (const [stranger, users] of [
      // Nobody in the catalog, not in the workspace, a bot, and two of one address.
      [bob, []],
      ['UNOBODY', [user('bob', 'bob@acme.example')]],
      ['U000MEDIC', [user('bot', 'ci-medic@bots.emulate.dev')]],
      [bob, [user('b', 'bob@acme.example'), user('c', 'bob@acme.example')]],
    ] as const) {
      expect(await create({}, [...users]).identify(stranger)).toMatchObject({
        refusal: expect.any(String),
      });
    }
  });

  it.each([
    ['the entity', named('Component', 'a', 'own'), [], '#own'],
    [
      'its owner',
      named('Component', 'a'),
      [
        {
          ref: 'group:default/team',
          groups: [named('Group', 'team', '#team')],
        },
      ],
      '#team',
    ],
    [
      'a group above its owner',
      named('Component', 'a'),
      [
        {
          ref: 'group:default/team',
          groups: [
            named('Group', 'team'),
            named('Group', 'top', 'C0123456789'),
          ],
        },
      ],
      'C0123456789',
    ],
    [
      'nobody',
      named('Component', 'a'),
      [{ ref: 'group:default/team', groups: [named('Group', 'team')] }],
      '#all-ci',
    ],
    ['nobody, without an owner', named('Component', 'a'), [], '#all-ci'],
    [
      'nobody, without the owner in the catalog',
      named('Component', 'a'),
      [{ ref: 'group:default/gone', groups: [] }],
      '#all-ci',
    ],
    [
      'the entity, but is no channel',
      named('Component', 'a', '<!channel> @here'),
      [],
      undefined,
    ],
  ])(
    'is told in the right place when it is named by %s',
    (_, entity, owners, destination) => {
      const channel = create({ defaultChannel: '#all-ci' });
      const [route] = channel.route({ entity, owners });
      expect(route.destination).toBe(destination);
      expect(route.because).toMatchSnapshot();
    },
  );

  it('goes nowhere without a channel and a default, and is only looked at without a token', () => {
    const channel = create({ botToken: undefined });
    const owners = [{ ref: 'group:default/team', groups: [] }];
    const entity = named('Component', 'a');
    expect(channel.route({ entity, owners })).toEqual([
      {
        because:
          'The catalog does not have the owner group:default/team, and there is no default',
      },
    ]);
    expect(channel.notConnected).toContain('ciMedic.slack.botToken');
    expect(channel.preview(alertMessageOf()).blocks.length).toBeGreaterThan(4);
  });
});

describe('SlackPacing', () => {
  it('says one thing per second in a channel, and lets others go first who wait long', async () => {
    let now = 0;
    const said: [string, number][] = [];
    const pacing = new SlackPacing({
      now: () => now,
      sleep: async wait => {
        said.push(['waited', wait]);
      },
    });
    await pacing.turn('a');
    await pacing.turn('a');
    await pacing.turn('b');
    await pacing.turn('a');
    expect(said.map(([, wait]) => wait)).toEqual([1_000, 2_000]);
    for (let turn = 0; turn < 3; turn++) {
      await pacing.turn('a');
    }
    await expect(pacing.turn('a')).rejects.toMatchObject({
      name: 'RateLimitedError',
    });
    now = 60_000;
    await pacing.turn('a');
    expect(said).toHaveLength(5);
  });
});
