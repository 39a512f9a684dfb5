import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { CiMedicDatabase } from '../database';
import {
  memoryAttempt,
  MemoryIntake,
} from '../ingest/__testUtils__/MemoryIntake';
import { foldRedPeriods } from './foldRedPeriods';
import { medianRanks } from './medianRanks';
import { DurationSketch } from './DurationSketch';

jest.setTimeout(60_000);

describe('medianRanks', () => {
  // Conover (1999), Practical Nonparametric Statistics, table A3: orders 1-based there.
  it.each([
    [5, undefined],
    [6, { low: 0, high: 5 }],
    [10, { low: 1, high: 8 }],
    [20, { low: 5, high: 14 }],
    [100, { low: 39, high: 60 }],
  ])('of %d values', (n, ranks) => {
    expect(medianRanks(n)).toEqual(ranks);
  });

  it('covers at least 95 % also where it is approximated', () => {
    const { low, high } = medianRanks(1_001)!;
    expect(low).toBeLessThanOrEqual(469);
    expect(high).toBeGreaterThanOrEqual(531);
  });
});

describe('DurationSketch', () => {
  it('is at most 1 % off, and does not care in which parts it was filled', () => {
    const whole = new DurationSketch();
    const parts = [new DurationSketch(), new DurationSketch()];
    for (let value = 1; value <= 1_000; value++) {
      whole.add(value * 60);
      parts[value % 2].add(value * 60);
    }
    const merged = new DurationSketch();
    parts.forEach(part => merged.merge(part.toCounts()));
    const described = whole.describe()!;
    expect(merged.describe()).toEqual(described);
    expect(Math.abs(described.medianMs / 30_000 - 1)).toBeLessThan(0.011);
    expect(Math.abs(described.p90Ms / 54_000 - 1)).toBeLessThan(0.011);
    expect(described.n).toBe(1_000);
  });
});

describe('foldRedPeriods', () => {
  const outcome = (at: number, conclusion: string) => ({
    runId: `run-${at}`,
    ...{ at, conclusion },
  });

  it('lasts from the first failure to the next success, whatever is between', () => {
    expect(
      foldRedPeriods([
        outcome(1, 'success'),
        outcome(2, 'failure'),
        outcome(3, 'cancelled'),
        outcome(4, 'timed_out'),
        outcome(7, 'success'),
        outcome(8, 'success'),
        outcome(9, 'startup_failure'),
      ]),
    ).toEqual([
      { startedAt: 2, endedAt: 7, firstRunId: 'run-2', lastRunId: 'run-7' },
      { startedAt: 9, firstRunId: 'run-9' },
    ]);
  });
});

