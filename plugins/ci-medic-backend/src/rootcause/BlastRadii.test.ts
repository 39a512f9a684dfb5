import { TestDatabases } from '@backstage/backend-test-utils';
import { SuspectedIncident } from '@ci-medic/plugin-ci-medic-node';
import { Knex } from 'knex';
import { CiMedicDatabase } from '../database';
import { BlastRadii } from './BlastRadii';
import { causeKeys } from './causeKeys';
import { RootCauseReader } from './RootCauseReader';
import { AlikeSource } from './sources/AlikeSource';
import { RunnerSource } from './sources/RunnerSource';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;
const start = Date.parse('2026-11-24T00:00:00Z');
const at = (hour: number) => start + hour * HOUR_MS;

async function addIncident(
  knex: Knex,
  id: string,
  hour: number,
  more: { project?: string; fingerprint?: string; runner?: string } = {},
) {
  const { project = id, fingerprint = id, runner = 'r' } = more;
  const run = `run-${id}`;
  await knex('incidents').insert({
    ...{ id, project_id: project, fingerprint, state: 'open', version: 1 },
    ...{ occurrences: 1, first_seen_at: at(hour), last_seen_at: at(hour) },
  });
  await knex('incident_occurrences').insert({
    ...{ job_id: `job-${id}`, incident_id: id, project_id: project },
    ...{ run_id: run, attempt: 1, track_id: 't', run_order: '1' },
    ...{ at: at(hour), title: `It is ${id}`, title_search: '' },
  });
  await knex('run_entities').insert({
    ...{ entity_ref: `component:default/${project}`, run_id: run },
    ...{ branch: 'main', created_at: at(hour), pipeline_id: '7' },
  });
  await knex('jobs').insert({
    ...{ job_id: `job-${id}`, run_id: run, attempt: 1, project_id: project },
    ...{ external_id: id, name: 'build', status: 'completed', rank: 2 },
    ...{ conclusion: 'failure', completed_at: at(hour), stored_at: 0 },
    ...{ runner_name: runner, runner_labels: '["self-hosted", "farm"]' },
  });
}

const incidentOf = (id: string, hour: number): SuspectedIncident => ({
  ...{ id, entityRefs: [`component:default/${id}`], fingerprint: 'same' },
  project: { provider: 'test', host: 'ci.example', slug: `acme/${id}` },
  ...{ jobName: 'build', lines: [], files: [], packages: [] },
  firstFail: {
    ...{ runId: `run-${id}`, sha: 'b', jobId: `job-${id}` },
    at: new Date(at(hour)).toISOString(),
  },
  probabilities: { infrastructure: 0.9 },
});

describe.each(TestDatabases.create().eachSupportedId())(
  'incidents of one cause on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });
    let knex: Knex;
    let database: CiMedicDatabase;
    let radii: BlastRadii;
    let reader: RootCauseReader;

    beforeEach(async () => {
      knex = await databases.init(id as any);
      await CiMedicDatabase.migrate(knex);
      database = CiMedicDatabase.fromKnex(knex);
      radii = new BlastRadii({ database });
      reader = new RootCauseReader({ database });
      await addIncident(knex, 'kit', 2);
      await addIncident(knex, 'shop', 1, { fingerprint: 'same', runner: 'x' });
      await addIncident(knex, 'cart', 2, { fingerprint: 'same', runner: 'x' });
      await addIncident(knex, 'later', 20, { fingerprint: 'same' });
    });

    const update = (
      incident: string,
      hour: number,
      change: Partial<Parameters<typeof causeKeys>[0]> = {},
    ) =>
      database.transaction(trx =>
        radii.update(
          trx,
          incident,
          causeKeys({
            ...{ incidentId: incident, projectId: incident, hosts: [] },
            ...{ fingerprint: 'same', rootCause: { suspects: [] } },
            incidentOf: () => undefined,
            ...change,
          }),
          at(hour),
        ),
      );

    const leaders = async () =>
      Object.fromEntries(
        (await knex('incident_members').orderBy('incident_id')).map(row => [
          row.incident_id,
          row.leader_id,
        ]),
      );

    it('are folded by fingerprint, led by the earliest, and told apart by time', async () => {
      expect(await update('cart', 2)).toEqual([]);
      expect((await update('shop', 1)).sort()).toEqual(['cart', 'shop']);
      await update('later', 20);
      expect(await leaders()).toEqual({ cart: 'shop' });
      expect(await update('shop', 1)).toEqual([]);
      expect(await reader.related('cart')).toEqual([
        {
          ...{ incidentId: 'shop', title: 'It is shop', state: 'open' },
          ...{ entityRefs: ['component:default/shop'], isLeader: true },
          reason: undefined,
        },
        {
          ...{ incidentId: 'cart', title: 'It is cart', state: 'open' },
          ...{ entityRefs: ['component:default/cart'], isLeader: false },
          reason: 'The same failure in several repositories',
        },
      ]);
      expect(await reader.related('later')).toEqual([]);
    });

    it('are led by the incident upstream, until it is not suspected any more', async () => {
      const kit = {
        ...{ id: 'component:default/kit', kind: 'upstream' as const },
        ...{ title: 'kit', probability: 0.6, reasons: [] },
        entityRef: 'component:default/kit',
      };
      const upstream = (fingerprint: string) => ({
        ...{ fingerprint, rootCause: { suspects: [kit] } },
        incidentOf: () => 'kit',
      });
      await update('shop', 1, upstream('one'));
      const told = await update('cart', 2, upstream('two'));
      expect(told.sort()).toEqual(['cart', 'kit']);
      expect(await leaders()).toEqual({ cart: 'kit', shop: 'kit' });
      await update('cart', 2, { fingerprint: 'two' });
      expect(await leaders()).toEqual({ shop: 'kit' });
    });

    it('speak for infrastructure, and against the machine on which all failed', async () => {
      const incident = incidentOf('shop', 1);
      const alike = await new AlikeSource({ database }).collect(incident);
      expect(alike.infrastructure).toEqual([
        { name: 'repositories_affected', value: 1 },
      ]);
      const runners = new RunnerSource({ database, headOf: async () => [] });
      const { suspects } = await runners.collect(incident);
      expect(suspects).toMatchObject([
        {
          ...{ id: 'machine:x', kind: 'runner', title: 'Runner x' },
          evidence: [
            {
              text: '2 failures of 2 repositories happened on it, and no passes since the first',
            },
            { name: 'diagnosed', value: 0.9 },
          ],
        },
      ]);
    });

    it('come with what changed of the runner, as the heads of the logs say', async () => {
      await knex('jobs').insert({
        ...{ job_id: 'pass', run_id: 'p', attempt: 1, project_id: 'shop' },
        ...{ external_id: 'p', name: 'build', status: 'completed', rank: 2 },
        ...{ conclusion: 'success', completed_at: at(0), stored_at: 0 },
        runner_labels: '["self-hosted"]',
      });
      const runners = new RunnerSource({
        database,
        headOf: async jobId => [
          'Image: ubuntu-24.04',
          `Version: ${jobId === 'pass' ? 1 : 2}`,
        ],
      });
      const { suspects } = await runners.collect({
        ...incidentOf('shop', 1),
        lastPass: {
          ...{ runId: 'p', sha: 'a', jobId: 'pass' },
          at: new Date(at(0)).toISOString(),
        },
      });
      expect(suspects.map(({ title }) => title)).toEqual([
        'Version of the runner image 1 → 2',
        'Labels self-hosted → farm, self-hosted',
        'Runner x',
      ]);
    });
  },
);
