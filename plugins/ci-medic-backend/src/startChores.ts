import { SchedulerService } from '@backstage/backend-plugin-api';
import { MovedTime } from '@ci-medic/plugin-ci-medic-node';
import { Chore } from './Intake';
import { WorkRunner } from './work';

/** A catalog fills while the backend starts; until then nobody should wait for the next reading. */
const STARTING_MS = 5 * 60_000;
const STARTING_EVERY_MS = 15_000;

/** Lets the scheduler do regularly what is to be done regularly. */
export async function scheduleChores(
  chores: Chore[],
  scheduler: SchedulerService,
): Promise<void> {
  const startedAt = Date.now();
  for (const { id, everyMs, run } of chores) {
    const isEager = id === 'catalog' && everyMs > STARTING_EVERY_MS;
    let ranAt = 0;
    await scheduler.scheduleTask({
      id: `ci-medic-${id}`,
      frequency: {
        milliseconds: isEager ? STARTING_EVERY_MS : everyMs,
      },
      initialDelay: { seconds: 2 },
      timeout: { minutes: 30 },
      fn: async () => {
        const now = Date.now();
        const isStarting = now - startedAt < STARTING_MS;
        if (!isEager || isStarting || now - ranAt >= everyMs) {
          ranAt = now;
          await run();
        }
      },
    });
  }
}

/** Does what is due each time that somebody has moved time. */
export function followTime(
  time: MovedTime,
  options: { chores: Chore[]; runner: Pick<WorkRunner, 'idle'> },
): void {
  const { chores, runner } = options;
  const ranAt = new Map<string, number>();
  time.attach(async () => {
    for (const { id, everyMs, run } of chores) {
      if (time.now() - (ranAt.get(id) ?? -Infinity) >= everyMs) {
        ranAt.set(id, time.now());
        await run();
      }
    }
    await runner.idle();
  });
}
