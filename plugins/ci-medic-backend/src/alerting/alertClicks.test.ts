import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  AlertScene,
  group,
  MINUTE_MS,
  owned,
} from './__testUtils__/AlertScene';
import { runIdOf } from '../database';
import { MemoryIntake } from '../ingest/__testUtils__/MemoryIntake';

jest.setTimeout(60_000);

const DAY_MS = 24 * 60 * MINUTE_MS;
const ann = 'user:default/ann';

/** The service of a team, with members who are in the catalog. */
function withPeople(...names: string[]) {
  return [
    owned(MemoryIntake.entity('shop'), 'team'),
    ...[group('team', 'division'), group('division', 'team')],
    ...names.map(name => ({
      ...{ apiVersion: 'backstage.io/v1alpha1', kind: 'User' },
      metadata: { name, namespace: 'default' },
      relations: [{ type: 'memberOf', targetRef: 'group:default/team' }],
    })),
  ];
}

describe.each(TestDatabases.create().eachSupportedId())('clicks on %s', id => {
  const databases = TestDatabases.create({ ids: [id as any] });
  const started: AlertScene[] = [];

  afterEach(async () => {
    for (const scene of started.splice(0)) {
      await scene.stop();
    }
  });

  /** A run has failed, and Ann owns it; Bob owns something else. */
  async function setUp(options: Parameters<typeof AlertScene.create>[1] = {}) {
    const knex = await databases.init(id as any);
    const scene = await AlertScene.create(knex, options);
    started.push(scene);
    scene.know('U-ANN', ann, 'group:default/team');
    scene.know('U-BOB', 'user:default/bob', 'group:default/other');
    await scene.run('failure');
    return scene;
  }

  const audited = (scene: AlertScene) =>
    scene
      .knex('alert_audit')
      .orderBy(['outcome', 'actor'])
      .select('kind', 'actor', 'via', 'person', 'outcome', 'message');

  it('runs the failed jobs again once, however often and by whomever it is pressed', async () => {
    const scene = await setUp();
    scene.know('U-EVE', 'user:default/eve', 'group:default/team');
    const button = scene.button('rerun');
    expect(await scene.press('U-ANN', button)).toBe(
      'The failed jobs of run 1 are run again',
    );
    expect(await scene.press('U-ANN', button)).toBe(
      `${ann} has pressed this button already`,
    );
    expect(await scene.press('U-EVE', button)).toBe(
      `${ann} has pressed this button already`,
    );
    await scene.pass(MINUTE_MS);
    expect(scene.effects.ledger).toEqual([{ runId: '1', fromAttempt: 1 }]);
    // The message says so, and offers it no more.
    expect(scene.chat.message).toMatchObject({
      turningPoint: 'acted',
      next: [expect.stringMatching(/^(Under way|Last done): rerun\./)],
    });
    expect(scene.chat.message.actions.map(({ kind }) => kind)).not.toContain(
      'rerun',
    );
    expect(await audited(scene)).toMatchObject([
      { kind: 'rerun', actor: ann, via: 'chat', outcome: 'done' },
      { kind: 'rerun', actor: ann, outcome: 'refused' },
      { kind: 'rerun', actor: 'user:default/eve', outcome: 'refused' },
    ]);
    const [{ presses }] = await scene.alerts();
    expect(presses.map(({ outcome }) => outcome).sort()).toEqual([
      ...['done', 'refused', 'refused'],
    ]);
  });

  it('acts on a click once, however often it is delivered', async () => {
    const scene = await setUp();
    const click = {
      ...{ clickId: 'click-twice', actionId: scene.button('rerun') },
      person: 'U-ANN',
    };
    expect(await scene.chat.press(click)).toBe('stored');
    expect(await scene.chat.press(click)).toBe('duplicate');
    await scene.pass(MINUTE_MS);
    expect(await scene.chat.press(click)).toBe('duplicate');
    await scene.pass(MINUTE_MS);
    expect(scene.effects.calls).toBe(1);
    expect(scene.chat.answers).toHaveLength(1);
    expect(await audited(scene)).toHaveLength(1);
  });

  it('A20: refuses who is unknown, owns nothing of it or is not let in, in private and with the reason', async () => {
    const scene = await setUp();
    const button = scene.button('rerun');
    expect(await scene.press('U-NOBODY', button)).toBe('Nobody knows you');
    expect(await scene.press('U-BOB', button)).toBe(
      'Only owners may do this: group:default/team',
    );
    scene.vouch = () => 403;
    expect(await scene.press('U-ANN', button)).toBe(
      `Backstage does not let ${ann} in`,
    );
    scene.vouch = () => 404;
    expect(await scene.press('U-ANN', button)).toContain('not set up');
    expect(scene.chat.answers.map(({ person }) => person)).toEqual([
      ...['U-NOBODY', 'U-BOB', 'U-ANN', 'U-ANN'],
    ]);
    expect((await audited(scene)).map(({ outcome }) => outcome)).toEqual([
      ...['refused', 'refused', 'refused', 'refused'],
    ]);
    // None of them used the button up.
    scene.vouch = () => 200;
    await scene.press('U-ANN', button);
    await scene.pass(MINUTE_MS);
    expect(scene.effects.ledger).toHaveLength(1);
  });

  it('A22: checks at the moment of the click, not at that of the message', async () => {
    const scene = await setUp();
    const button = scene.button('rerun');
    scene.know('U-ANN', ann, 'group:default/other');
    expect(await scene.press('U-ANN', button)).toContain('Only owners');
    expect(scene.effects.calls).toBe(0);
  });

  it('asks the permission framework, and refuses what it denies', async () => {
    const denied: string[] = [];
    const scene = await setUp({
      services: {
        permissions: mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission }) => {
              const isRead = permission.name === 'ci-medic.entity.read';
              denied.push(...(isRead ? [] : [permission.name]));
              return {
                result: isRead ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
              };
            }),
        }),
      },
    });
    for (const kind of ['rerun', 'right', 'mute'] as const) {
      const answer = await scene.press('U-ANN', scene.button(kind));
      expect(answer).toContain('You do not have the permission ci-medic.');
    }
    expect(denied).toEqual([
      'ci-medic.remediation.request',
      'ci-medic.feedback.give',
      'ci-medic.alert.mute',
    ]);
    expect(scene.effects.calls).toBe(0);
  });

  it('A21: does nothing for an id that it did not give out', async () => {
    const scene = await setUp();
    const button = scene.button('rerun');
    for (const forged of [
      `${button.slice(0, -1)}A`,
      'rerun:1:1',
      '',
      `${button}' or 1=1 --`,
      '\u0000'.repeat(300),
    ]) {
      expect(await scene.press('U-ANN', forged)).toContain('not known');
    }
    expect(scene.effects.calls).toBe(0);
  });

  it('A22: lets buttons expire, and gives the message new ones', async () => {
    const scene = await setUp();
    const button = scene.button('right');
    await scene.pass(DAY_MS + 1);
    expect(await scene.press('U-ANN', button)).toContain('has expired');
    const fresh = scene.button('right');
    expect(fresh).not.toBe(button);
    expect(await scene.press('U-ANN', fresh)).toBe(
      'Noted that the diagnosis is right',
    );
  });

  it('takes what people say of the diagnosis, and shows it', async () => {
    const scene = await setUp();
    const wrong = scene.button('wrong');
    expect(await scene.press('U-ANN', wrong)).toBe(
      'Say which category would be right',
    );
    expect(
      await scene.press('U-ANN', scene.button('wrong'), {
        ...{ category: 'configuration', fixedBy: 'A larger disk' },
      }),
    ).toBe('Noted that the diagnosis is wrong');
    expect(await scene.knex('feedback')).toMatchObject([
      {
        ...{ verdict: 'wrong', category: 'configuration', via: 'chat' },
        ...{ fixed_by: 'A larger disk', actor: ann },
      },
    ]);
    const { diagnosis, next, actions } = scene.chat.message;
    expect(diagnosis!.text).toContain('configuration');
    expect(next).toContain(`${ann} says of the diagnosis: wrong.`);
    const kinds = actions.map(({ kind }) => kind);
    expect(kinds).not.toContain('right');
    expect(kinds).not.toContain('wrong');
  });

  it('A21: agrees to the plan that the message shows, and to no other one', async () => {
    const scene = await setUp({ entities: withPeople('ann', 'eve') });
    const { chat, effects, shop } = scene;
    const eve = 'user:default/eve';
    scene.know('U-EVE', eve, 'group:default/team');
    const [{ id: incidentId }] = await shop.incidents();
    const of = (
      number: number,
      sha: string,
      state: 'failure' | 'inactive',
    ) => ({
      ...{ deploymentId: `d${number}`, environment: 'production', sha, state },
      ...{ artifact: `shop:${number}`, createdAt: '2026-11-24T09:00:00Z' },
    });
    effects.deployed.push(
      of(2, 'c0ffee1', 'failure'),
      of(1, 'cafe', 'inactive'),
    );
    // Ann asks for it in Backstage; it is production, so somebody else has to agree as well.
    const { remediationRequests } = shop.intake.api;
    const { waits } = await remediationRequests.request({
      ...{ incidentId, runId: runIdOf(MemoryIntake.project, '1'), attempt: 1 },
      ...{ action: 'rollback', requestedBy: ann },
    });
    expect(waits).toBe(true);
    await shop.intake.runner.idle();
    const plan = () =>
      chat.message.actions.find(({ kind }) => kind === 'approve')?.plan;
    expect(plan()).toMatchObject({
      ...{ title: 'Roll back', approvalsNeeded: 2, approvals: 1 },
      what: expect.stringMatching(/^Deploys shop:1 \(commit cafe/),
      worstCase: expect.stringMatching(/production is worse off than before/),
    });
    expect(chat.message.next).toContainEqual(
      expect.stringMatching(
        /^Proposed: Roll back, 1 of 2 people have agreed\./,
      ),
    );
    const first = scene.button('approve');
    expect(await scene.press('U-BOB', first)).toMatch(
      /^Only owners may do this/,
    );
    expect(await scene.press('U-ANN', first)).toBe(
      'Roll back: 1 of 2 people have agreed',
    );
    // The plan is replaced by another one: the old button agrees to nothing.
    const old = scene.button('approve');
    effects.deployed.splice(1, 1, of(1, 'beef', 'inactive'));
    effects.deployed[1].artifact = 'shop:0';
    await remediationRequests.request({
      ...{ incidentId, runId: runIdOf(MemoryIntake.project, '1'), attempt: 1 },
      ...{ action: 'rollback', requestedBy: ann },
    });
    expect(await scene.press('U-EVE', old)).toMatch(/^The plan is superseded/);
    expect(effects.acts).toEqual([]);
    expect(plan()?.what).toMatch(/^Deploys shop:0 \(commit beef/);
    expect(await scene.press('U-EVE', scene.button('approve'))).toBe(
      'Roll back: approved, and being carried out',
    );
    await scene.pass(MINUTE_MS);
    expect(effects.acts).toMatchObject([
      { does: 'dispatch', to: expect.stringMatching(/ shop:0$/) },
    ]);
    expect(plan()).toBeUndefined();
    expect(await audited(scene)).toMatchObject([
      { kind: 'approve', actor: ann, outcome: 'done' },
      { kind: 'approve', actor: eve, outcome: 'done' },
      { kind: 'approve', actor: 'user:default/bob', outcome: 'refused' },
      { kind: 'approve', actor: eve, outcome: 'refused' },
    ]);
  });

  it('is quiet for a day where somebody wants it, and changes the message all the same', async () => {
    const scene = await setUp();
    expect(await scene.press('U-ANN', scene.button('mute'))).toBe(
      'Nothing new is told here until 25 Nov 2026 12:00 UTC',
    );
    expect(scene.chat.message.next).toContain(
      `Nothing new is told here until 25 Nov 2026 12:00 UTC, as ${ann} wants it.`,
    );
    expect(scene.chat.message.actions.map(({ kind }) => kind)).not.toContain(
      'mute',
    );
    await scene.run('failure');
    expect(scene.chat.threads.size).toBe(0);
    await scene.run('success');
    expect(scene.chat.message.turningPoint).toBe('resolved');
    await scene.pass(DAY_MS);
    await scene.run('failure', { minutesAgo: 5 });
    expect([...scene.chat.threads.values()]).toHaveLength(1);
  });

  it('goes on where it was interrupted, and does nothing twice', async () => {
    const scene = await setUp();
    let failures = 2;
    scene.vouch = () => (failures-- > 0 ? 503 : 200);
    await scene.press('U-ANN', scene.button('rerun'));
    expect(scene.chat.answers).toEqual([]);
    for (let minute = 0; minute < 5; minute++) {
      await scene.pass(MINUTE_MS);
    }
    expect(scene.effects.ledger).toHaveLength(1);
    expect(scene.chat.answers).toHaveLength(1);
  });

  it('offers the same buttons in Backstage, with the same checks', async () => {
    const scene = await setUp({
      entities: [
        owned(MemoryIntake.entity('shop'), 'team'),
        ...[group('team'), group('other')],
      ],
    });
    const [alert] = await scene.alerts();
    expect(alert.actions).toEqual(scene.chat.message.actions);
    const { alertPresses } = scene.shop.intake.api;
    let presses = 0;
    const press = (name: string, actionId: string) =>
      alertPresses.press({
        ...{ pressId: `press-${++presses}`, actionId, via: 'backstage' },
        person: `user:default/${name}`,
        credentials: mockCredentials.user(`user:default/${name}`),
      });
    const { id: button } = alert.actions.find(({ kind }) => kind === 'rerun')!;
    expect(await press('bob', button)).toEqual({
      outcome: 'refused',
      message: 'Only owners may do this: group:default/team',
    });
    expect(await press('ann', button)).toMatchObject({ outcome: 'done' });
    expect(await press('ann', button)).toMatchObject({ outcome: 'refused' });
    // What was pressed here is used up there.
    expect(await scene.press('U-ANN', button)).toContain('already');
    await scene.pass(MINUTE_MS);
    expect(scene.effects.ledger).toHaveLength(1);
    const [{ actions }] = await scene.alerts();
    expect(actions.map(({ kind }) => kind)).not.toContain('rerun');
  });

  it('keeps clicks as long as they could come again, and accounts for them for good', async () => {
    const scene = await setUp();
    await scene.press('U-ANN', scene.button('right'));
    await scene.knex('alerts').delete();
    scene.shop.clock.time += 91 * DAY_MS;
    await scene.shop.chore('alert-retention');
    for (const [table, left] of [
      ['alert_clicks', 0],
      ['alert_actions', 0],
      ['alert_notes', 0],
      ['alert_audit', 1],
    ] as const) {
      expect([table, (await scene.knex(table)).length]).toEqual([table, left]);
    }
  });
});
