import { Diagnosis } from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { promisify } from 'util';
import { gunzip } from 'zlib';
import { readJson, readTime, stableId } from '../database';

const expand = promisify(gunzip);

const BATCH = 100;
const MOST_LINES = 200;
const CHUNK_LIMIT = 256 * 1024 * 1024;

/**
 * A label for training: what a failure was, with the lines that it rests on. People are not named.
 *
 * @public
 */
export type Label = {
  incident: string;
  project: string;
  fingerprint: string;
  at: string;
  verdict: string;
  /** The right category as far as somebody said it; `not_an_incident` is one of its own. */
  category?: string;
  sub_category?: string;
  fixed_by?: string;
  diagnosed?: { category: string; sub_category?: string; confidence?: number };
  /** Tells labels of one person from those of another. */
  person: string;
  lines: string[];
};

/**
 * All labels that were not taken back, oldest first.
 *
 * @public
 */
export async function* exportLabels(knex: Knex): AsyncGenerator<Label> {
  for (let after = { at: 0, id: '' }; ; ) {
    const rows: any[] = await knex('feedback')
      .join('projects', 'projects.id', 'feedback.project_id')
      .whereNull('undone_at')
      .whereRaw('(feedback.at, feedback.id) > (?, ?)', [after.at, after.id])
      .orderBy(['feedback.at', 'feedback.id'])
      .limit(BATCH)
      .select('feedback.*', 'projects.host', 'projects.slug');
    for (const row of rows) {
      yield await labelOf(knex, row);
    }
    const last = rows.at(-1);
    if (!last) {
      return;
    }
    after = { at: Number(last.at), id: last.id };
  }
}

async function labelOf(knex: Knex, row: any): Promise<Label> {
  const stored = await knex('diagnoses')
    .where({ id: row.diagnosis_id ?? '' })
    .first('body');
  const diagnosis = readJson<Diagnosis>(stored?.body);
  const category = categoryOf(row);
  const subCategory =
    row.verdict === 'right' ? row.diagnosed_sub_category : row.sub_category;
  return {
    incident: row.incident_id,
    project: `${row.host}/${row.slug}`,
    fingerprint: row.fingerprint,
    at: readTime(row.at)!,
    verdict: row.verdict,
    ...(category && { category }),
    ...(subCategory && { sub_category: subCategory }),
    ...(row.fixed_by && { fixed_by: row.fixed_by }),
    ...(row.diagnosed_category && {
      diagnosed: {
        category: row.diagnosed_category,
        ...(row.diagnosed_sub_category && {
          sub_category: row.diagnosed_sub_category,
        }),
        confidence: diagnosis?.confidence,
      },
    }),
    person: stableId('person', row.actor),
    lines: diagnosis?.jobId ? await linesOf(knex, diagnosis.jobId) : [],
  };
}

function categoryOf(row: any): string | undefined {
  if (row.verdict === 'not_an_incident') {
    return 'not_an_incident';
  }
  return (
    (row.verdict === 'right' ? row.diagnosed_category : row.category) ??
    undefined
  );
}

/** The lines that explain the failure, as far as they are still kept. */
async function linesOf(knex: Knex, jobId: string): Promise<string[]> {
  const log = await knex('job_logs')
    .where({ job_id: jobId, state: 'stored' })
    .first('ranges', 'generation');
  const ranges = readJson<{ start: number; end: number }[]>(log?.ranges) ?? [];
  const lines: string[] = [];
  for (const { start, end } of ranges) {
    const chunks = await knex('log_chunks')
      .where({ job_id: jobId, generation: log.generation })
      .where('last_line', '>=', start)
      .where('first_line', '<=', end)
      .orderBy('first_line')
      .select('body');
    for (const { body } of chunks) {
      const json = await expand(body, { maxOutputLength: CHUNK_LIMIT });
      for (const line of JSON.parse(json.toString())) {
        if (
          line.number >= start &&
          line.number <= end &&
          lines.length < MOST_LINES
        ) {
          lines.push(line.text);
        }
      }
    }
  }
  return lines;
}
