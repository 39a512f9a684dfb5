import {
  DurationStatistic,
  HealthPeriod,
  Pipeline,
  wilsonInterval,
} from '@ci-medic/plugin-ci-medic-common';
import { DateTime } from 'luxon';
import { CiMedicDatabase, readNumber, readText, readTime } from '../database';

/** A run by what its figures need: its latest attempt. */
type Outcome = {
  at: number;
  pipeline: string;
  branch?: string;
  counts: 'succeeded' | 'failed' | 'no';
  durationMs?: number;
  queueMs?: number;
};

export type HealthFigures = {
  current: HealthPeriod;
  previous: HealthPeriod;
  days: HealthPeriod[];
  pipelines: Pipeline[];
  branches: string[];
  updatedAt?: string;
};

const failing = ['failure', 'timed_out', 'startup_failure'];
const MOST_NAMES = 100;

/**
 * Figures of an entity's pipelines over a window that ends now, and over the window before it. Days begin at midnight of
 * the reader's zone, so that the first day of a window is a whole one.
 */
export class HealthReader {
  static create(options: { database: CiMedicDatabase }): HealthReader {
    return new HealthReader(options.database);
  }

  readonly #database: CiMedicDatabase;

  private constructor(database: CiMedicDatabase) {
    this.#database = database;
  }

  async read(query: {
    entityRef: string;
    days: number;
    timeZone: string;
    branch?: string;
    pipeline?: string;
  }): Promise<HealthFigures> {
    const { entityRef, days, timeZone, branch, pipeline } = query;
    const now = await this.#database.now();
    const end = DateTime.fromMillis(now, { zone: timeZone });
    const today = end.startOf('day');
    const start = today.minus({ days: days - 1 });
    const before = start.minus({ days });
    const { outcomes, pipelines, updatedAt } = await this.#outcomes(
      entityRef,
      before.toMillis(),
    );
    const wanted = outcomes.filter(
      outcome =>
        (branch === undefined || outcome.branch === branch) &&
        (pipeline === undefined || outcome.pipeline === pipeline),
    );
    const period = (from: DateTime, to: DateTime): HealthPeriod => ({
      from: from.toUTC().toISO()!,
      to: to.toUTC().toISO()!,
      ...figuresOf(
        wanted.filter(({ at }) => at >= from.toMillis() && at < to.toMillis()),
      ),
    });
    const after = end.plus({ milliseconds: 1 });
    return {
      current: period(start, after),
      previous: period(before, start),
      days: Array.from({ length: days }, (_, index) => {
        const day = start.plus({ days: index });
        return period(day, index === days - 1 ? after : day.plus({ days: 1 }));
      }),
      pipelines,
      branches: branchesOf(outcomes),
      updatedAt,
    };
  }

  async #outcomes(entityRef: string, since: number) {
    const { knex } = this.#database;
    const rows = await knex('run_entities')
      .join('runs', 'runs.run_id', 'run_entities.run_id')
      .where('run_entities.entity_ref', entityRef)
      .where('run_entities.created_at', '>=', since)
      .orderBy('runs.attempt')
      .select(
        'runs.run_id',
        'runs.created_at',
        'runs.pipeline_id',
        'runs.pipeline_name',
        'runs.pipeline_path',
        'runs.branch',
        'runs.conclusion',
        'runs.duration_ms',
        'runs.queue_ms',
        'runs.stored_at',
      );
    const latest = new Map(rows.map(row => [row.run_id, row]));
    const pipelines = new Map<string, Pipeline>();
    let storedAt: number | undefined;
    for (const row of latest.values()) {
      pipelines.set(row.pipeline_id, {
        id: row.pipeline_id,
        name: row.pipeline_name,
        path: readText(row.pipeline_path),
      });
      storedAt = Math.max(storedAt ?? 0, readNumber(row.stored_at)!);
    }
    return {
      outcomes: [...latest.values()].map(readOutcome),
      pipelines: [...pipelines.values()]
        .sort((left, right) => left.name.localeCompare(right.name, 'en'))
        .slice(0, MOST_NAMES),
      updatedAt: readTime(storedAt),
    };
  }
}

function readOutcome(row: any): Outcome {
  const isFailed = failing.includes(row.conclusion);
  const counts = row.conclusion === 'success' ? 'succeeded' : 'no';
  return {
    at: readNumber(row.created_at)!,
    pipeline: row.pipeline_name,
    branch: readText(row.branch),
    counts: isFailed ? 'failed' : counts,
    durationMs: readNumber(row.duration_ms),
    queueMs: readNumber(row.queue_ms),
  };
}

function figuresOf(outcomes: Outcome[]) {
  const counted = outcomes.filter(({ counts }) => counts !== 'no');
  const failed = counted.filter(({ counts }) => counts === 'failed').length;
  return {
    runs: counted.length,
    failed,
    successRate:
      counted.length > 0
        ? wilsonInterval(counted.length - failed, counted.length)
        : undefined,
    duration: statisticOf(counted.map(({ durationMs }) => durationMs)),
    queue: statisticOf(counted.map(({ queueMs }) => queueMs)),
  };
}

function statisticOf(
  values: (number | undefined)[],
): DurationStatistic | undefined {
  const sorted = values
    .filter((value): value is number => value !== undefined)
    .sort((left, right) => left - right);
  return sorted.length === 0
    ? undefined
    : {
        medianMs: quantile(sorted, 0.5),
        p90Ms: quantile(sorted, 0.9),
        n: sorted.length,
      };
}

/** Linear between the two nearest ranks: type 7 of Hyndman and Fan (1996). */
function quantile(sorted: number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}

/** Branches by how many runs they have, most first. */
function branchesOf(outcomes: Outcome[]): string[] {
  const counts = new Map<string, number>();
  for (const { branch } of outcomes) {
    if (branch !== undefined) {
      counts.set(branch, (counts.get(branch) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .slice(0, MOST_NAMES)
    .map(([branch]) => branch);
}
