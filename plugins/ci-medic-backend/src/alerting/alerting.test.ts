import { TestDatabases } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import { RateLimitedError } from '@ci-medic/plugin-ci-medic-node';
import { textOfDatabase } from '../database/__testUtils__/textOfDatabase';
import { MemoryIntake } from '../ingest/__testUtils__/MemoryIntake';
import {
  AlertScene,
  group,
  MINUTE_MS,
  owned,
} from './__testUtils__/AlertScene';
import { MemoryChat } from './__testUtils__/MemoryChat';

jest.setTimeout(60_000);

const groups = [group('team', 'division'), group('division', 'team')];

describe.each(TestDatabases.create().eachSupportedId())('alerts on %s', id => {
  const databases = TestDatabases.create({ ids: [id as any] });
  const started: AlertScene[] = [];

  afterEach(async () => {
    for (const scene of started.splice(0)) {
      await scene.stop();
    }
  });

  async function setUp(options: Parameters<typeof AlertScene.create>[1] = {}) {
    const knex = await databases.init(id as any);
    const scene = await AlertScene.create(knex, options);
    started.push(scene);
    return scene;
  }

  it('tells the owner in one message, changed at turning points, with occurrences below it', async () => {
    const scene = await setUp();
    const { chat } = scene;
    await scene.run('failure');
    expect([...chat.messages.keys()]).toEqual(['group:default/team#1']);
    expect(chat.message).toMatchObject({
      turningPoint: 'diagnosed',
      title: 'shop: error: no space left on device',
      summary:
        'Job "build" of "CI" on main fails since run 1 (24 Nov 2026 10:35 UTC).',
      diagnosis: {
        text: expect.stringMatching(/^\d\d % infrastructure \(disk full\)$/),
        basis: expect.arrayContaining(['Decided by a known signature']),
      },
      evidence: ['error: no space left on device'],
      cause: expect.any(String),
      path: expect.stringMatching(
        /^\/catalog\/default\/component\/shop\/incidents\/[0-9a-f]{24}$/,
      ),
      actions: [
        { kind: 'rerun' },
        { kind: 'right' },
        { kind: 'wrong' },
        { kind: 'mute' },
      ],
    });
    await scene.run('failure');
    await scene.pass(5_000);
    const { calls } = chat;
    await scene.run('failure');
    // More of the same waits for more of it.
    expect(chat.calls).toBe(calls);
    await scene.pass(5_000);
    // Only the thread got longer.
    expect(chat.calls).toBe(calls + 1);
    await scene.run('success');
    await scene.run('failure');
    expect(chat.messages.size).toBe(1);
    const told = [...chat.messages.values()][0];
    const turns = told.map(({ turningPoint }) => turningPoint);
    expect(turns.filter((turn, index) => turn !== turns[index - 1])).toEqual([
      'opened',
      'diagnosed',
      'resolved',
      'reopened',
    ]);
    const resolved = told.find(one => one.turningPoint === 'resolved')!;
    expect(resolved).toMatchObject({ evidence: [], suspects: [] });
    expect(resolved.actions.map(({ kind }) => kind)).toEqual([
      'right',
      'wrong',
    ]);
    const [thread] = chat.threads.values();
    expect(thread).toEqual([
      'Failed again: job "build" of "CI" in run 2 on main (24 Nov 2026 10:45 UTC)',
      'Failed again: job "build" of "CI" in run 3 on main (24 Nov 2026 10:55 UTC)',
      'Failed again: job "build" of "CI" in run 5 on main (24 Nov 2026 11:15 UTC)',
    ]);
    expect(await scene.alerts()).toMatchObject([
      {
        channelTitle: 'Chat',
        destination: 'group:default/team',
        because: 'It owns it',
        state: 'sent',
        turningPoint: 'reopened',
        sentAt: expect.any(String),
        notes: [{ state: 'sent' }, { state: 'sent' }, { state: 'sent' }],
        presses: [],
      },
    ]);
    // The hierarchy is a circle: it ends where it closes.
    const [[{ groups: above }]] = chat.routed;
    expect(above.map(({ metadata }) => metadata.name)).toEqual([
      'team',
      'division',
    ]);
  });

  it('R31: loses nothing while a channel is down, and then tells the latest once', async () => {
    const scene = await setUp();
    const { chat } = scene;
    chat.failure = new Error('502 Bad Gateway');
    await scene.run('failure');
    expect(await scene.alerts()).toMatchObject([
      { state: 'waiting', reason: '502 Bad Gateway' },
    ]);
    await scene.run('failure');
    await scene.run('success');
    for (let hour = 0; hour < 5; hour++) {
      await scene.pass(60 * MINUTE_MS);
    }
    expect(chat.calls).toBeGreaterThan(3);
    chat.failure = undefined;
    await scene.pass(60 * MINUTE_MS);
    const [told] = chat.messages.values();
    expect(told.map(({ turningPoint }) => turningPoint)).toEqual(['resolved']);
    // What was below it was not told of before the message was, and comes along.
    const [alert] = await scene.alerts();
    expect(alert).toMatchObject({ state: 'sent' });
    expect(alert.reason).toBeUndefined();
    expect(alert.notes.every(({ state }) => state === 'sent')).toBe(true);
  });

  it('R31: with rate limits, an outage and lost answers, says everything once and in order', async () => {
    const scene = await setUp();
    const { chat } = scene;
    let call = 0;
    chat.fail = () => {
      call++;
      if (call % 3 === 0) {
        const at = new Date(Date.now() + 5_000);
        return new RateLimitedError('429', at);
      }
      return call > 10 && call < 16 ? new Error('503') : undefined;
    };
    chat.lose = () =>
      call % 4 === 0 ? new Error('socket hang up') : undefined;
    for (const conclusion of [
      ...['failure', 'failure', 'success', 'failure', 'failure', 'success'],
    ] as const) {
      await scene.run(conclusion);
      await scene.pass(MINUTE_MS);
    }
    for (let minutes = 0; minutes < 60; minutes += 10) {
      await scene.pass(10 * MINUTE_MS);
    }
    expect(chat.messages.size).toBe(1);
    expect(chat.message.turningPoint).toBe('resolved');
    const [thread] = chat.threads.values();
    const runs = thread.map(text => Number(/in run (\d+)/.exec(text)![1]));
    expect(runs).toEqual([2, 4, 5]);
    expect(await scene.alerts()).toMatchObject([{ state: 'sent' }]);
  });

  it('gives up what a channel refuses for good, and says why', async () => {
    const scene = await setUp();
    const { chat } = scene;
    chat.failure = new InputError('There is no such place');
    await scene.run('failure');
    expect(await scene.alerts()).toMatchObject([
      { state: 'failed', reason: expect.stringContaining('no such place') },
    ]);
    const { calls } = chat;
    await scene.pass(60 * MINUTE_MS);
    expect(chat.calls).toBe(calls);
    // The next turning point is tried again.
    chat.failure = undefined;
    await scene.run('success');
    expect(await scene.alerts()).toMatchObject([{ state: 'sent' }]);
  });

  it('keeps what a channel would say that is not connected', async () => {
    const chat = new MemoryChat();
    chat.notConnected = 'There is no token';
    const scene = await setUp({ chat });
    await scene.run('failure');
    expect(chat.calls).toBe(0);
    expect(await scene.alerts()).toMatchObject([
      { state: 'preview', reason: 'There is no token' },
    ]);
    const routes = await scene.shop.intake.api.alerts.routes(
      owned(MemoryIntake.entity('shop'), 'team'),
    );
    expect(routes.routes).toMatchObject([
      { notConnected: 'There is no token' },
    ]);
    // Once it is, the next turning point is told.
    chat.notConnected = undefined;
    await scene.run('success');
    await scene.run('failure');
    expect(await scene.alerts()).toMatchObject([{ state: 'sent' }]);
  });

  it.each([
    ['a feature branch', {}, { branch: 'feature' }, 0],
    [
      'a feature branch, where all is wanted',
      { scope: 'all' },
      { branch: 'feature' },
      1,
    ],
    ['history', {}, { minutesAgo: 60 * 24 }, 0],
    [
      'history, where it is wanted',
      { maxAge: { days: 2 } },
      { minutesAgo: 60 * 24 },
      1,
    ],
    ['main, where nothing is wanted', { scope: 'none' }, {}, 0],
    [
      'a branch that counts as main',
      { mainBranches: ['next'] },
      { branch: 'next' },
      1,
    ],
  ])(
    'asks whether %s is worth telling',
    async (_, alertConfig, change, sent) => {
      const scene = await setUp({ config: { alerts: alertConfig } });
      await scene.run('failure', change);
      expect(scene.chat.messages.size).toBe(sent);
    },
  );

  it('follows the annotation of the entity, and says where its choice comes from', async () => {
    const entity = (value: string) =>
      owned(
        MemoryIntake.entity('shop', { 'ci-medic.io/alerts': value }),
        'team',
      );
    const scene = await setUp({ entities: [entity('none'), ...groups] });
    await scene.run('failure');
    expect(scene.chat.messages.size).toBe(0);
    const { alerts } = scene.shop.intake.api;
    expect(await alerts.routes(entity('none'))).toMatchObject({
      scope: 'none',
      because: 'The annotation ci-medic.io/alerts says so',
      routes: [{ channel: 'chat', destination: 'group:default/team' }],
    });
    expect(await alerts.routes(entity('sometimes'))).toMatchObject({
      scope: 'main',
      because: expect.stringContaining('is none of all, main and none'),
    });
    expect((await alerts.routes(MemoryIntake.entity('orphan'))).routes).toEqual(
      [{ channel: 'chat', channelTitle: 'Chat', because: 'Nobody owns it' }],
    );
  });

  it('tells each owner of theirs only, and shows nobody what others were told', async () => {
    const entities = [
      owned(MemoryIntake.entity('shop'), 'team'),
      owned(MemoryIntake.entity('till'), 'division', 'nobody'),
      ...groups,
    ];
    const scene = await setUp({ entities });
    await scene.run('failure');
    const told = [...scene.chat.messages].map(
      ([key, [{ entityRefs, path }]]) => [
        key.split('#')[0],
        entityRefs.join(),
        path.split('/')[4],
      ],
    );
    expect(told.sort()).toEqual([
      ['group:default/division', 'component:default/till', 'till'],
      ['group:default/nobody', 'component:default/till', 'till'],
      ['group:default/team', 'component:default/shop', 'shop'],
    ]);
    const [incident] = await scene.shop.incidents();
    const seen = await scene.shop.intake.api.alerts.list(incident.id, [
      'component:default/shop',
    ]);
    expect(seen.map(({ destination }) => destination)).toEqual([
      'group:default/team',
    ]);
  });

  it('tells one message of a cause, and of its consequences a note elsewhere', async () => {
    const scene = await setUp();
    const { chat, knex, shop } = scene;
    await scene.run('failure', { log: 'error: the base image is gone\n' });
    const [leader] = await shop.incidents();
    await scene.run('failure', { log: 'panic: no such file: libssl.so\n' });
    expect(chat.messages.size).toBe(2);
    const [member] = (await shop.incidents()).filter(
      ({ id: other }) => other !== leader.id,
    );
    await knex('incident_members').delete();
    await knex('incident_members').insert({
      ...{ incident_id: member.id, leader_id: leader.id, since: 1 },
      reason: 'Both fail since the base image changed',
    });
    // A message that was sent before says so from now on.
    await scene.plan(member.id);
    const told = [...chat.messages.values()].map(all => all.slice(-1)[0]);
    expect(told.find(one => one.incidentId === member.id)).toMatchObject({
      kind: 'note',
      cause: 'Both fail since the base image changed',
      evidence: [],
      actions: [],
      next: ['The message about the cause went to the owners of shop.'],
    });
    expect(told.find(one => one.incidentId === leader.id)).toMatchObject({
      kind: 'incident',
    });
    // One that was not told of is none of anybody's business whom the cause was told.
    await knex('alerts').where({ incident_id: member.id }).delete();
    await scene.plan(member.id);
    expect(await knex('alerts')).toMatchObject([{ incident_id: leader.id }]);
    // It makes no difference which of them comes first.
    await knex('alerts').delete();
    await scene.plan(member.id);
    expect(await knex('alerts')).toMatchObject([{ incident_id: leader.id }]);
  });

  it('A13: passes no control characters and no flood of text from logs, branches and commits on', async () => {
    const scene = await setUp({ config: { alerts: { scope: 'all' } } });
    const evil = '\u202Eevil\u0007\u200B <!channel> http://evil.example';
    const hostile = Array.from(
      { length: 40 },
      (_, index) => `error: ${evil} ${index} ${'x'.repeat(5_000)}`,
    );
    await scene.run('failure', {
      log: `${hostile.join('\n')}\n`,
      branch: `${evil}${'y'.repeat(200)}`,
    });
    const { chat } = scene;
    await scene.run('failure', {
      log: `${hostile.join('\n')}\n`,
      branch: `${evil}${'y'.repeat(200)}`,
    });
    const { message } = chat;
    expect(message.evidence.length).toBeLessThanOrEqual(8);
    expect(message.title.length).toBeLessThanOrEqual(200);
    const texts = [
      ...[message.title, message.summary, message.cause ?? ''],
      ...[...message.evidence, ...message.next],
      ...(message.diagnosis?.basis ?? []),
      ...message.suspects.flatMap(({ text, reason = '' }) => [text, reason]),
      ...[...chat.threads.values()].flat(),
    ];
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(1_000);
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });

  it('A40: a secret of a log is in no message, no thread and nowhere in the database', async () => {
    const scene = await setUp();
    const secret = `ghp_${'aB3dE6gH9'.repeat(4)}`;
    const log = `error: cannot push with ${secret} to the registry\n`;
    await scene.run('failure', { log });
    await scene.run('failure', { log });
    const { chat } = scene;
    expect(chat.message.evidence).toEqual([
      'error: cannot push with [redacted:github-token] to the registry',
    ]);
    const told = JSON.stringify([...chat.messages, ...chat.threads]);
    const stored = await textOfDatabase(scene.knex);
    for (const text of [told, stored]) {
      expect(text).toContain('to the registry');
      expect(text).not.toContain(secret);
      expect(text).not.toContain(secret.slice(10));
    }
  });

  it('waits with what would be news where a message is muted', async () => {
    const chat = new MemoryChat({ hasThreads: false });
    const scene = await setUp({ chat });
    scene.know('U1', 'user:default/ann', 'group:default/team');
    await scene.run('failure');
    expect(await scene.press('U1', scene.button('mute'))).toMatch(
      /^Nothing new is told here until 25 Nov 2026 12:00 UTC/,
    );
    const { calls } = chat;
    await scene.run('success');
    expect(chat.calls).toBe(calls);
    expect(await scene.alerts()).toMatchObject([
      {
        state: 'waiting',
        mutedBy: 'user:default/ann',
        reason: 'Nothing new is told here until 25 Nov 2026 12:00 UTC',
      },
    ]);
  });
});
