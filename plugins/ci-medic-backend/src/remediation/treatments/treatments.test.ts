import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { Diagnosis } from '@ci-medic/plugin-ci-medic-common';
import { CallFault, MemoryEffects } from '../__testUtils__/MemoryEffects';
import { ada, RemediationScene } from '../__testUtils__/RemediationScene';

jest.setTimeout(180_000);

const bo = 'user:default/bo';
const faults: CallFault[][] = [
  [],
  ['drop'],
  ['fail'],
  ['late'],
  ['fail', 'late'],
];

/** A treatment, when it fits, and what must have happened at the end: neither less nor more. */
type Example = {
  action: string;
  diagnosis: Partial<Diagnosis>;
  run?: object;
  prepare(
    effects: MemoryEffects,
    scene: RemediationScene,
  ): void | Promise<void>;
  acts: RegExp[];
  /** Who agrees. */
  approvers: string[];
  reason: RegExp;
  /** Changes of the world that make the plan stale. */
  stale: [string, (effects: MemoryEffects) => void][];
};

const deploy = {
  pipeline: { id: '8', name: 'Deploy', path: '.github/workflows/deploy.yml' },
};

const examples: Example[] = [
  {
    action: 'fresh-runner',
    diagnosis: {
      category: 'infrastructure',
      subCategory: 'infrastructure.disk_full',
    },
    prepare: effects => {
      effects.machines.push({
        ...{ runnerId: 'm1', name: 'runner-1', labels: ['farm', 'big'] },
        isBusy: true,
      });
    },
    acts: [/^labels m1:$/, /^rerun 1$/],
    approvers: [ada],
    reason:
      /^Attempt 2 passed on runner-2\. None of 0 later jobs on runner-2 failed alike$/,
    stale: [
      ['the labels', effects => effects.machines[0].labels.pop()],
      ['is gone', effects => effects.machines.pop()],
      ['Attempt 2', effects => effects.rerun('1')],
    ],
  },
  {
    action: 'rebuild',
    diagnosis: { category: 'dependency', subCategory: 'dependency.integrity' },
    prepare: effects => {
      for (const cacheId of ['c1', 'c2']) {
        effects.stored.push({
          ...{ cacheId, key: `npm-${cacheId}`, ref: 'main', bytes: 5e6 },
        });
      }
    },
    acts: [/^delete-cache c1$/, /^delete-cache c2$/, /^rerun 1$/],
    approvers: [ada],
    reason: /^Attempt 2 passed$/,
    stale: [
      [
        'newer commit',
        effects => {
          effects.branchHead = 'beef';
        },
      ],
    ],
  },
  {
    action: 'rollback',
    diagnosis: { category: 'code', subCategory: 'code.deployment' },
    run: deploy,
    prepare: effects => {
      const of = (id: number, sha: string, state: 'failure' | 'inactive') => ({
        ...{ deploymentId: `d${id}`, environment: 'production', sha, state },
        ...{ artifact: `shop:${id}`, createdAt: '2026-11-24T09:00:00Z' },
      });
      effects.deployed.push(
        of(3, 'c0ffee1', 'failure'),
        of(2, 'beef', 'failure'),
        of(1, 'cafe', 'inactive'),
      );
    },
    acts: [/^dispatch ci-medic-[0-9a-f]{24} shop:1$/],
    approvers: [ada, bo],
    reason:
      /^production runs shop:1 again\. None of 0 series with newer figures became unusual$/,
    stale: [
      [
        'in progress',
        effects => {
          // Its first stage: nothing of it is in the list of deployments yet.
          effects.started.unshift({
            ...{ runId: 'theirs', title: 'Deploy', attempt: 1, branch: 'main' },
            ...{ headSha: 'newer', status: 'in_progress' },
            startedAt: Infinity,
          });
        },
      ],
      [
        'newer deployment',
        effects =>
          effects.deployed.unshift({
            ...{ ...effects.deployed[0], deploymentId: 'd4' },
          }),
      ],
      [
        'in progress',
        effects => {
          effects.deployed.unshift({
            ...{ ...effects.deployed[0], deploymentId: 'd4' },
            ...{ state: 'in_progress', createdAt: '2027-01-01T00:00:00Z' },
          });
        },
      ],
    ],
  },
  {
    action: 'canary',
    diagnosis: { category: 'code', subCategory: 'code.compile' },
    prepare: async (effects, scene) => {
      effects.parents.set('badc0de', 'cafe');
      effects.endings.set('badc0de', 'failure');
      await scene.blame('badc0de');
    },
    acts: [
      /^create-branch ci-medic\/canary\/[0-9a-f]{12}-suspect$/,
      /^create-branch ci-medic\/canary\/[0-9a-f]{12}-parent$/,
      ...[1, 2, 3, 4, 5].flatMap(number => [
        new RegExp(`^dispatch ci-medic-[0-9a-f]{24}-suspect-${number}$`),
        new RegExp(`^dispatch ci-medic-[0-9a-f]{24}-parent-${number}$`),
      ]),
      /^delete-branch ci-medic\/canary\/[0-9a-f]{12}-suspect$/,
      /^delete-branch ci-medic\/canary\/[0-9a-f]{12}-parent$/,
    ],
    approvers: [ada],
    reason:
      /^Confirmed: the suspect badc0de failed in 5 of 5 runs, its parent in 0 of 5/,
    stale: [],
  },
];

