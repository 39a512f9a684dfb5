import { parseEntityRef } from '@backstage/catalog-model';
import { PlaybookDocs } from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase, readJson, stableId } from '../database';
import { escapeMarkdown } from './escapeMarkdown';
import { narrowPlaybook } from './narrowPlaybook';
import { PlaybookBody } from './PlaybookBody';
import { PlaybookReader } from './PlaybookReader';
import { renderPlaybook } from './renderPlaybook';

/**
 * The playbooks of an owner as the source of a site for TechDocs. Whoever may read the site may read all of it, so it
 * tells of the owner's own entities only.
 */
export class PlaybookDocsReader {
  readonly #database: CiMedicDatabase;
  readonly #playbooks: PlaybookReader;

  constructor(options: {
    database: CiMedicDatabase;
    playbooks: PlaybookReader;
  }) {
    this.#database = options.database;
    this.#playbooks = options.playbooks;
  }

  /** Owners of entities that have playbooks, with what their sites are made from. */
  async owners(): Promise<Omit<PlaybookDocs, 'files'>[]> {
    const refs: string[] = await this.#database
      .knex('playbook_entities')
      .join(
        'entity_projects',
        'entity_projects.entity_ref',
        'playbook_entities.entity_ref',
      )
      .whereNotNull('owner_ref')
      .distinct()
      .orderBy('owner_ref')
      .pluck('owner_ref');
    return Promise.all(
      refs.map(async owner => ({ owner, etag: (await this.read(owner)).etag })),
    );
  }

  /** Pages, and `mkdocs.yml`. */
  async read(owner: string): Promise<PlaybookDocs> {
    const { knex } = this.#database;
    const owned = new Set<string>(
      await knex('entity_projects')
        .where({ owner_ref: owner })
        .pluck('entity_ref'),
    );
    const rows = await knex('playbooks')
      .whereIn(
        'id',
        knex('playbook_entities')
          .whereIn('entity_ref', [...owned])
          .select('playbook_id'),
      )
      .orderBy('last_at', 'desc')
      .orderBy('id')
      .select('id', 'body');
    const { name } = parseEntityRef(owner);
    const pages: { id: string; title: string; content: string }[] = [];
    for (const row of rows) {
      const { body, others } = narrowPlaybook(
        readJson<PlaybookBody>(row.body)!,
        ref => owned.has(ref),
      );
      const notes = await this.#playbooks.notes(row.id);
      pages.push({
        id: row.id,
        title: body.title,
        content: renderPlaybook({
          ...{ body, others, notes: notes?.text },
          incidentPath: pathOf,
        }),
      });
    }
    const files = [
      { path: 'mkdocs.yml', content: mkdocsOf(name, pages) },
      { path: 'docs/index.md', content: indexOf(name, pages) },
      ...pages.map(({ id, content }) => ({ path: `docs/${id}.md`, content })),
    ];
    return { owner, etag: stableId(JSON.stringify(files)), files };
  }
}

function pathOf(entityRef: string, incidentId: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const parts = [namespace, kind, name].map(encodeURIComponent);
  return `/catalog/${parts.join('/')}/incidents/${incidentId}`;
}

/** JSON is YAML, and quotes what comes from logs. */
function mkdocsOf(name: string, pages: { id: string; title: string }[]) {
  return JSON.stringify(
    {
      site_name: `CI playbooks of ${name}`,
      nav: [
        { Overview: 'index.md' },
        ...pages.map(({ id, title }) => ({
          // Themes differ in whether they escape it.
          [title.slice(0, 80).replace(/[<>&"'`\\{}]/g, ' ')]: `${id}.md`,
        })),
      ],
      plugins: ['techdocs-core'],
    },
    undefined,
    2,
  );
}

function indexOf(name: string, pages: { id: string; title: string }[]) {
  return [
    `# CI playbooks of ${escapeMarkdown(name)}`,
    '',
    'Failures of builds that came again and again, and what is known of them. Each page is made from records; the notes at its end are written by people, in the tab _Playbooks_ of a service.',
    '',
    ...pages.map(({ id, title }) => `- [${escapeMarkdown(title)}](${id}.md)`),
    '',
  ].join('\n');
}
