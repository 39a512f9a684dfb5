import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { CiMedicDatabase } from '../database';
import {
  memoryAttempt,
  MemoryIntake,
} from '../ingest/__testUtils__/MemoryIntake';
import { codeBlock, escapeMarkdown, unescapeMarkdown } from './escapeMarkdown';

jest.setTimeout(60_000);

describe('escapeMarkdown', () => {
  it('leaves nothing that Markdown or HTML would act on, and nothing out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const escaped = escapeMarkdown(text);
        expect(escaped.replace(/&#\d+;/g, '')).toMatch(/^[^!-/:-@[-`{-~\n]*$/);
        expect(unescapeMarkdown(escaped)).toBe(
          text.replace(/\s+/g, ' ').trim(),
        );
      }),
    );
  });
});

describe('codeBlock', () => {
  it('cannot be ended by what is in it', () => {
    const hostile = ['```', '~~~', '`````', 'two\nlines', '<script>'];
    const lines = codeBlock(hostile).split('\n');
    const fence = lines[0].replace('text', '');
    expect(lines).toHaveLength(hostile.length + 2);
    expect(lines.slice(1, -1).some(line => line.includes(fence))).toBe(false);
  });
});

describe.each(TestDatabases.create().eachSupportedId())(
  'playbooks on %s',
  id => {
    const databases = TestDatabases.create({ ids: [id as any] });
    const shop = 'component:default/shop';
    const hostile = '##[error]![x](http://evil.example/a.png) <img src=x>';

    async function scene() {
      const knex: Knex = await databases.init(id as any);
      await CiMedicDatabase.migrate(knex);
      const clock = { time: MemoryIntake.start };
      const memory = MemoryIntake.create({
        ...{ knex, clock },
        entities: [MemoryIntake.entity('shop')],
      });
      await memory.start();
      let number = 0;
      return {
        ...{ knex, memory },
        async fail(text = hostile) {
          number++;
          const attempt = memoryAttempt({
            ...{ id: String(number), now: clock.time },
            jobs: { build: 'failure' },
          });
          memory.ci.attempts.push(attempt);
          memory.ci.logs.set(attempt.jobs[0].jobId, `Tests begin\n${text}\n`);
          await memory.deliverRun(attempt);
          // What is put off is due.
          clock.time += 60_000;
          await memory.intake.runner.idle();
        },
      };
    }

    it('writes one when a failure recurs, anew without touching what people wrote', async () => {
      const { knex, memory, fail } = await scene();
      const { playbooks, playbookNotes, playbookDocs } = memory.intake.api;
      await fail();
      await fail();
      expect(await playbooks.list(shop)).toEqual([]);
      await fail();
      const [playbookId] = await playbooks.list(shop);
      const first = await playbooks.get(playbookId, () => true);
      expect(first).toMatchObject({
        ...{ occurrences: 3, version: 1, others: 0 },
        struck: [{ entityRef: shop, occurrences: 3 }],
        versions: [{ version: 1 }],
      });
      expect(first.evidence.join('\n')).toContain('evil.example');

      const notes = { playbookId, version: 0, text: 'Ask **Ada**', actor: 'a' };
      await playbookNotes.save(notes);
      await expect(playbookNotes.save(notes)).rejects.toThrow(/Somebody else/);

      await fail();
      const again = await playbooks.get(playbookId, () => true);
      // More of the same is no other version.
      expect(again).toMatchObject({
        ...{ occurrences: 4, version: 1 },
        notes: { text: 'Ask **Ada**', version: 1 },
      });

      const [incident] = await memory.incidents();
      expect(await playbooks.ofIncident(incident.id)).toBe(playbookId);
      await knex('feedback').insert({
        ...{ id: 'f', incident_id: incident.id, verdict: 'right' },
        ...{ project_id: 'p', fingerprint: incident.fingerprint },
        ...{ fixed_by: 'Cleared the cache', via: 'tab', actor: 'a', at: 1 },
      });
      await knex('series_subjects').insert({
        ...{ id: 's', project_id: 'p', kind: 'source', name: 'Runner *CPU*' },
        ...{ entity_ref: shop, first_at: 1, last_at: 1 },
      });
      await knex('anomalies').insert({
        ...{ id: 'a', project_id: 'p', subject_id: 's', metric: 'value' },
        ...{ finding_id: 'shift:1', kind: 'shift', stage: 'alert', at: 1 },
        ...{ direction: 'up', began_at: 1, sentence: 'It moved', seen_at: 1 },
        ...{ body: '{}', incident_id: incident.id },
      });
      await fail();
      const fixed = await playbooks.get(playbookId, () => true);
      expect(fixed).toMatchObject({
        version: 2,
        fixes: [{ text: 'Cleared the cache' }],
        unusual: [{ title: 'Runner *CPU* went up', count: 1 }],
        versions: [
          { version: 2, reason: 'Changed: unusual figures, fixes' },
          { version: 1 },
        ],
      });
      const { lines } = await playbooks.difference(playbookId, 2, () => true);
      expect(lines.filter(({ kind }) => kind === 'added')).toContainEqual(
        expect.objectContaining({
          text: expect.stringContaining('Cleared the cache'),
        }),
      );

      // Those who see none of it are told nothing but how many there are.
      expect(await playbooks.get(playbookId, () => false)).toMatchObject({
        ...{ struck: [], incidents: [], fixes: [], unusual: [], others: 1 },
      });

      await knex('entity_projects').update({ owner_ref: 'group:default/shop' });
      const [{ owner, etag }] = await playbookDocs.owners();
      const { files } = await playbookDocs.read(owner);
      expect(files.map(({ path }) => path)).toEqual([
        ...['mkdocs.yml', 'docs/index.md', `docs/${playbookId}.md`],
      ]);
      const page = files[2].content;
      // Text of a log is nowhere but in code and as references of characters.
      expect(page.replace(/(`{3,})text\n[^]*?\n\1/, '')).not.toMatch(
        /!\[|<img|http:/,
      );
      expect(page).toContain('Ask **Ada**');
      expect(page).toContain('Runner &#42;CPU&#42; went up');
      expect((await playbookDocs.read(owner)).etag).toBe(etag);
      await memory.intake.runner.stop();
    });
  },
);
