import { Knex } from 'knex';
import { pointsOf, readJson, readNumber } from '../database';
import { DETECTION_VERSION } from './detectionVersion';
import { FoundAnomaly } from './FoundAnomaly';
import { JudgedSubject, rowOf } from './JudgedSubject';
import { judgeSubject, SubjectState } from './judgeSubject';
import {
  eventOrder,
  readEvents,
  readEventsBefore,
  SeriesEvent,
} from './SeriesEvent';

/** So many of the newest events may still change: logs come later, and people run again what failed. */
const FRESH = 60;
/** They are settled together, which is cheaper than one by one. */
const MOST_FRESH = 120;
/** As far back as findings reach. */
const EARLIER = 200;

/** Up to where the events of a subject are settled. */
type Settled = { at: number; runId: string; seq: number };

/** What came of judging a subject, ready to be stored. */
export type SubjectVerdict = {
  subject: JudgedSubject;
  found: FoundAnomaly[];
  /** Anomalies that were said later than this and are not among those found are withdrawn. */
  judgedSince: number;
  /** Present where more is settled now than before. */
  settled?: Settled & { state: SubjectState };
};

/**
 * Judges one subject: from where it was settled, or from its beginning when an event before that changed.
 */
export class SubjectJudge {
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  /**
   * @param since - time of the earliest event that changed
   */
  async judge(subject: JudgedSubject, since: number): Promise<SubjectVerdict> {
    const row = await this.#knex('series_judgements')
      .where({ subject_id: subject.id, version: DETECTION_VERSION })
      .first();
    const known: Settled | undefined = row && {
      at: readNumber(row.settled_at)!,
      runId: row.settled_run,
      seq: readNumber(row.settled_seq)!,
    };
    const from = known && since > known.at ? known : undefined;
    const state = from ? readJson<SubjectState>(row.state)! : {};
    const events = readEvents(await this.#after(subject, from), from?.seq ?? 0);
    const settling =
      events.length > MOST_FRESH ? events.slice(0, events.length - FRESH) : [];
    const last = settling[settling.length - 1];
    const judgement = judgeSubject({
      ...{ subject, state, settling },
      earlier: from ? await this.#before(subject, from) : [],
      fresh: events.slice(settling.length),
    });
    return {
      subject,
      found: judgement.found,
      judgedSince: from?.at ?? -1,
      ...(last && {
        settled: {
          ...{ at: last.at, runId: last.runId, seq: last.seq },
          state: judgement.state,
        },
      }),
      // Nothing of what was remembered holds, and there is little to remember.
      ...(!last && !from && known
        ? { settled: { at: -1, runId: '', seq: 0, state: {} } }
        : {}),
    };
  }

  async #after(
    subject: JudgedSubject,
    from: Settled | undefined,
  ): Promise<any[]> {
    const select = pointsOf(this.#knex, rowOf(subject)).orderBy(eventOrder);
    if (from) {
      select.whereRaw('(at, run_id) > (?, ?)', [from.at, from.runId]);
    }
    return select;
  }

  async #before(subject: JudgedSubject, from: Settled): Promise<SeriesEvent[]> {
    const rows = await pointsOf(this.#knex, rowOf(subject))
      .whereRaw('(at, run_id) <= (?, ?)', [from.at, from.runId])
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'run_id', order: 'desc' },
      ])
      .limit(EARLIER);
    return readEventsBefore(rows.reverse(), from.seq).reverse();
  }
}
