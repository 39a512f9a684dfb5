import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { MemoryIntake } from '../../ingest/__testUtils__/MemoryIntake';
import { ada, RemediationScene } from '../__testUtils__/RemediationScene';

jest.setTimeout(120_000);

/** A service of a tier, and a person who owns it. */
function entityOf(tier: string, owner = ada): Entity {
  const entity = MemoryIntake.entity('shop');
  return {
    ...entity,
    metadata: { ...entity.metadata, labels: { 'ci-medic.io/tier': tier } },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

const person: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ada', namespace: 'default' },
  spec: {},
};

const lowTiersAutomatic = {
  modes: [{ action: 'rerun', tier: '3', mode: 'automatic' }],
  policy: { settings: { automatic: { tiers: ['3'] } } },
};

describe.each(TestDatabases.create().eachSupportedId())('gates on %s', id => {
  const databases = TestDatabases.create({ ids: [id as any] });

  async function setUp(
    options: Parameters<typeof RemediationScene.create>[1] = {},
  ) {
    const scene = await RemediationScene.create(
      await databases.init(id as any),
      { entities: [entityOf('3'), person], ...options },
    );
    await scene.diagnose({ category: 'flaky_test' });
    return scene;
  }

  it('proposes by default, with a reason of every gate, and writes each decision down', async () => {
    const scene = await setUp();
    const { plan, parts } = scene.world();
    const [proposed] = await plan();
    expect(proposed).toMatchObject({
      state: 'proposed',
      strategy: 'rerun-flaky-test',
      action: 'rerun',
      mode: 'suggest',
      approvalsNeeded: 1,
      words: {
        why: 'The failure is taken for flaky test (90 % sure), and passes without any change in 80 % of such cases. Strategy: A flaky test is run again.',
        otherwise: 'A person is told what to do',
      },
    });
    expect(proposed.gates.map(({ gate, result }) => [gate, result])).toEqual([
      ['kill_switch', 'passed'],
      ['guardrails', 'passed'],
      ['policy', 'passed'],
      ['mode', 'passed'],
      ['people', 'waits'],
    ]);
    expect(proposed.gates.every(({ reasons }) => reasons.length > 0)).toBe(
      true,
    );
    // Planning again says the same and adds nothing.
    expect(await plan()).toHaveLength(1);
    const { items } = await parts.api.decisions.list({});
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      moment: 'plan',
      result: 'waits',
      actor: 'ci-medic',
      policyRevision: expect.stringMatching(/^[0-9a-f]{12}$/),
      input: { entity: { ref: 'component:default/shop', tier: '3' } },
    });
  });

  it('R26: in shadow nothing is done, and every decision is recorded', async () => {
    const scene = await setUp({
      config: { ...lowTiersAutomatic, modes: [{ mode: 'shadow' }] },
    });
    const { plan, effects, parts, ask } = scene.world();
    expect((await plan())[0]).toMatchObject({
      state: 'shadowed',
      reason: 'The mode is shadow, configured for everything',
    });
    await expect(ask()).rejects.toThrow('The mode is shadow');
    expect(effects.calls).toBe(0);
    expect(await scene.database.knex('remediations')).toEqual([]);
    const { items } = await parts.api.decisions.list({ result: 'shadowed' });
    expect(items).toHaveLength(2);
  });

  it('reruns by itself where mode and policy say so, and only there', async () => {
    const scene = await setUp({ config: lowTiersAutomatic });
    const { plan, effects, finish } = scene.world();
    const [automatic] = await plan();
    expect(automatic).toMatchObject({ state: 'approved', mode: 'automatic' });
    expect(await finish(automatic.remediationId!)).toMatchObject({
      state: 'succeeded',
      requestedBy: 'ci-medic',
    });
    expect(effects.ledger).toHaveLength(1);

    for (const [change, mode] of [
      [() => scene.diagnose({ confidence: 0.6 }), 'suggest'],
      [() => scene.diagnose({ category: 'unknown', confidence: 0 }), 'suggest'],
      [
        async () => {
          await scene.diagnose({});
          scene.entities[0] = entityOf('1');
        },
        'suggest',
      ],
    ] as const) {
      const world = await scene.forget();
      await change();
      const [plans] = await world.plan();
      expect(plans.mode).not.toBe('automatic');
      expect(['proposed', 'advised']).toContain(plans.state);
      expect(mode).toBe('suggest');
    }
  });

  it('R25: the kill switch stops what is planned, claimed, and about to be called', async () => {
    const scene = await setUp({ config: lowTiersAutomatic });
    const stops = [
      { scope: 'all' as const },
      { scope: 'action' as const, subject: 'rerun' },
      { scope: 'entity' as const, subject: 'component:default/shop' },
    ];
    for (const stop of stops) {
      for (const place of ['', 'claimed', 'observed', 'intentRecorded']) {
        const { ask, effects, finish, parts, worker } = await scene.forget();
        // Another replica sets it.
        const { control } = scene.parts().api;
        const set = () =>
          control.stop({ ...stop, reason: 'incident' }, 'user:default/op');
        const remediationId = await ask();
        if (!place) {
          await set();
        }
        const done = await finish(
          remediationId,
          worker(async name => {
            if (name === `remediation.${place}`) {
              await set();
            }
          }),
        );
        expect([place, done.state]).toEqual([
          place,
          place ? 'cancelled' : 'denied',
        ]);
        expect(done.reason).toMatch(/kill switch/i);
        expect(effects.calls).toBe(0);
        await expect(ask()).rejects.toThrow('incident (user:default/op)');
        await control.lift((await control.stops())[0].id, 'user:default/op');
        expect(await finish(await ask())).toMatchObject({ state: 'succeeded' });
        expect(
          (await parts.api.decisions.list({ result: 'changed' })).items,
        ).toHaveLength(2);
      }
    }
  });

  it('R25: what stood still since the switch was read makes no call', async () => {
    const scene = await setUp();
    const { ask, clock, effects, finish, worker } = scene.world();
    let pauses = 0;
    const done = await finish(
      await ask(),
      worker(name => {
        if (name === 'remediation.calling' && pauses++ === 0) {
          clock.time += 1_001;
        }
      }),
    );
    expect(done.state).toBe('succeeded');
    expect(effects.calls).toBe(1);
    expect(done.events.map(({ message }) => message)).toContain(
      'Too much time went by before the call, so it was not made',
    );
  });

  it('R22, R23: budgets hold on all replicas, also when many claim at once', async () => {
    const runs = 14;
    const scene = await setUp({ runs });
    const { effects, finish, ask } = scene.world();
    const replicas = [scene.parts(), scene.parts(), scene.parts()];
    const ids = [];
    for (let number = 1; number <= runs; number++) {
      ids.push(await ask({ runId: scene.runId(number) }));
    }
    const ended = await Promise.all(
      ids.map((remediationId, index) =>
        finish(
          remediationId,
          replicas[index % 3].createWorker({
            owner: String(index % 3),
            monotonic: () => 0,
          }),
        ),
      ),
    );
    const denied = ended.filter(({ state }) => state === 'denied');
    // All failed for one cause.
    expect(effects.ledger).toHaveLength(5);
    expect(denied).toHaveLength(runs - 5);
    expect(denied[0].reason).toBe(
      '5 actions against this cause within a day are enough to know: it is systemic, and trying again is paused',
    );
    // Whichever of them came too late.
    await expect(ask({ runId: denied[0].runId })).rejects.toThrow('systemic');
  });

  it('R23: 10 in a repository within an hour, fewer where it is configured, and again after the hour', async () => {
    const scene = await setUp({
      runs: 6,
      config: { limits: { perRepositoryHour: 3 } },
    });
    const { ask, clock, effects, finish } = scene.world();
    for (let number = 1; number <= 3; number++) {
      await finish(await ask({ runId: scene.runId(number) }));
    }
    await expect(ask({ runId: scene.runId(4) })).rejects.toThrow(
      '3 actions were begun in this repository within an hour',
    );
    clock.time += 3_600_000;
    await finish(await ask({ runId: scene.runId(4) }));
    expect(effects.ledger).toHaveLength(4);
  });

  it.each([['CodeQL'], ['license_check'], ['npm audit'], ['Secret scanning']])(
    'never runs the security check %s until it is green',
    async name => {
      const scene = await setUp({
        jobs: { [name]: 'failure', build: 'success' },
      });
      const { ask, effects, plan } = scene.world();
      await expect(ask()).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: `Security checks are never run again until they are green: ${name}`,
      });
      expect(
        (await plan()).map(({ action, state }) => [action, state]),
      ).toEqual(
        expect.arrayContaining([
          ['rerun', 'denied'],
          ['advise', 'advised'],
        ]),
      );
      expect(effects.calls).toBe(0);
    },
  );

  it('R27: who approves must have seen this plan, in time, and still be an owner when it is done', async () => {
    const scene = await setUp();
    const open = async () => {
      const world = await scene.forget();
      const [plan] = await world.plan();
      const { approvals } = world.parts.api;
      return { ...world, plan, approvals };
    };
    const first = await open();
    const said = { planId: first.plan.id, hash: first.plan.hash, person: ada };
    await expect(
      first.approvals.approve({ ...said, hash: 'another' }),
    ).rejects.toThrow('The plan is another one than you saw');
    // Double clicks count once.
    const clicks = await Promise.all(
      Array.from({ length: 20 }, () => first.approvals.approve(said)),
    );
    expect(new Set(clicks.map(({ state }) => state))).toEqual(
      new Set(['approved']),
    );
    expect(
      await first.finish(first.plan.id && clicks[0].remediationId),
    ).toMatchObject({
      state: 'succeeded',
      requestedBy: ada,
    });
    expect(first.effects.ledger).toHaveLength(1);
    expect(await scene.database.knex('remediation_approvals')).toHaveLength(1);

    const late = await open();
    late.clock.time += 24 * 3_600_000;
    await expect(
      late.approvals.approve({
        ...said,
        planId: late.plan.id,
        hash: late.plan.hash,
      }),
    ).rejects.toThrow('The plan has expired');

    const stale = await open();
    stale.effects.branchHead = 'beef';
    await expect(
      stale.approvals.approve({
        ...said,
        planId: stale.plan.id,
        hash: stale.plan.hash,
      }),
    ).rejects.toThrow('The branch has a newer commit');
    expect(stale.effects.calls).toBe(0);

    const lost = await open();
    const agreed = await lost.approvals.approve({
      ...{ ...said, planId: lost.plan.id, hash: lost.plan.hash },
    });
    scene.entities[0] = entityOf('3', 'group:default/others');
    expect(await lost.finish(agreed.remediationId)).toMatchObject({
      state: 'denied',
      reason: expect.stringContaining('user:default/ada is no owner any more'),
    });
    expect(lost.effects.calls).toBe(0);
    scene.entities[0] = entityOf('3');

    const rejected = await open();
    await rejected.approvals.reject({
      ...{ ...said, planId: rejected.plan.id, hash: rejected.plan.hash },
    });
    await expect(
      rejected.approvals.approve({
        ...{ planId: rejected.plan.id, hash: rejected.plan.hash },
        person: 'user:default/bo',
      }),
    ).rejects.toThrow('The plan is rejected: Rejected by user:default/ada');
    // What was rejected is not proposed again.
    expect(await rejected.plan).toBeDefined();
    expect((await scene.world().plan()).map(({ state }) => state)).toEqual([
      'rejected',
    ]);
  });

  it('R28: without a policy that can be asked nothing is allowed', async () => {
    const scene = await setUp();
    for (const file of ['/nowhere/policy.wasm', __filename]) {
      const { ask, effects, plan, parts } = await scene.forget({
        policy: { file },
      });
      await expect(ask()).rejects.toThrow(
        'There is no policy that can be asked',
      );
      expect((await plan()).every(({ state }) => state === 'denied')).toBe(
        true,
      );
      expect(effects.calls).toBe(0);
      expect((await parts.api.overviews.read()).policy.problem).toBeDefined();
    }
    const unknown = await scene.forget({});
    scene.entities.splice(0);
    await expect(unknown.ask()).rejects.toThrow(
      'The catalog does not have component:default/shop',
    );
  });

  it('what operators set counts at once, and more than what is configured', async () => {
    const scene = await setUp({ config: lowTiersAutomatic });
    const { control, overviews } = scene.parts().api;
    const { plan } = scene.world();
    await control.setMode({ action: 'rerun', mode: 'off' }, 'user:default/op');
    const rerun = async () =>
      (await plan()).filter(({ action }) => action === 'rerun');
    expect((await rerun())[0]).toMatchObject({
      state: 'denied',
      reason: 'The mode is off, set by user:default/op for the action rerun',
    });
    await control.setMode({ action: 'rerun' }, 'user:default/op');
    expect((await overviews.read()).modes).toEqual([
      {
        action: 'rerun',
        tier: '3',
        mode: 'automatic',
        source: 'configuration',
      },
    ]);
    expect((await rerun()).map(({ state }) => state).sort()).toEqual([
      'approved',
      'denied',
    ]);
  });
});