describe.each(TestDatabases.create().eachSupportedId())(
  'treatments on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });
    const entities = (): Entity[] => [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'shop',
          namespace: 'default',
          annotations: { 'memory.example/project': 'acme/shop' },
        },
        spec: { type: 'service', lifecycle: 'production' },
      },
    ];

    describe.each(examples.map(example => [example.action, example] as const))(
      '%s',
      (action, example) => {
        async function create() {
          const scene = await RemediationScene.create(
            await databases.init(id as any),
            { entities: entities(), run: example.run },
          );
          await scene.diagnose(example.diagnosis);
          return scene;
        }

        async function open(scene: RemediationScene) {
          const world = await scene.forget();
          await example.prepare(world.effects, scene);
          const plans = await world.plan();
          const plan = plans.find(each => each.action === action)!;
          const { approvals } = world.parts.api;
          const approve = async () => {
            let last;
            for (const person of example.approvers) {
              last = await approvals.approve({
                ...{ planId: plan.id, hash: plan.hash, person },
              });
            }
            expect(last!.state).toBe('approved');
            return last!.remediationId;
          };
          return { ...world, plan, approve };
        }
        const told = (effects: MemoryEffects) =>
          effects.acts.map(({ does, to }) => `${does} ${to}`);
        const expectOnce = (effects: MemoryEffects) => {
          expect(told(effects)).toHaveLength(example.acts.length);
          example.acts.forEach((act, index) =>
            expect(told(effects)[index]).toMatch(act),
          );
        };

        it('says in plain words what it would do, and does that once', async () => {
          const { approve, effects, finish, plan } = await open(await create());
          expect(plan).toMatchObject({ state: 'proposed', mode: 'suggest' });
          expect(plan.approvalsNeeded).toBe(example.approvers.length);
          for (const words of Object.values(plan.words)) {
            expect(words).toMatch(/\S/);
          }
          expect(plan.stages).toHaveLength(example.acts.length);
          expect(effects.calls).toBe(0);
          const done = await finish(await approve());
          expect([done.state, done.reason]).toEqual([
            'succeeded',
            expect.stringMatching(example.reason),
          ]);
          expectOnce(effects);
        });

        it('R14: a lost answer is not a failure, whichever step it is of', async () => {
          const scene = await create();
          const steps = [...new Set([0, 1, example.acts.length - 1])].filter(
            step => step < example.acts.length,
          );
          for (const step of steps) {
            for (const lost of faults) {
              const { approve, clock, effects, finish } = await open(scene);
              const good = Array.from({ length: step }, () => undefined as any);
              effects.faults.push(...good, ...lost);
              const done = await finish(await approve());
              clock.time += 120_000;
              effects.settle();
              expect([step, lost, done.state]).toEqual([
                step,
                lost,
                'succeeded',
              ]);
              expectOnce(effects);
            }
          }
        });

        it('R16: a crash anywhere ends well', async () => {
          const scene = await create();
          const places = [
            ...['claimed', 'observed', 'intentRecorded', 'calling', 'called'],
            'verifying',
          ];
          for (const place of places) {
            for (const nth of [1, Math.min(2, example.acts.length)]) {
              const { approve, effects, finish, step, worker } = await open(
                scene,
              );
              const remediationId = await approve();
              let passed = 0;
              let isDead = false;
              const dying = worker(name => {
                if (name === `remediation.${place}` && ++passed === nth) {
                  isDead = true;
                  return new Promise<void>(() => {});
                }
                return undefined;
              }, 'dying');
              const first = step(dying, remediationId).catch(error => error);
              for (let turn = 0; turn < 500 && !isDead; turn++) {
                const ended = await Promise.race([
                  first.then(() => true),
                  new Promise(resolve => setImmediate(resolve)),
                ]);
                if (ended) {
                  break;
                }
              }
              const done = await finish(
                remediationId,
                worker(undefined, 'next'),
              );
              expect([place, nth, done.state]).toEqual([
                place,
                nth,
                'succeeded',
              ]);
              expectOnce(effects);
            }
          }
        });

        if (example.stale.length > 0) {
          it.each(example.stale)('R19: not when %s', async (reason, change) => {
            const { approve, effects, finish } = await open(await create());
            const remediationId = await approve();
            change(effects);
            const before = effects.acts.length;
            const done = await finish(remediationId);
            expect([done.state, done.reason]).toEqual([
              'superseded',
              expect.stringContaining(reason),
            ]);
            expect(effects.acts).toHaveLength(before);
          });
        }

        it('R25: the kill switch stops it between its steps, and says what was done', async () => {
          const { approve, effects, finish, parts, worker } = await open(
            await create(),
          );
          const remediationId = await approve();
          let passed = 0;
          const done = await finish(
            remediationId,
            worker(async name => {
              if (name === 'remediation.called' && ++passed === 1) {
                await parts.api.control.stop(
                  { scope: 'action', subject: action, reason: 'wait' },
                  'user:default/op',
                );
              }
            }),
          );
          expect(effects.acts).toHaveLength(1);
          const isHalf = example.acts.length > 1;
          expect([done.state, done.reason]).toEqual([
            isHalf ? 'denied' : 'succeeded',
            expect.stringContaining(
              isHalf ? `Already done: ${done.stages[0]}` : '',
            ),
          ]);
        });
      },
    );

    it('gives a runner its labels back, once, and only what was taken', async () => {
      const [example] = examples;
      const scene = await RemediationScene.create(
        await databases.init(id as any),
        { entities: entities() },
      );
      await scene.diagnose(example.diagnosis);
      const { ask, effects, finish, reader, requests } = scene.world();
      await example.prepare(effects, scene);
      const done = await finish(await ask({ action: 'fresh-runner' }));
      expect(done.undo?.action).toBe('return-runner');
      const undo = () => requests.undo(done.id, { requestedBy: ada });
      const [first, second] = [await undo(), await undo()];
      expect(second.id).toBe(first.id);
      expect(await finish(first.id)).toMatchObject({
        state: 'succeeded',
        reason: 'runner-1 has its labels',
      });
      expect(effects.machines[0].labels).toEqual(['farm', 'big']);
      expect(effects.acts).toHaveLength(3);
      await expect(ask({ action: 'return-runner' })).resolves.toBe(first.id);
      expect((await reader.get(first.id)).undo).toBeUndefined();
    });

    it('two people agree to a rollback in production, and never the author alone', async () => {
      const example = examples.find(({ action }) => action === 'rollback')!;
      const scene = await RemediationScene.create(
        await databases.init(id as any),
        { entities: entities(), run: deploy },
      );
      await scene.diagnose(example.diagnosis);
      const { effects, finish, parts, requests, wanted } = scene.world();
      await example.prepare(effects, scene);
      const asked = await requests.request({
        ...{ ...wanted, action: 'rollback', requestedBy: ada },
      });
      expect(asked).toMatchObject({ waits: true });
      const plan = await parts.api.plans.get(asked.planId!);
      expect(plan).toMatchObject({
        ...{ state: 'proposed', author: ada, approvalsNeeded: 2 },
        reason:
          'One owner has to agree. user:default/ada asked for it, and somebody else has to agree',
      });
      const said = { planId: plan.id, hash: plan.hash };
      const { approvals } = parts.api;
      const alone = await Promise.all(
        Array.from({ length: 10 }, () =>
          approvals.approve({ ...said, person: ada }),
        ),
      );
      expect(new Set(alone.map(({ state }) => state))).toEqual(
        new Set(['proposed']),
      );
      expect(await scene.database.knex('remediations')).toEqual([]);
      const { remediationId } = await approvals.approve({
        ...said,
        person: bo,
      });
      expect(await finish(remediationId)).toMatchObject({ state: 'succeeded' });
      expect(effects.acts).toHaveLength(1);
    });

    it('compares a commit with its parent once a day, whichever run it failed in', async () => {
      const example = examples.find(({ action }) => action === 'canary')!;
      const scene = await RemediationScene.create(
        await databases.init(id as any),
        { entities: entities(), runs: 2 },
      );
      await scene.diagnose(example.diagnosis);
      const { ask, clock, effects, finish, plan, reader, wanted } =
        scene.world();
      await example.prepare(effects, scene);
      const other = { action: 'canary', runId: scene.runId(2) };
      const [first, second] = [
        await ask({ ...wanted, action: 'canary' }),
        await ask(other),
      ];
      expect(await finish(first)).toMatchObject({ state: 'succeeded' });
      const begun = /A canary of badc0de was begun today already: Confirmed/;
      expect(await finish(second)).toMatchObject({
        ...{ state: 'superseded', reason: expect.stringMatching(begun) },
        stagesDone: 0,
      });
      expect(effects.acts).toHaveLength(example.acts.length);
      await expect(ask(other)).rejects.toThrow(begun);
      const plans = await plan();
      expect(plans.find(({ author }) => author === 'ci-medic')?.action).toBe(
        'advise',
      );
      clock.time += 25 * 3_600_000;
      await expect(ask(other)).resolves.toBe(second);
      expect((await reader.get(second)).state).toBe('approved');
    });

    it('watches what comes of a fresh runner: a later job that fails alike clears the old one', async () => {
      const example = examples.find(({ action }) => action === 'fresh-runner')!;
      const scene = await RemediationScene.create(
        await databases.init(id as any),
        { entities: entities(), runs: 2 },
      );
      await scene.diagnose(example.diagnosis);
      const { ask, clock, effects, finish, reader, step, worker } =
        scene.world();
      await example.prepare(effects, scene);
      const handler = worker();
      const remediationId = await ask({ action: 'fresh-runner' });
      let { reason } = await reader.get(remediationId);
      for (let turn = 0; turn < 20 && !reason.includes('watched'); turn++) {
        await step(handler, remediationId).catch(() => {});
        clock.time += 10_000;
        ({ reason } = await reader.get(remediationId));
      }
      expect(reason).toBe(
        'Attempt 2 passed on runner-2. What comes of it is watched for 30 minutes',
      );
      const { knex } = scene.database;
      const later = (change: object) =>
        knex('jobs')
          .where({ run_id: scene.runId(2) })
          .update({ runner_name: 'runner-2', ...change });
      await later({ completed_at: clock.time + 1 });
      // Nothing of it counts that was before.
      await knex('jobs')
        .where({ run_id: scene.runId(1) })
        .update({ runner_name: 'runner-2', completed_at: clock.time - 3e6 });
      expect(await finish(remediationId)).toMatchObject({
        state: 'failed',
        reason:
          'Attempt 2 passed on runner-2, but then: 1 of 1 later job on runner-2 failed alike, so the runner was not to blame',
      });
    });

    it('watches what comes of a rollback: a series that becomes unusual tells that it did not help', async () => {
      const example = examples.find(({ action }) => action === 'rollback')!;
      const scene = await RemediationScene.create(
        await databases.init(id as any),
        { entities: entities(), run: deploy },
      );
      await scene.diagnose(example.diagnosis);
      const { knex } = scene.database;
      const { clock, effects, finish, parts, requests, wanted } = scene.world();
      await example.prepare(effects, scene);
      const asked = await requests.request({
        ...{ ...wanted, action: 'rollback', requestedBy: ada },
      });
      const { hash } = await parts.api.plans.get(asked.planId!);
      const { remediationId } = await parts.api.approvals.approve({
        ...{ planId: asked.planId!, hash, person: bo },
      });
      const series = (of: string, entityRef: string) => ({
        ...{ id: of, kind: 'source', name: 'errors', entity_ref: entityRef },
        ...{ first_at: 0, last_at: clock.time + 3_600_000 },
      });
      const unusual = (of: string, beganAt: number) => ({
        ...{ id: `${of}-${beganAt}`, subject_id: of, metric: 'value' },
        ...{ finding_id: 'f', kind: 'shift', stage: 'note' },
        // What rose before goes back in between.
        direction: beganAt === clock.time + 60_000 ? 'down' : 'up',
        ...{ at: beganAt, began_at: beganAt, body: '{}', seen_at: beganAt },
        sentence: `Errors of ${of} rose`,
      });
      await knex('series_subjects').insert([
        series('shop', 'component:default/shop'),
        series('other', 'component:default/other'),
      ]);
      await knex('anomalies').insert([
        unusual('shop', clock.time - 60_000),
        unusual('shop', clock.time + 60_000),
        unusual('shop', clock.time + 1_200_000),
        unusual('other', clock.time + 1_000),
      ]);
      expect(await finish(remediationId)).toMatchObject({
        state: 'failed',
        reason: 'production runs shop:1 again, but then: Errors of shop rose',
      });
    });

    it('goes on with what its strategy says when it did not help', async () => {
      const scene = await RemediationScene.create(
        await databases.init(id as any),
        { entities: entities() },
      );
      await scene.diagnose({
        category: 'flaky_test',
        subCategory: 'flaky_test.timing',
      });
      const { effects, finish, parts, plan } = scene.world();
      effects.conclusion = 'failure';
      const [proposed] = await plan();
      const { remediationId } = await parts.api.approvals.approve({
        ...{ planId: proposed.id, hash: proposed.hash, person: ada },
      });
      expect(await finish(remediationId)).toMatchObject({ state: 'failed' });
      const advice = (await plan()).find(({ action }) => action === 'advise')!;
      expect(advice.state).toBe('advised');
      expect(advice.stages[0]).toBe(
        'Read what the log says: error: connection reset',
      );
      expect(advice.stages.length).toBeGreaterThan(2);
      const { outcomes } = await parts.api.overviews.read();
      expect(outcomes).toMatchObject([
        { action: 'rerun', category: 'flaky_test', n: 1, succeeded: 0, low: 0 },
      ]);
    });
  },
);
