import { setTimeout as sleep } from 'timers/promises';
import { Simulator } from '../Simulator';
import { RunSummary } from '../server/describeRuns';

const PAUSE_MS = 1000;
const PATIENCE_MS = 5 * 60_000;

/**
 * Sends what happened in the newest run of each repository, or in all runs, the
 * oldest first. The receiver may start later than this server: until it takes
 * the first delivery, that one is repeated.
 */
export async function deliverAtStart(options: {
  simulator: Simulator;
  which: 'newest' | 'all';
  signal: AbortSignal;
}): Promise<void> {
  const { simulator, which, signal } = options;
  const runs = simulator.runs();
  const chosen = which === 'all' ? runs : newestOfEach(runs);
  const [first, ...others] = chosen.reverse();
  if (!first || !(await deliverFirst(simulator, first, signal))) {
    return;
  }
  for (const run of others) {
    if (signal.aborted) {
      return;
    }
    await simulator.deliver({ run: run.id });
  }
}

async function deliverFirst(
  simulator: Simulator,
  run: RunSummary,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!signal.aborted && Date.now() < deadline) {
    const deliveries = await simulator.deliver({ run: run.id });
    const answers = deliveries.map(({ attempts }) => attempts[0].status ?? 0);
    if (answers.every(status => status >= 200 && status < 300)) {
      return true;
    }
    await sleep(PAUSE_MS, undefined, { signal, ref: false }).catch(() => {});
  }
  return false;
}

function newestOfEach(runs: RunSummary[]): RunSummary[] {
  const seen = new Set<string>();
  return runs.filter(({ repository }) => {
    const isNew = !seen.has(repository);
    seen.add(repository);
    return isNew;
  });
}
