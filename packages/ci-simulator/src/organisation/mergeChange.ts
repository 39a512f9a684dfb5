import { Commit, Run } from '../world/model';
import { ServiceState } from './ServiceState';

/**
 * Squashes the commits of a pull request into one on main, as GitHub does.
 * Returns nothing where it was merged already or has newer commits.
 */
export function mergeChange(
  service: ServiceState,
  run: Run,
  at: number,
): Commit | undefined {
  const [{ number }] = run.pullRequests;
  const { history, repository } = service;
  const pull = repository.pulls!.get(number)!;
  if (pull.mergedAt || pull.head.sha !== run.sha) {
    return undefined;
  }
  const head = repository.commits.get(run.sha)!;
  const paths = new Set<string>();
  let each: Commit | undefined = head;
  while (each && each.sha !== pull.base.sha) {
    each.files.forEach(({ path }) => paths.add(path));
    each = repository.commits.get(each.parents[0]);
  }
  const before = history.tip('main')!;
  const commit = history.commit({
    ...{ branch: 'main', author: head.author, at },
    message: `${pull.title} (#${number})`,
    edits: Object.fromEntries(
      [...paths].map(path => [path, history.text(run.sha, path)]),
    ),
  });
  mergeStates({ service, commit, before, run, base: pull.base.sha, at });
  Object.assign(pull, { mergedAt: at, mergeSha: commit.sha });
  history.branches.delete(pull.head.branch);
  return commit;
}

/** What is wrong with main and with the branch comes together. */
function mergeStates(options: {
  service: ServiceState;
  commit: Commit;
  before: string;
  run: Run;
  base: string;
  at: number;
}): void {
  const { service, commit, before, run, base, at } = options;
  const onMain = service.stateOf(before);
  const start = service.stateOf(base);
  const branch = service.stateOf(run.sha);
  const fixed = start.defects.filter(each => !branch.defects.includes(each));
  const brought = branch.defects.filter(each => !start.defects.includes(each));
  // What shows only together with the others comes to light on main.
  const hidden = service.hidden.get(run.sha);
  const fresh = [...brought, ...(hidden ? [hidden] : [])];
  const sha = commit.sha;
  service.states.set(sha, {
    defects: [
      ...onMain.defects.filter(each => !fixed.includes(each)),
      ...fresh.filter(each => !onMain.defects.includes(each)),
    ],
    pins: [...new Set([...onMain.pins, ...branch.pins])],
    slowness: [
      ...onMain.slowness,
      ...branch.slowness.filter(each => !start.slowness.includes(each)),
    ],
  });
  for (const { cause } of fresh) {
    cause.commit = { repository: service.slug, sha };
  }
  for (const { cause } of fixed) {
    cause.until = cause.until ?? at;
    cause.fix = cause.fix ?? { repository: service.slug, sha };
  }
}
