import {
  SuspectedIncident,
  SuspectFindings,
  SuspectSource,
} from '@ci-medic/plugin-ci-medic-node';
import { CiMedicDatabase } from '../../database';

const AROUND_MS = 2 * 3_600_000;

/**
 * The same failure in other repositories at the same time: none of their changes explains it.
 */
export class AlikeSource implements SuspectSource {
  readonly id = 'alike';
  readonly title = 'Other repositories';
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  async collect(incident: SuspectedIncident): Promise<SuspectFindings> {
    const { knex } = this.#database;
    const at = Date.parse(incident.firstFail.at);
    const own = await knex('incidents')
      .where({ id: incident.id })
      .first('project_id');
    const [{ count }] = await knex('incidents')
      .where({ fingerprint: incident.fingerprint })
      .whereNot({ project_id: own?.project_id ?? '' })
      .where('last_seen_at', '>=', at - AROUND_MS)
      .where('first_seen_at', '<=', at + AROUND_MS)
      .countDistinct<{ count: unknown }[]>({ count: 'project_id' });
    const repositories = Number(count);
    return {
      suspects: [],
      infrastructure:
        repositories > 0
          ? [{ name: 'repositories_affected', value: repositories }]
          : [],
    };
  }
}
