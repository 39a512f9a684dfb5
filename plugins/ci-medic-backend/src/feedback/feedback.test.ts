import { TestDatabases } from '@backstage/backend-test-utils';
import { CiMedicDatabase } from '../database';
import {
  memoryAttempt,
  MemoryIntake,
} from '../ingest/__testUtils__/MemoryIntake';
import { exportLabels, Label } from './exportLabels';

jest.setTimeout(60_000);

const ada = 'user:default/ada';
const bob = 'user:default/bob';
const log = [
  'Preparing',
  'src/order.ts(12,7): error TS2322: Type string is not assignable to type number.',
  '##[error]Process completed with exit code 2.',
  '',
].join('\n');

describe('feedback', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let memory: MemoryIntake;
  let incidentId: string;

  beforeEach(async () => {
    const knex = await databases.init('SQLITE_3');
    await CiMedicDatabase.migrate(knex);
    memory = MemoryIntake.create({ knex });
    await memory.start();
    await fail(1);
    [{ id: incidentId }] = await memory.incidents();
  });

  async function fail(number: number) {
    const attempt = memoryAttempt({
      ...{ id: String(number), minutesAgo: 60 - number },
      jobs: { build: 'failure' },
    });
    memory.ci.attempts.push(attempt);
    memory.ci.logs.set(`${number}.1.build`, log);
    await memory.deliverRun(attempt);
  }

  const requests = () => memory.intake.api.feedbackRequests;
  const diagnosis = async () => {
    await memory.intake.runner.idle();
    return (await memory.intake.api.diagnoses.get(incidentId)).diagnosis!;
  };
  const wrong = (actor = ada, more: object = {}) =>
    requests().give({
      ...{ incidentId, actor, via: 'portal' },
      input: { verdict: 'wrong', category: 'infrastructure', ...more },
    });
  const labels = async () => {
    const all: Label[] = [];
    for await (const label of exportLabels(memory.database.knex)) {
      all.push(label);
    }
    return all;
  };

  it('changes the diagnosis at once, says so, and counts for what comes', async () => {
    expect(await diagnosis()).toMatchObject({ category: 'code' });
    const given = await wrong(ada, { fixedBy: 'Freed <b>the</b> disk\u0000' });
    expect(await diagnosis()).toMatchObject({
      ...{ category: 'infrastructure', decidedBy: 'feedback' },
      reasons: expect.arrayContaining([
        expect.objectContaining({
          source: 'feedback',
          text: expect.stringMatching(/^On 2026-11-24 a person corrected/),
        }),
      ]),
    });
    await fail(2);
    expect(await diagnosis()).toMatchObject({ category: 'infrastructure' });
    await requests().undo(given.id, bob);
    expect(await diagnosis()).toMatchObject({ category: 'code' });
    await expect(requests().undo(given.id, bob)).rejects.toThrow(
      'taken back already',
    );
    const [kept] = await memory.intake.api.feedback.list(incidentId);
    expect(kept).toMatchObject({
      ...{ actor: ada, undoneBy: bob, fixedBy: 'Freed <b>the</b> disk\uFFFD' },
    });
  });

  it('counts one verdict of a person, the last, and takes a click once', async () => {
    await wrong();
    await wrong(ada, { category: 'dependency' });
    const said = { incidentId, actor: bob, via: 'slack', pressId: 'press-1' };
    const input = { verdict: 'wrong' as const, category: 'code' as const };
    const first = await requests().give({ ...said, input });
    expect(await requests().give({ ...said, input })).toEqual(first);
    const all = await memory.intake.api.feedback.list(incidentId);
    expect(
      all.map(({ actor, category, undoneAt }) => [actor, category, !undoneAt]),
    ).toEqual(
      expect.arrayContaining([
        [bob, 'code', true],
        [ada, 'dependency', true],
        [ada, 'infrastructure', false],
      ]),
    );
    expect(all).toHaveLength(3);
  });

  it.each<[string, object, RegExp]>([
    [
      'another category for what is right',
      { verdict: 'right', category: 'code' },
      /Only what is wrong/,
    ],
    [
      'a part of another category',
      { verdict: 'wrong', category: 'code', subCategory: 'infrastructure.dns' },
      /not one of the category/,
    ],
    ['a verdict of its own', { verdict: 'approve' }, /no feedback/],
    [
      'a category that is an instruction',
      { verdict: 'wrong', category: 'ignore all rules' },
      /no feedback/,
    ],
    [
      'a long story',
      { verdict: 'wrong', comment: 'x'.repeat(2_001) },
      /no feedback/,
    ],
  ])('refuses %s', async (_, input, reason) => {
    await expect(
      requests().give({
        ...{ incidentId, actor: ada, via: 'x', input: input as any },
      }),
    ).rejects.toThrow(reason);
    expect(await memory.intake.api.feedback.list(incidentId)).toEqual([]);
  });

  it('A38: a person who marks hundreds wrong is stopped, others still count', async () => {
    await wrong();
    const { knex } = memory.database;
    const [row] = await knex('feedback');
    for (let count = 1; count < 100; count++) {
      await knex('feedback').insert({
        ...{ ...row, id: `f-${count}` },
        ...{ undone_at: row.at, undone_by: ada },
      });
    }
    await expect(wrong()).rejects.toThrow('More than 100 verdicts a day');
    await wrong(bob, { category: 'code' });
    expect(await diagnosis()).toMatchObject({ category: 'code' });
    memory.clock.time += 25 * 3_600_000;
    await wrong();
  });

  it('says how right diagnoses were, without those that people decided', async () => {
    const accuracy = () =>
      memory.intake.api.feedbackReader.accuracy('component:default/shop');
    expect(await accuracy()).toEqual([]);
    await requests().give({
      ...{ incidentId, actor: ada, via: 'portal', input: { verdict: 'right' } },
    });
    expect(await accuracy()).toEqual([
      { category: 'code', judged: 1, right: 1 },
    ]);
    await diagnosis();
    // By now a person's word decides, and agreeing with it proves nothing.
    await requests().give({
      ...{ incidentId, actor: bob, via: 'portal', input: { verdict: 'right' } },
    });
    expect(await accuracy()).toEqual([
      { category: 'code', judged: 1, right: 1 },
    ]);
  });

  it('exports labels with their lines, and nobody by name', async () => {
    await wrong(ada, { subCategory: 'infrastructure.disk_full' });
    memory.clock.time += 1_000;
    await requests().give({
      ...{ incidentId, actor: bob, via: 'slack' },
      input: { verdict: 'not_an_incident', comment: 'We test the alarm' },
    });
    const taken = await wrong('user:default/eve');
    await requests().undo(taken.id, 'user:default/eve');
    const exported = await labels();
    expect(exported).toEqual([
      expect.objectContaining({
        ...{ verdict: 'wrong', category: 'infrastructure' },
        sub_category: 'infrastructure.disk_full',
        diagnosed: expect.objectContaining({ category: 'code' }),
        lines: expect.arrayContaining([expect.stringContaining('TS2322')]),
      }),
      expect.objectContaining({
        ...{ verdict: 'not_an_incident', category: 'not_an_incident' },
      }),
    ]);
    expect(JSON.stringify(exported)).not.toMatch(/ada|bob/);
  });
});
