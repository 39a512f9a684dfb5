import {
  CiMedicClient,
  RunDetail,
  Status,
} from '@ci-medic/plugin-ci-medic-common';
import { ArchiveReport, Simulator } from '@ci-medic/ci-simulator';
import { basename } from 'path';
import { setTimeout } from 'timers/promises';

/** What became of all archives. */
export type ReplayResult = {
  archives: number;
  /** Archives that are neither in an incident nor listed with a reason. */
  lost: number;
  runs: number;
  jobs: number;
  log_lines: number;
  megabytes: number;
  seconds: number;
  incidents: number;
  not_understood: { archive: string; reason: string }[];
};

const WAIT_MS = 100;

/**
 * Plays archives as webhooks into a backend, and looks through its API at what became of each.
 */
export class Replay {
  readonly #client: CiMedicClient;
  readonly #simulator: Simulator;

  constructor(options: { client: CiMedicClient; simulator: Simulator }) {
    this.#client = options.client;
    this.#simulator = options.simulator;
  }

  /** Waits until the backend knows all repositories. */
  async untilKnown(): Promise<void> {
    const slugs = this.#simulator.runs().map(({ repository }) => repository);
    const wanted = new Set(slugs).size;
    for (;;) {
      const status = await this.#status();
      if ((status?.providers[0]?.projects ?? 0) >= wanted) {
        return;
      }
      await setTimeout(WAIT_MS);
    }
  }

  async play(): Promise<ReplayResult> {
    const startedAt = performance.now();
    const refused = await this.#deliver();
    await this.#untilIdle();
    const seconds = (performance.now() - startedAt) / 1_000;
    const dead = await this.#client.listDeadLetters({ limit: 100 });
    const result: ReplayResult = {
      archives: this.#simulator.archives.length,
      ...{ lost: 0, runs: 0, jobs: 0, log_lines: 0, megabytes: 0 },
      seconds: Math.round(seconds * 10) / 10,
      incidents: 0,
      not_understood: dead.items.map(({ kind, key, reason }) => ({
        archive: `${kind} ${key}`,
        reason,
      })),
    };
    const incidents = new Set<string>();
    let bytes = 0;
    for (const report of this.#simulator.archives) {
      const archive = basename(report.archive);
      const details = await this.#runOf(report);
      const jobs = details.flatMap(detail => detail.jobs);
      const own = jobs.flatMap(({ incidentId }) => incidentId ?? []);
      own.forEach(id => incidents.add(id));
      result.runs += details.length;
      result.jobs += jobs.length;
      for (const { log } of jobs) {
        result.log_lines += log.lines ?? 0;
        bytes += log.bytes ?? 0;
      }
      const reasons = report.problem
        ? [report.problem]
        : refused.get(report.run!) ?? reasonsOf(details);
      if (own.length === 0 && reasons.length === 0) {
        result.lost++;
      } else if (reasons.length > 0) {
        const reason = reasons.join('; ');
        result.not_understood.push({ archive, reason });
      }
    }
    result.megabytes = Math.round(bytes / 1e5) / 10;
    result.incidents = incidents.size;
    return result;
  }

  /** Sends everything, as often as it takes. Returns what was refused, by run. */
  async #deliver(): Promise<Map<number, string[]>> {
    const refused = new Map<number, string[]>();
    for (const { id } of this.#simulator.runs()) {
      for (let delivery of await this.#simulator.deliver({ run: id })) {
        while (delivery.attempts.at(-1)!.status === 503) {
          await setTimeout(WAIT_MS);
          delivery = await this.#simulator.redeliver(delivery.id);
        }
        const { status, error } = delivery.attempts.at(-1)!;
        if (status !== 202) {
          refused.set(id, [`A delivery was answered ${status ?? error}`]);
        }
      }
    }
    return refused;
  }

  async #untilIdle(): Promise<void> {
    for (;;) {
      const status = await this.#status();
      const isBusy =
        !status ||
        status.deliveries.pending > 0 ||
        status.work.some(({ queued, running }) => queued + running > 0);
      if (!isBusy) {
        return;
      }
      await setTimeout(WAIT_MS);
    }
  }

  async #status(): Promise<Status | undefined> {
    try {
      return await this.#client.getStatus();
    } catch {
      return undefined;
    }
  }

  async #runOf({ repository, run }: ArchiveReport): Promise<RunDetail[]> {
    if (!repository) {
      return [];
    }
    const { items } = await this.#client.listRuns({
      entityRef: entityRefOf(repository),
      limit: 100,
    });
    return Promise.all(
      items
        .filter(({ externalId }) => externalId === String(run))
        .map(({ id }) => this.#client.getRun({ runId: id })),
    );
  }
}

/** The component that a repository is in the catalog. */
export function entityRefOf(repository: string): string {
  const name = repository.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 63);
  return `component:default/${name}`.toLowerCase();
}

/** Why an archive cannot be in an incident, or what of it could not be read. */
function reasonsOf(details: RunDetail[]): string[] {
  const jobs = details.flatMap(detail => detail.jobs);
  const unread = jobs
    .filter(({ conclusion }) => conclusion !== 'skipped')
    .filter(({ log }) => log.state !== 'stored')
    .map(({ name, log }) => `log of ${name}: ${log.reason ?? log.state}`);
  const isPassing =
    jobs.length > 0 && jobs.every(({ conclusion }) => conclusion === 'success');
  return [
    ...(isPassing ? ['none of its jobs failed'] : []),
    ...unread,
    ...details.flatMap(({ problems }) =>
      problems.map(({ subject, reason }) => `${subject}: ${reason}`),
    ),
  ];
}
