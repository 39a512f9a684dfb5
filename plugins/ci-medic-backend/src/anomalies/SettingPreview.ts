import {
  AnomalyPreview,
  AnomalySetting,
} from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase, readNumber } from '../database';
import { presentAnomaly } from './AnomalyReader';
import { OpenAnomaly, readAnomaly, selectAnomalies } from './OpenAnomaly';
import { AnomalyConfig } from './readAnomalyConfig';
import { hiddenBy, quietBecause } from './settingRules';

const DAYS = 90;
const DAY_MS = 24 * 3_600_000;
const MOST_ITEMS = 20;

/**
 * Says what a setting would have shown and told in the last 90 days, from what was really found then.
 */
export class SettingPreview {
  readonly #database: CiMedicDatabase;
  readonly #config: AnomalyConfig;

  constructor(options: { database: CiMedicDatabase; config: AnomalyConfig }) {
    this.#database = options.database;
    this.#config = options.config;
  }

  async preview(
    entityRef: string,
    setting: AnomalySetting,
    now: AnomalySetting,
  ): Promise<AnomalyPreview> {
    const { knex } = this.#database;
    const since = (await this.#database.now()) - DAYS * DAY_MS;
    const { metric } = setting;
    const rows = await selectAnomalies(knex)
      .where('anomalies.metric', metric)
      .where('anomalies.at', '>=', since)
      .where(builder =>
        builder
          .where('series_subjects.entity_ref', entityRef)
          .orWhereExists(
            knex('run_entities')
              .where({ entity_ref: entityRef })
              .whereRaw('run_entities.run_id = anomalies.began_run')
              .select('run_id'),
          ),
      )
      .orderBy('anomalies.at', 'desc');
    const anomalies = rows.map(row => ({
      anomaly: readAnomaly(row),
      stage: row.stage,
    }));
    const shown = anomalies.filter(
      ({ anomaly }) => hiddenBy(setting, anomaly.body.finding) === undefined,
    );
    const looked = await knex('series_points')
      .where('at', '>=', since)
      .whereNotNull(metric)
      .where(builder =>
        builder
          .whereIn(
            'subject_id',
            knex('series_subjects')
              .where({ entity_ref: entityRef })
              .select('id'),
          )
          .orWhereExists(
            knex('run_entities')
              .where({ entity_ref: entityRef })
              .whereRaw('run_entities.run_id = series_points.run_id')
              .select('run_id'),
          ),
      )
      .countDistinct<any[]>({ series: 'subject_id' })
      .count({ points: '*' })
      .first();
    const all = anomalies.map(({ anomaly }) => anomaly);
    return {
      days: DAYS,
      series: readNumber(looked?.series) ?? 0,
      points: readNumber(looked?.points) ?? 0,
      shown: shown.length,
      told: this.#told(all, setting),
      now: {
        shown: all.filter(
          ({ body }) => hiddenBy(now, body.finding) === undefined,
        ).length,
        told: this.#told(all, now),
      },
      items: shown
        .slice(0, MOST_ITEMS)
        .map(({ anomaly, stage }) => presentAnomaly(anomaly, stage)),
    };
  }

  /** With the daily budget, as if this metric were the only one. */
  #told(newestFirst: OpenAnomaly[], setting: AnomalySetting): number {
    const days = new Map<number, number>();
    for (const { metric, subject, at, body } of newestFirst) {
      const { finding } = body;
      const { branchClass, kind } = subject;
      // What went away was confirmed before.
      const confirmed = { ...finding, stage: stageOf(finding.stage) };
      const tellable = { finding: confirmed, metric, branchClass };
      const isTold =
        kind !== 'source' &&
        quietBecause(tellable, setting, finding) === undefined;
      if (isTold) {
        const day = Math.floor(at / DAY_MS);
        const count = (days.get(day) ?? 0) + 1;
        days.set(day, Math.min(count, this.#config.dailyBudget));
      }
    }
    return [...days.values()].reduce((sum, count) => sum + count, 0);
  }
}

function stageOf(stage: 'note' | 'alert' | 'went_away') {
  return stage === 'went_away' ? ('alert' as const) : stage;
}
