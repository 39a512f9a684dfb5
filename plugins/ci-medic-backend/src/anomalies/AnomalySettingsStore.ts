import { InputError } from '@backstage/errors';
import {
  AnomalySetting,
  AnomalySettings,
  SeriesMetric,
} from '@ci-medic/plugin-ci-medic-common';
import { Knex } from 'knex';
import { CiMedicDatabase, readJson, readText, readTime } from '../database';
import { defaultSettings } from './settingRules';

/**
 * What people want to hear of the metrics of their entities.
 */
export class AnomalySettingsStore {
  readonly #database: CiMedicDatabase;

  constructor(options: { database: CiMedicDatabase }) {
    this.#database = options.database;
  }

  async list(entityRef: string): Promise<AnomalySettings> {
    const rows = await this.#database
      .knex('anomaly_settings')
      .where({ entity_ref: entityRef });
    return {
      items: defaultSettings.map(standard => {
        const row = rows.find(({ metric }) => metric === standard.metric);
        return {
          ...standard,
          ...readJson<AnomalySetting>(row?.body),
          isDefault: row === undefined,
          changedBy: readText(row?.changed_by),
          changedAt: readTime(row?.changed_at),
        };
      }),
    };
  }

  /**
   * @throws InputError for a metric that is not judged
   */
  async save(
    entityRef: string,
    setting: AnomalySetting,
    changedBy?: string,
  ): Promise<void> {
    const { metric, mode, leastChange, certainty } = setting;
    if (!defaultSettings.some(standard => standard.metric === metric)) {
      throw new InputError(`The metric ${metric} is not judged`);
    }
    await this.#database
      .knex('anomaly_settings')
      .insert({
        entity_ref: entityRef,
        metric,
        body: JSON.stringify({ metric, mode, leastChange, certainty }),
        changed_by: changedBy ?? null,
        changed_at: this.#database.nowExpression(),
      })
      .onConflict(['entity_ref', 'metric'])
      .merge();
  }

  /** The settings of some entities for a metric; at least the one that holds by default. */
  async of(
    knex: Knex,
    entityRefs: string[],
    metric: SeriesMetric,
  ): Promise<AnomalySetting[]> {
    const standard = defaultSettings.find(one => one.metric === metric)!;
    const rows = await knex('anomaly_settings')
      .whereIn('entity_ref', entityRefs)
      .where({ metric })
      .select('body');
    const own = rows.map(({ body }) => readJson<AnomalySetting>(body)!);
    return own.length < entityRefs.length || own.length === 0
      ? [...own, standard]
      : own;
  }
}
