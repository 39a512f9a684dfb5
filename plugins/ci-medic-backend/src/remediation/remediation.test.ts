import { TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import fc from 'fast-check';
import { CallFault, MemoryEffects } from './__testUtils__/MemoryEffects';
import { RemediationScene } from './__testUtils__/RemediationScene';
import { defaultTimings } from './RemediationConfig';

jest.setTimeout(120_000);

const places = [
  'remediation.claimed',
  'remediation.observed',
  'remediation.intentRecorded',
  'remediation.calling',
  'remediation.called',
  'remediation.unanswered',
  'remediation.reconciled',
  'remediation.verifying',
];
const faults: (CallFault | undefined)[] = [undefined, 'drop', 'fail', 'late'];

describe.each(TestDatabases.create().eachSupportedId())(
  'remediations on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });
    let scene: RemediationScene;

    async function setUp(change: object = {}) {
      scene = await RemediationScene.create(await databases.init(id as any), {
        run: change,
      });
      return scene.world();
    }

    /** Forgets what was done and begins again with the same failed run. */
    const forget = () => scene.forget();

    it('runs the failed jobs again once, however often it is asked, and says how it went', async () => {
      const { ask, effects, finish, requests, wanted } = await setUp();
      const first = await ask();
      const again = await Promise.all(Array.from({ length: 5 }, ask));
      expect(new Set([first, ...again]).size).toBe(1);
      const done = await finish(first);
      expect(done).toMatchObject({
        state: 'succeeded',
        reason: 'Attempt 2 passed',
        requestedBy: 'user:default/ada',
        newAttempt: 2,
      });
      expect(done.events.map(({ state }) => state)).toEqual([
        'approved',
        'claimed',
        'intent_recorded',
        'calling',
        'verifying',
        'succeeded',
      ]);
      expect(effects.ledger).toEqual([{ runId: '1', fromAttempt: 1 }]);
      // What is over is not begun again.
      expect(
        await requests.request({ ...wanted, requestedBy: 'user:default/bo' }),
      ).toMatchObject({ id: first, isNew: false });
      await finish(first);
      expect(effects.calls).toBe(1);
    });

    it('is asked for by several at the same moment, and happens once', async () => {
      const { ask, effects, finish, requests, wanted } = await setUp();
      const answers = await Promise.allSettled([
        ...Array.from({ length: 3 }, ask),
        ...['bo', 'cy'].map(async name => {
          const requestedBy = `user:default/${name}`;
          return (await requests.request({ ...wanted, requestedBy })).id;
        }),
      ]);
      const granted = answers.flatMap(answer =>
        answer.status === 'fulfilled' ? answer.value : [],
      );
      // Whoever was a moment too late is told so, and not that something broke.
      const refused = answers.flatMap(answer =>
        answer.status === 'rejected' ? answer.reason : [],
      );
      expect(
        refused.filter(reason => !(reason instanceof ConflictError)),
      ).toEqual([]);
      expect(new Set(granted).size).toBe(1);
      expect(await finish(granted[0])).toMatchObject({ state: 'succeeded' });
      expect(effects.ledger).toHaveLength(1);
    });

    it('is done although its log has moved the run to another incident meanwhile', async () => {
      const { ask, effects, finish } = await setUp();
      const asked = await ask();
      const { knex } = scene.database;
      const [{ incident_id: before }] = await knex('incident_occurrences');
      const [incident] = await knex('incidents').where({ id: before });
      const moved = { ...incident, id: 'moved', fingerprint: 'moved' };
      await knex('incidents').insert(moved);
      await knex('incident_occurrences').update({ incident_id: 'moved' });
      expect(await finish(asked)).toMatchObject({ state: 'succeeded' });
      expect(effects.ledger).toHaveLength(1);
    });

    it('says that the new attempt failed, too', async () => {
      const { ask, effects, finish } = await setUp();
      effects.conclusion = 'failure';
      expect(await finish(await ask())).toMatchObject({
        state: 'failed',
        reason: 'Attempt 2 ended with failure',
      });
    });

    it('R14: a lost answer is not a failure, and nothing happens twice', async () => {
      await setUp();
      for (const lost of [
        ['drop'],
        ['fail'],
        ['late'],
        ['fail', 'late'],
        ['fail', 'fail', 'drop'],
        ['limit', 'drop'],
      ] as CallFault[][]) {
        const { ask, clock, effects, finish } = await forget();
        effects.faults.push(...lost);
        const done = await finish(await ask());
        clock.time += 60_000;
        effects.settle();
        expect([lost, done.state, effects.ledger.length]).toEqual([
          lost,
          'succeeded',
          1,
        ]);
      }
      const { ask, effects, finish } = await forget();
      effects.faults.push('fail', 'fail', 'fail');
      expect(await finish(await ask())).toMatchObject({
        state: 'needs_human',
        reason: 'It did not happen in 3 tries',
      });
      expect(effects.ledger).toEqual([]);
    });

    it('R14: a refusal ends it, unless it happened before', async () => {
      const { ask, effects, finish } = await setUp();
      effects.faults.push('refuse');
      expect(await finish(await ask())).toMatchObject({
        state: 'failed',
        reason: 'The CI system refused: Must have admin rights',
      });
      expect(effects.calls).toBe(1);
    });

    it('takes no credit for what a person did in the same moment', async () => {
      const { ask, effects, finish, worker } = await setUp();
      effects.faults.push('refuse');
      const done = await finish(
        await ask(),
        worker(name => {
          if (name === 'remediation.calling') {
            effects.rerun('1');
          }
        }),
      );
      expect(done).toMatchObject({
        state: 'superseded',
        reason: 'Somebody else ran it again: attempt 2',
      });
      expect(effects.ledger).toHaveLength(1);
    });

    it('R15: a worker that was frozen longer than its lease does not act', async () => {
      await setUp();
      for (const place of places.slice(0, 4)) {
        const { ask, clock, effects, finish, reader, step, worker } =
          await forget();
        const remediationId = await ask();
        let thaw = () => {};
        const frozen = new Promise<void>(resolve => {
          thaw = resolve;
        });
        let reached = () => {};
        const there = new Promise<void>(resolve => {
          reached = resolve;
        });
        const zombie = step(
          worker(async name => {
            if (name === place) {
              reached();
              await frozen;
            }
          }, 'zombie'),
          remediationId,
        ).catch(() => {});
        await there;
        clock.time += 120_000;
        const done = await finish(remediationId, worker(undefined, 'other'));
        thaw();
        await zombie;
        const after = await reader.get(remediationId);
        expect(after).toEqual(done);
        expect([place, done.state, effects.calls]).toEqual([
          place,
          'succeeded',
          1,
        ]);
      }
    });

    it('R15: a worker that was held up within its lease makes no call, and tries again', async () => {
      const { ask, clock, effects, finish, worker } = await setUp();
      let pauses = 0;
      const slow = worker(name => {
        if (name === 'remediation.calling' && pauses++ === 0) {
          clock.time += defaultTimings.slackMs + 1;
        }
      });
      const done = await finish(await ask(), slow);
      expect(done.state).toBe('succeeded');
      expect(effects.calls).toBe(1);
      expect(done.events.map(({ message }) => message)).toContain(
        'Too much time went by before the call, so it was not made',
      );
    });

    it.each(places)(
      'R16: a crash at %s ends well, whatever became of the call',
      async place => {
        await setUp();
        for (const fault of faults) {
          const { ask, effects, finish, step, worker } = await forget();
          if (fault) {
            effects.faults.push(fault);
          }
          const remediationId = await ask();
          let isDead = false;
          const dying = worker(name => {
            if (name === place) {
              isDead = true;
              // Nothing that comes after is reached: the process is gone.
              return new Promise<void>(() => {});
            }
            return undefined;
          }, 'dying');
          const first = step(dying, remediationId).catch(error => error);
          for (let turn = 0; turn < 50 && !isDead; turn++) {
            const outcome = await Promise.race([
              first,
              new Promise(resolve => setImmediate(resolve)),
            ]);
            if (outcome !== undefined) {
              break;
            }
          }
          const done = await finish(remediationId, worker(undefined, 'next'));
          expect([place, fault, done.state, effects.ledger.length]).toEqual([
            place,
            fault,
            'succeeded',
            1,
          ]);
        }
      },
    );

    it('R19: a plan that the world has left behind is not carried out', async () => {
      await setUp();
      const changes: [string, (effects: MemoryEffects) => void][] = [
        ['Attempt 2 was started meanwhile', effects => effects.rerun('1')],
        [
          'The branch has a newer commit than when this was planned',
          effects => {
            effects.branchHead = 'beef';
          },
        ],
      ];
      const askedAgain: object[] = [];
      for (const [reason, change] of changes) {
        const { ask, effects, finish, requests, wanted } = await forget();
        const remediationId = await ask();
        change(effects);
        const before = effects.ledger.length;
        expect(await finish(remediationId)).toMatchObject({
          state: 'superseded',
          reason,
        });
        expect([effects.calls, effects.ledger.length]).toEqual([0, before]);
        if (before === 0) {
          // Asking again plans by the world as it is now.
          await requests.request({ ...wanted, requestedBy: 'user:default/bo' });
          askedAgain.push(await finish(remediationId));
        }
      }
      expect(askedAgain).toEqual([
        expect.objectContaining({
          state: 'succeeded',
          requestedBy: 'user:default/bo',
        }),
      ]);
    });

    it('is stopped by a person as long as nothing was done, and expires', async () => {
      await setUp();
      for (const place of ['', ...places.slice(0, 3)]) {
        const { ask, effects, finish, requests, worker } = await forget();
        const remediationId = await ask();
        if (place === '') {
          await requests.cancel(remediationId, 'user:default/bo');
        }
        const done = await finish(
          remediationId,
          worker(async name => {
            if (name === place) {
              await requests.cancel(remediationId, 'user:default/bo');
            }
          }),
        );
        expect(done).toMatchObject({
          state: 'cancelled',
          reason: 'Stopped by user:default/bo',
        });
        expect(effects.calls).toBe(0);
      }
      const { ask, clock, effects, finish, requests } = await forget();
      const late = await ask();
      clock.time += defaultTimings.expiryMs;
      expect((await finish(late)).state).toBe('expired');
      const { ask: askAgain, finish: finishAgain } = await forget();
      const done = await finishAgain(await askAgain());
      await expect(requests.cancel(done.id, 'user:default/bo')).rejects.toThrow(
        'It cannot be stopped any more: it is succeeded',
      );
      expect(effects.calls).toBe(0);
    });

    it.each([
      [{ isFork: true }, 'Runs of forks are never run again'],
      [
        { event: 'pull_request_target' },
        'Runs of pull_request_target are never',
      ],
      [{ event: 'workflow_run' }, 'Runs of workflow_run are never'],
      [{ createdAt: '2026-09-01T00:00:00Z' }, 'older than 30 days'],
    ])('refuses %j with its reason', async (change, reason) => {
      const { ask, effects } = await setUp(change);
      await expect(ask()).rejects.toThrow(reason);
      expect(effects.calls).toBe(0);
      expect(await scene.database.knex('remediations')).toEqual([]);
    });

    it('refuses what the CI system has left behind although nobody told of it yet', async () => {
      const { ask, effects } = await setUp();
      effects.rerun('1');
      await expect(ask()).rejects.toThrow(
        new ConflictError('There is a newer attempt, 2'),
      );
    });

    it('happens at most once, however workers stop, freeze and overtake each other', async () => {
      await setUp();
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.constantFrom<CallFault>('drop', 'fail', 'late', 'limit'),
            {
              maxLength: 3,
            },
          ),
          fc.array(
            fc.record({
              place: fc.constantFrom(...places),
              sleep: fc.integer({ min: 0, max: 60_000 }),
              wakes: fc.boolean(),
            }),
            { maxLength: 4 },
          ),
          async (lost, workers) => {
            const { ask, clock, effects, finish, step, worker } =
              await forget();
            effects.faults.push(...lost);
            const remediationId = await ask();
            const sleepers: (() => void)[] = [];
            const running: Promise<unknown>[] = [];
            for (const { place, sleep, wakes } of workers) {
              let settled = false;
              const run = step(
                worker(name => {
                  if (name !== place) {
                    return undefined;
                  }
                  settled = true;
                  return new Promise<void>(resolve => {
                    if (wakes) {
                      sleepers.push(resolve);
                    }
                  });
                }),
                remediationId,
              ).catch(() => {});
              const ended = run.then(() => {
                settled = true;
              });
              running.push(...(wakes ? [ended] : []));
              while (!settled) {
                await new Promise(resolve => setImmediate(resolve));
              }
              clock.time += sleep;
            }
            const done = await finish(remediationId);
            sleepers.forEach(wake => wake());
            await Promise.all(running);
            clock.time += 60_000;
            effects.settle();
            const again = await finish(remediationId);
            expect(again.state).toBe(done.state);
            expect(effects.ledger.length).toBeLessThanOrEqual(1);
            expect(done.state).toBe(
              effects.ledger.length === 1 ? 'succeeded' : 'needs_human',
            );
          },
        ),
        { numRuns: id.startsWith('SQLITE') ? 60 : 15 },
      );
    });
  },
);
