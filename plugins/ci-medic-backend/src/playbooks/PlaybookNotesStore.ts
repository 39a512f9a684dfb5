import { ConflictError } from '@backstage/errors';
import { CiMedicDatabase, writeText } from '../database';
import { ChangeFeed } from '../changes';

/** Longest text that people may write into a playbook. */
export const MOST_NOTES = 20_000;

/**
 * Keeps what people write into playbooks, every version of it.
 */
export class PlaybookNotesStore {
  readonly #database: CiMedicDatabase;
  readonly #changes: ChangeFeed;

  constructor(options: { database: CiMedicDatabase; changes: ChangeFeed }) {
    this.#database = options.database;
    this.#changes = options.changes;
  }

  /**
   * @param options.version - the version that the writer saw, 0 for none
   * @throws ConflictError when somebody else wrote in the meantime.
   */
  async save(options: {
    playbookId: string;
    version: number;
    text: string;
    actor: string;
  }): Promise<void> {
    const { playbookId, version, text, actor } = options;
    await this.#database.transaction(async knex => {
      const inserted = await knex('playbook_notes')
        .insert({
          ...{ playbook_id: playbookId, version: version + 1, actor },
          text: writeText(text, MOST_NOTES),
          at: this.#database.nowExpression(),
        })
        .onConflict(['playbook_id', 'version'])
        .ignore()
        .returning('version');
      if (inserted.length === 0) {
        throw new ConflictError(
          'Somebody else has changed the notes since you began: reload to see theirs',
        );
      }
      this.#changes.announceAfter(knex, 'ci-medic:playbooks', playbookId);
    });
  }
}
