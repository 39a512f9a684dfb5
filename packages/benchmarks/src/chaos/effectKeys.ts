import { LedgerEntry } from '@ci-medic/ci-simulator';

/** What happened, in words that a plan has as well. */
export function keysOf({
  action,
  repository,
  run,
  fromAttempt,
  details = {},
}: LedgerEntry): string[] {
  const { inputs, ref, runner, caches } = details as Record<string, any>;
  switch (action) {
    case 'dispatch':
      return [`${repository} dispatch ${inputs?.correlation_id}`];
    case 'create-ref':
    case 'delete-ref':
      return [`${repository} ${action} ${ref}`];
    case 'set-runner-labels':
      return [`${action} ${runner}`];
    case 'delete-cache':
      return caches.map(
        ({ key }: { key: string }) => `${repository} ${action} ${key}`,
      );
    default:
      return [`${repository} ${action} ${run} ${fromAttempt}`];
  }
}

/** What a remediation may do, in the order of its stages. */
export function plannedKeys(row: any): string[] {
  const { action, slug, id, external_id: run, attempt } = row;
  const parameters = JSON.parse(row.parameters);
  const rerun = `${slug} rerun-failed-jobs ${run} ${attempt}`;
  const dispatch = (part = '') => `${slug} dispatch ci-medic-${id}${part}`;
  switch (action) {
    case 'rollback':
      return [dispatch()];
    case 'fresh-runner':
      return [`set-runner-labels ${parameters.runner}`, rerun];
    case 'rebuild':
      return [
        ...parameters.caches.map(
          ({ key }: { key: string }) => `${slug} delete-cache ${key}`,
        ),
        rerun,
      ];
    case 'canary': {
      const sides = ['suspect', 'parent'];
      const ref = (side: string) => `refs/heads/${parameters.branch[side]}`;
      return [
        ...sides.map(side => `${slug} create-ref ${ref(side)}`),
        ...Array.from({ length: parameters.times }, (_, index) =>
          sides.map(side => dispatch(`-${side}-${index + 1}`)),
        ).flat(),
        ...sides.map(side => `${slug} delete-ref ${ref(side)}`),
      ];
    }
    default:
      return [rerun];
  }
}
