import {
  DurationInsight,
  FailureCategory,
  failureCategorySchema,
  InsightPeriod,
  Loss,
  RedPeriod,
  wilsonInterval,
} from '@ci-medic/plugin-ci-medic-common';
import { describeDurations } from './describeDurations';
import { DurationSketch } from './DurationSketch';
import { CauseLoss, InsightDay } from './InsightDay';
import { costOf, InsightsConfig } from './InsightsConfig';
import { KnownCauses } from './readCauses';

const DAY_MS = 86_400_000;

/** A stored day of an entity. */
export type DatedDay = { entityRef: string; day: number; body: InsightDay };

/** Days of entities, added up. Sums of parts can be added up again. */
export class PeriodSum {
  readonly #causes: KnownCauses;
  readonly #config: InsightsConfig;
  readonly #queue = new DurationSketch();
  readonly #losses = new Map<FailureCategory, Loss>();
  #runs = 0;
  #failed = 0;
  #verdicts = 0;
  #flips = 0;
  #runnerMs = 0;

  constructor(options: { causes: KnownCauses; config: InsightsConfig }) {
    this.#causes = options.causes;
    this.#config = options.config;
  }

  add(body: InsightDay): void {
    this.#runs += body.runs;
    this.#failed += body.failed;
    this.#verdicts += body.verdicts;
    this.#flips += body.flips;
    this.#runnerMs += sumOf(body.runnerMs);
    this.#queue.merge(body.queue);
    for (const incidentId of Object.keys(body.causes)) {
      this.#lose(
        this.#causes.get(incidentId)?.category ?? 'unknown',
        body.causes[incidentId],
      );
    }
  }

  merge(other: PeriodSum): void {
    this.#runs += other.#runs;
    this.#failed += other.#failed;
    this.#verdicts += other.#verdicts;
    this.#flips += other.#flips;
    this.#runnerMs += other.#runnerMs;
    this.#queue.mergeAll(other.#queue);
    for (const [category, loss] of other.#losses) {
      const sum = this.#lossOf(category);
      sum.failures += loss.failures;
      sum.runnerMinutes += loss.runnerMinutes;
      sum.developerMinutes += loss.developerMinutes;
      sum.cost += loss.cost;
    }
  }

  /**
   * @param options.from - first day, since the epoch
   * @param options.to - the day after the last
   * @param options.periods - those that began within
   */
  describe(options: {
    from: number;
    to: number;
    periods: RedPeriod[];
  }): InsightPeriod {
    const { from, to, periods } = options;
    const [runs, failed] = [this.#runs, this.#failed];
    const ended = (kind: RedPeriod['kind']): DurationInsight | undefined =>
      describeDurations(
        periods
          .filter(period => period.kind === kind && period.endedAt)
          .map(({ durationMs }) => durationMs),
      );
    return {
      from: new Date(from * DAY_MS).toISOString(),
      to: new Date(to * DAY_MS).toISOString(),
      ...{ runs, failed },
      timeToGreen: ended('main'),
      deploymentRecovery: ended('deployment'),
      successRate: runs > 0 ? wilsonInterval(runs - failed, runs) : undefined,
      flakyRate:
        this.#verdicts > 0
          ? wilsonInterval(this.#flips, this.#verdicts)
          : undefined,
      queue: this.#queue.describe(),
      runnerMinutes: this.#runnerMs / 60_000,
      losses: failureCategorySchema.options.flatMap(
        category => this.#losses.get(category) ?? [],
      ),
    };
  }

  #lose(category: FailureCategory, lost: CauseLoss): void {
    const config = this.#config;
    const minutes = lost.looks * config.developerMinutesPerFailure;
    const loss = this.#lossOf(category);
    loss.failures += lost.failures;
    loss.runnerMinutes += sumOf(lost.runnerMs) / 60_000;
    loss.developerMinutes += minutes;
    loss.cost +=
      costOf(config, lost.runnerMs) +
      (minutes / 60) * config.developerPricePerHour;
  }

  #lossOf(category: FailureCategory): Loss {
    let loss = this.#losses.get(category);
    if (!loss) {
      loss = {
        category,
        ...{ failures: 0, runnerMinutes: 0, developerMinutes: 0, cost: 0 },
      };
      this.#losses.set(category, loss);
    }
    return loss;
  }
}

/** Sum over all names. */
export function sumOf(sums: Record<string, number>): number {
  let sum = 0;
  for (const name of Object.keys(sums)) {
    sum += sums[name];
  }
  return sum;
}
