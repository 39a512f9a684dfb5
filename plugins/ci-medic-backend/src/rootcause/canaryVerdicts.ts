import { Suspect } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { readJson } from '../database';

type CanaryVerdict = {
  sha: string;
  is: 'confirmed' | 'cleared' | 'undecided';
};

/**
 * Suspects with what canaries said of their commits. The newest verdict of a commit counts; one that is undecided takes
 * nothing back.
 */
export async function withCanaryVerdicts(
  knex: Knex,
  incidentId: string,
  suspects: Suspect[],
): Promise<Suspect[]> {
  const rows = await knex('remediations')
    .where({ incident_id: incidentId })
    .whereNotNull('verdict')
    .orderBy('updated_at')
    .orderBy('id')
    .select('verdict');
  const verdicts = new Map<string, 'confirmed' | 'cleared'>();
  for (const row of rows) {
    const { sha, is } = readJson<CanaryVerdict>(row.verdict)!;
    if (is !== 'undecided') {
      verdicts.set(sha, is);
    }
  }
  return suspects.map(suspect => {
    const verdict = verdicts.get(suspect.commitSha ?? '');
    return verdict ? { ...suspect, verdict } : suspect;
  });
}
