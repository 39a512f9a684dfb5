import { NotFoundError } from '@backstage/errors';
import {
  Playbook,
  PlaybookDifference,
  PlaybookNotes,
  wilsonInterval,
} from '@ci-medic/plugin-ci-medic-common';
import { diffLines } from 'diff';
import { CiMedicDatabase, readJson, readNumber, readTime } from '../database';
import { unescapeMarkdown } from './escapeMarkdown';
import { narrowPlaybook } from './narrowPlaybook';
import { PlaybookBody } from './PlaybookBody';
import { renderPlaybook } from './renderPlaybook';

const MOST_PLAYBOOKS = 50;
const MOST_VERSIONS = 20;

/** Tells whether a reader may see an entity. */
export type SeenBy = (entityRef: string) => boolean;

/**
 * Reads playbooks for people. What concerns entities that the reader does not see is not told.
 */
export class PlaybookReader {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  /** Playbooks of an entity: those needed often and lately first. */
  async list(entityRef: string): Promise<string[]> {
    const rows = await this.#database
      .knex('playbook_entities')
      .where({ entity_ref: entityRef })
      .select('playbook_id', 'occurrences', 'last_at');
    const newest = Math.max(...rows.map(row => readNumber(row.last_at)!));
    // An occurrence counts half after 30 days.
    const need = (row: any) =>
      row.occurrences *
      0.5 ** ((newest - readNumber(row.last_at)!) / (30 * 86_400_000));
    return rows
      .sort((left, right) => need(right) - need(left))
      .slice(0, MOST_PLAYBOOKS)
      .map(row => row.playbook_id);
  }

  /** All entities that a playbook is about. */
  async entityRefs(id: string): Promise<string[]> {
    return this.#database
      .knex('playbook_entities')
      .where({ playbook_id: id })
      .orderBy('occurrences', 'desc')
      .pluck('entity_ref');
  }

  /** The playbook of what an incident is about; `undefined` when there is none. */
  async ofIncident(incidentId: string): Promise<string | undefined> {
    const row = await this.#database
      .knex('playbooks')
      .join('incidents', 'incidents.fingerprint', 'playbooks.fingerprint')
      .where('incidents.id', incidentId)
      .first('playbooks.id');
    return row?.id;
  }

  /**
   * @throws NotFoundError when there is no such playbook.
   */
  async get(id: string, seen: SeenBy): Promise<Playbook> {
    const { knex } = this.#database;
    const row = await knex('playbooks').where({ id }).first();
    if (!row) {
      throw new NotFoundError(`There is no playbook ${id}`);
    }
    const { body, others } = narrowPlaybook(
      readJson<PlaybookBody>(row.body)!,
      seen,
    );
    const versions = await knex('playbook_versions')
      .where({ playbook_id: id })
      .orderBy('version', 'desc')
      .limit(MOST_VERSIONS)
      .select('version', 'at', 'reason');
    return {
      ...body,
      id,
      others,
      causes: body.causes.map(({ title, count }) => ({ title, count })),
      unusual: (body.unusual ?? []).map(({ title, count }) => ({
        ...{ title, count },
      })),
      remedies: body.remedies.map(({ action, succeeded, tried }) => ({
        action,
        success: wilsonInterval(succeeded, tried),
      })),
      fixes: body.fixes.map(({ text, at }) => ({ text, at: readTime(at)! })),
      struck: body.struck.map(one => ({
        ...one,
        lastAt: readTime(one.lastAt)!,
      })),
      incidents: body.incidents.map(({ entityRefs, at, ...one }) => ({
        ...one,
        entityRef: entityRefs[0],
        at: readTime(at)!,
      })),
      firstAt: readTime(body.firstAt)!,
      lastAt: readTime(body.lastAt)!,
      version: row.version,
      updatedAt: readTime(row.updated_at)!,
      versions: versions.map(({ version, at, reason }) => ({
        ...{ version, reason },
        at: readTime(at)!,
      })),
      notes: await this.notes(id),
    };
  }

  /** What people wrote. */
  async notes(id: string): Promise<PlaybookNotes | undefined> {
    const row = await this.#database
      .knex('playbook_notes')
      .where({ playbook_id: id })
      .orderBy('version', 'desc')
      .first();
    return (
      row && {
        ...{ text: row.text, version: row.version, actor: row.actor },
        at: readTime(row.at)!,
      }
    );
  }

  /**
   * How a version differs from the one before.
   *
   * @throws NotFoundError when there is no such version.
   */
  async difference(
    id: string,
    version: number,
    seen: SeenBy,
  ): Promise<PlaybookDifference> {
    const rows = await this.#database
      .knex('playbook_versions')
      .where({ playbook_id: id })
      .whereIn('version', [version - 1, version])
      .orderBy('version');
    const row = rows.find(one => one.version === version);
    if (!row) {
      throw new NotFoundError(`There is no version ${version} of it`);
    }
    const textOf = (one: any) =>
      one ? render(readJson<PlaybookBody>(one.body)!, seen) : '';
    const before = rows.find(one => one.version === version - 1);
    return {
      ...{ version, reason: row.reason, at: readTime(row.at)! },
      lines: diffLines(textOf(before), textOf(row)).flatMap(part =>
        part.value
          .replace(/\n$/, '')
          .split('\n')
          .map(text => ({ kind: kindOf(part), text })),
      ),
    };
  }
}

function kindOf(part: { added?: boolean; removed?: boolean }) {
  if (part.added) {
    return 'added' as const;
  }
  return part.removed ? ('removed' as const) : ('same' as const);
}

/** As people read it. */
function render(body: PlaybookBody, seen: SeenBy): string {
  const narrowed = narrowPlaybook(body, seen);
  return unescapeMarkdown(
    renderPlaybook({
      ...narrowed,
      incidentPath: (_, incidentId) => incidentId,
    }),
  );
}
