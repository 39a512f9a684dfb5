import { Knex } from 'knex';
import {
  CiMedicDatabase,
  insertInBatches,
  readNumber,
  stableId,
  writeText,
} from '../database';
import { DETECTION_VERSION } from './detectionVersion';
import { AnomalyBody, FoundAnomaly } from './FoundAnomaly';
import { SubjectVerdict } from './SubjectJudge';

/** The id of an anomaly: the same in all of its stages. */
function anomalyIdOf(subjectId: string, { metric, finding }: FoundAnomaly) {
  return stableId(subjectId, 'anomaly', metric, finding.id);
}

/**
 * What was found in series, and up to where they were judged.
 */
export class AnomalyStore {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  /** Saves what came of judging subjects. Returns whether an anomaly is new or changed. */
  async save(
    knex: Knex.Transaction,
    verdicts: SubjectVerdict[],
  ): Promise<boolean> {
    let hasChanged = false;
    for (const verdict of verdicts) {
      await this.#remember(knex, verdict);
      const isNews = await this.#saveFound(knex, verdict);
      const isLess = await this.#withdraw(knex, verdict);
      hasChanged = hasChanged || isNews || isLess;
    }
    return hasChanged;
  }

  async #remember(
    knex: Knex.Transaction,
    { subject, settled }: SubjectVerdict,
  ) {
    if (settled) {
      await knex('series_judgements')
        .insert({
          subject_id: subject.id,
          version: DETECTION_VERSION,
          settled_at: settled.at,
          settled_run: settled.runId,
          settled_seq: settled.seq,
          state: JSON.stringify(settled.state),
        })
        .onConflict('subject_id')
        .merge();
    }
  }

  async #saveFound(
    knex: Knex.Transaction,
    { subject, found }: SubjectVerdict,
  ): Promise<boolean> {
    if (found.length === 0) {
      return false;
    }
    const ids = found.map(one => anomalyIdOf(subject.id, one));
    const stored = new Map<string, any>();
    for (let start = 0; start < ids.length; start += 500) {
      const rows = await knex('anomalies')
        .whereIn('id', ids.slice(start, start + 500))
        .select('id', 'stage', 'sentence', 'ended_at', 'body');
      rows.forEach(row => stored.set(row.id, row));
    }
    const now = await this.#database.now(knex);
    const news = found.filter((one, index) => {
      const row = stored.get(ids[index]);
      if (one.onlyEnds && (row?.stage ?? 'note') === 'note') {
        return false;
      }
      return (
        !row ||
        row.stage !== one.finding.stage ||
        row.sentence !== writeText(one.finding.sentence, 1_000) ||
        (one.endedAt !== undefined && readNumber(row.ended_at) !== one.endedAt)
      );
    });
    const rows = news.map(one => {
      const id = anomalyIdOf(subject.id, one);
      const { finding, began, range } = one;
      const body: AnomalyBody = { finding, began, range };
      const known = stored.get(id);
      // What it was is kept when it goes away.
      const keeps = known && finding.stage === 'went_away';
      return {
        id,
        project_id: subject.projectId,
        subject_id: subject.id,
        metric: one.metric,
        finding_id: finding.id,
        kind: finding.kind,
        stage: finding.stage,
        direction: finding.direction,
        at: finding.at,
        began_at: finding.began.at,
        began_run: began.runId ?? null,
        ended_at: one.endedAt ?? null,
        sentence: writeText(finding.sentence, 1_000),
        body: keeps ? known.body : JSON.stringify(body),
        seen_at: now,
      };
    });
    await insertInBatches({
      knex,
      table: 'anomalies',
      rows,
      refine: insert => insert.onConflict('id').merge(),
    });
    await this.#endReplaced(knex, subject.id, found);
    await this.#dropUnconfirmed(knex, subject.id, found);
    return rows.length > 0;
  }

  /** A confirmed change takes the place of those before it. */
  async #endReplaced(
    knex: Knex.Transaction,
    subjectId: string,
    found: FoundAnomaly[],
  ) {
    for (const { metric, finding } of found) {
      if (finding.stage === 'alert' && finding.kind !== 'spike') {
        const replaced = () =>
          knex('anomalies')
            .where({ subject_id: subjectId, metric, kind: finding.kind })
            .whereNot({ finding_id: finding.id })
            .whereNull('ended_at')
            .where('at', '<', finding.at);
        await replaced().where({ stage: 'note' }).delete();
        await replaced().update({ ended_at: finding.began.at });
      }
    }
  }

  /** What was noted and went away before it was confirmed. */
  async #dropUnconfirmed(
    knex: Knex.Transaction,
    subjectId: string,
    found: FoundAnomaly[],
  ) {
    for (const one of found.filter(({ onlyEnds }) => onlyEnds)) {
      await knex('anomalies')
        .where({ id: anomalyIdOf(subjectId, one), stage: 'note' })
        .delete();
    }
  }

  /** What would not be said any more, now that more is known. */
  async #withdraw(
    knex: Knex.Transaction,
    { subject, found, judgedSince }: SubjectVerdict,
  ): Promise<boolean> {
    const ids = new Set(found.map(one => anomalyIdOf(subject.id, one)));
    const said: string[] = await knex('anomalies')
      .where({ subject_id: subject.id })
      .where('at', '>', judgedSince)
      .pluck('id');
    const gone = said.filter(id => !ids.has(id));
    for (let start = 0; start < gone.length; start += 500) {
      await knex('anomalies')
        .whereIn('id', gone.slice(start, start + 500))
        .delete();
    }
    return gone.length > 0;
  }
}