describe.each(TestDatabases.create().eachSupportedId())(
  'insights on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });

    it('sums up what failed, what it cost, and how long main was red', async () => {
      const knex: Knex = await databases.init(id as any);
      await CiMedicDatabase.migrate(knex);
      const clock = { time: MemoryIntake.start };
      const memory = MemoryIntake.create({
        ...{ knex, clock },
        entities: [MemoryIntake.entity('shop')],
        config: {
          runnerPrices: [
            { label: 'linux', perMinute: 0.1 },
            { label: '*', perMinute: 0.5 },
          ],
          insights: {
            developerMinutesPerFailure: 10,
            developerPricePerHour: 60,
          },
        },
      });
      await memory.start();
      const attempts = [
        memoryAttempt({ id: '1', minutesAgo: 300 }),
        memoryAttempt({ id: '2', minutesAgo: 200, jobs: { build: 'failure' } }),
        memoryAttempt({
          ...{ id: '2', attempt: 2, minutesAgo: 100 },
          run: { createdAt: new Date(clock.time - 200 * 60_000).toISOString() },
        }),
      ];
      for (const attempt of attempts) {
        memory.ci.attempts.push(attempt);
        await memory.deliverRun(attempt);
      }
      clock.time += 60_000;
      await memory.intake.runner.idle();
      const insights = await memory.intake.api.insights.read({
        entityRefs: ['component:default/shop'],
        days: 7,
      });
      expect(insights.current).toMatchObject({
        runs: 2,
        failed: 0,
        timeToGreen: { medianMs: 100 * 60_000, n: 1 },
        flakyRate: { value: 0.5, n: 2 },
        // Four minutes of each of three jobs.
        runnerMinutes: 12,
        losses: [
          {
            category: 'flaky_test',
            failures: 1,
            runnerMinutes: 8,
            developerMinutes: 10,
            cost: 8 * 0.1 + 10,
          },
        ],
      });
      expect(insights.recoveries).toEqual({
        ...{ automatic: 0, person: 0, change: 1 },
      });
      expect(insights.causes).toMatchObject([
        {
          entityRefs: ['component:default/shop'],
          failures: 1,
          developerMinutes: 10,
        },
      ]);
      expect(insights.causes[0].playbookId).toBeUndefined();
      const [{ fingerprint }] = await knex('incidents');
      await knex('playbooks').insert({
        ...{ id: 'playbook', fingerprint, body: '{}', substance: '' },
        ...{ version: 1, last_at: 0, updated_at: 0 },
      });
      await knex('playbook_entities').insert({
        ...{ entity_ref: 'component:default/shop', playbook_id: 'playbook' },
        ...{ occurrences: 3, last_at: 0 },
      });
      expect(insights.redPeriods).toMatchObject([
        { kind: 'main', endedBy: 'change', pipeline: 'CI' },
      ]);
      expect(insights.trend).toHaveLength(7);
      const longer = await memory.intake.api.insights.read({
        ...{ entityRefs: ['component:default/shop'], days: 40 },
      });
      // Weeks, counted from today; the first is what is left of the window.
      expect(longer.trend).toHaveLength(6);
      expect(longer.trend[0].from).toBe(longer.current.from);
      expect(longer.trend[5].to).toBe(longer.current.to);
      expect(longer.causes).toMatchObject([{ playbookId: 'playbook' }]);
      const { from, to, ...whole } = longer.current;
      expect(longer.trend.filter(({ runs }) => runs > 0)).toEqual([
        expect.objectContaining(whole),
      ]);
      expect(whole).toMatchObject({ runs: 2, losses: insights.current.losses });
      const [pipeline] = await knex('series_subjects').where({
        ...{ kind: 'pipeline', branch_class: 'main' },
      });
      const [run] = await knex('runs').where({ external_id: '1' });
      const anomaly = (of: string, more: object) => ({
        ...{ id: of, project_id: run.project_id, subject_id: pipeline.id },
        ...{ finding_id: of, kind: 'shift', stage: 'alert', direction: 'up' },
        ...{ at: clock.time, began_at: run.created_at, sentence: of },
        ...{ began_run: run.run_id, seen_at: clock.time, group_id: 'group' },
        body: JSON.stringify({
          finding: { before: { value: 4 }, after: { value: 7 } },
        }),
        ...more,
      });
      await knex('anomalies').insert([
        anomaly('slower', { metric: 'duration' }),
        anomaly('dearer', { metric: 'minutes', quiet: 'Told already' }),
        // Became better, and was over long ago.
        anomaly('faster', { metric: 'queue', direction: 'down' }),
        anomaly('old', { metric: 'queue', group_id: 'old', ended_at: 1 }),
      ]);
      const { changes } = await memory.intake.api.insights.read({
        ...{ entityRefs: ['component:default/shop'], days: 7 },
      });
      expect(changes).toMatchObject([
        {
          ...{ id: 'slower', metric: 'duration', sentence: 'slower' },
          entityRefs: ['component:default/shop'],
          // Two runs, three minutes more each.
          ...{ runs: 2, runnerMinutes: 6 },
        },
      ]);
      expect(
        await memory.intake.api.insights.read({ entityRefs: [], days: 7 }),
      ).toMatchObject({
        ...{ current: { runs: 0 }, causes: [], redPeriods: [], changes: [] },
      });
      await memory.intake.runner.stop();
    });
  },
);
