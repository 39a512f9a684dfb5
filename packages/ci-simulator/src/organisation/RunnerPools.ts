import { chanceOf } from '../engine/random';
import { Timeline } from '../engine/Timeline';
import { Runner } from '../world/model';
import { stableId } from '../world/stableId';

/** A machine that runs jobs, one at a time. */
export type Machine = {
  id: number;
  name: string;
  pool: Pool;
  /** Clients may take and give them. */
  labels: Set<string>;
  /** Those that it has by itself. */
  fixed: string[];
  isBusy: boolean;
};

/** Machines of one kind. */
export type Pool = 'hosted' | 'farm';

/** What jobs of a pool ask for. */
export const poolLabels: Record<Pool, string[]> = {
  hosted: ['ubuntu-24.04'],
  farm: ['self-hosted', 'farm'],
};

type Waiting = {
  labels: string[];
  seed: string;
  granted(runner: Runner): void;
};

const WEEK_MS = 7 * 24 * 3_600_000;
/** A Monday, six in the morning: new images come on Mondays. */
const FIRST_IMAGE = Date.UTC(2024, 0, 1, 6);

/** Two pools of machines, and the jobs that wait for them. */
export class RunnerPools {
  readonly machines: Machine[];
  readonly #timeline: Timeline;
  #waiting: Waiting[] = [];

  private constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.machines = [
      ...Array.from({ length: 12 }, (_, index) =>
        machine(`hosted-${index + 1}`, 'hosted'),
      ),
      ...Array.from({ length: 7 }, (_, index) =>
        machine(`farm-0${index + 1}`, 'farm'),
      ),
    ];
  }

  static create(timeline: Timeline): RunnerPools {
    return new RunnerPools(timeline);
  }

  /** Finds a machine, now or when one is free. */
  acquire(
    labels: string[],
    seed: string,
    granted: (runner: Runner) => void,
  ): void {
    const delay = 1500 + 9000 * chanceOf('pickup', seed) ** 2;
    this.#timeline.after(delay, () => {
      this.#waiting.push({ labels, seed, granted });
      this.serve();
    });
  }

  release(name: string): void {
    const found = this.byName(name);
    if (found) {
      found.isBusy = false;
    }
    this.serve();
  }

  byName(name: string): Machine | undefined {
    return this.machines.find(each => each.name === name);
  }

  /** Gives machines to those who wait; after labels have changed too. */
  serve(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const job of waiting) {
      const free = this.machines.filter(
        each =>
          !each.isBusy && job.labels.every(label => each.labels.has(label)),
      );
      if (free.length === 0) {
        this.#waiting.push(job);
        continue;
      }
      const index = Math.floor(chanceOf('machine', job.seed) * free.length);
      const chosen = free[index];
      chosen.isBusy = true;
      job.granted({
        name: chosen.name,
        group: chosen.pool === 'farm' ? 'Build farm' : 'GitHub Actions',
        labels: job.labels,
      });
    }
  }
}

/** What a pool's machines were set up with at a time. */
export function imageAt(pool: Pool, time: number) {
  const week = Math.floor((time - FIRST_IMAGE) / WEEK_MS);
  const day = new Date(FIRST_IMAGE + week * WEEK_MS - 2 * 24 * 3_600_000);
  const number = Math.floor(chanceOf('image', pool, week) * 180) + 1;
  const date = day.toISOString().slice(0, 10).replaceAll('-', '');
  const name = pool === 'farm' ? 'farm-ubuntu-24.04' : 'ubuntu-24.04';
  return { name, version: `${date}.${number}.1` };
}

function machine(name: string, pool: Pool): Machine {
  const fixed =
    pool === 'farm' ? ['self-hosted', 'linux', 'x64'] : ['ubuntu-24.04'];
  const own = pool === 'farm' ? ['farm', name] : [];
  return {
    id: stableId(['runner', name], 6),
    ...{ name, pool, fixed, isBusy: false },
    labels: new Set([...fixed, ...own]),
  };
}
