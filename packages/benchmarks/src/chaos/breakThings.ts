import { Simulator } from '@ci-medic/ci-simulator';

const MINUTE_MS = 60_000;
const MOST_MINUTES = 240;

/** What breaks, and what is done about it. Deployments come first: they take the longest to fail. */
const wanted = [
  { kind: 'bad_deployment', service: 'checkout', action: 'rollback' },
  { kind: 'bad_deployment', service: 'parcels', action: 'rollback' },
  { kind: 'disk_full', action: 'fresh-runner' },
  { kind: 'regression', service: 'identity', action: 'canary' },
  { kind: 'regression', service: 'pricing', action: 'canary' },
  { kind: 'flaky_test', service: 'notifications', action: 'rebuild' },
  { kind: 'flaky_test', service: 'storefront', action: 'rebuild' },
] as const;

/** A run that failed, and what people want done about it. */
export type Failure = { action: string; run: number; repository: string };

/** Actions that none of some failures is for. */
export function ungrantedOf(failures: { action: string }[]): string[] {
  const actions = new Set<string>(wanted.map(({ action }) => action));
  failures.forEach(({ action }) => actions.delete(action));
  return [...actions];
}

/** Brings what is wanted, and lets time pass until it shows. */
export function breakThings(simulator: Simulator): Failure[] {
  const failures: Failure[] = [];
  const open = new Map(
    wanted.map(({ action, ...what }) => [
      simulator.bring(what).id,
      action as string,
    ]),
  );
  for (let minute = 0; minute < MOST_MINUTES && open.size > 0; minute++) {
    simulator.timeline.advance(MINUTE_MS);
    for (const { causes, run, conclusion } of simulator.truth!.jobs()) {
      const action = open.get(causes[0]);
      const { repository, run: found } = simulator.world.run(run)!;
      const [newest] = [...found.attempts].reverse();
      if (action && conclusion === 'failure' && newest.conclusion) {
        open.delete(causes[0]);
        const { owner, name } = repository;
        failures.push({ action, run, repository: `${owner}/${name}` });
      }
    }
  }
  return failures;
}

/** Whether nobody was faster, and the action has something to act on, now that time stands still. */
export function canBeTreated(
  { world }: Simulator,
  { action, run }: Failure,
): boolean {
  const { repository, run: failed } = world.run(run)!;
  const { workflow, branch, attempts } = failed;
  const { runs, deployments = [], caches = [] } = repository;
  if (attempts.length > 1 || attempts[0].conclusion !== 'failure') {
    return false;
  }
  switch (action) {
    case 'rollback': {
      const production = deployments.filter(
        ({ environment }) => environment === 'production',
      );
      const isAtRest = runs
        .filter(each => each.workflow === workflow)
        .every(each => each.attempts.at(-1)!.status === 'completed');
      const isHealthy = ({ statuses }: (typeof production)[number]) =>
        statuses.some(({ state }) => state === 'success');
      return (
        isAtRest && production.at(-1)?.run === run && production.some(isHealthy)
      );
    }
    case 'rebuild':
      return caches.some(({ ref }) => ref === `refs/heads/${branch}`);
    default:
      return true;
  }
}
