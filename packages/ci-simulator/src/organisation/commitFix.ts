import { Commit } from '../world/model';
import { Cause } from './causes';
import { personOf } from './makeChange';
import { dependencyFiles, sourcePath } from './serviceFiles';
import { ServiceState } from './ServiceState';

/** The last version of every library that is known to be good. */
const GOOD_VERSION = { range: '1.4.2', version: '1.4.2' };

/**
 * Takes a cause out of a branch: repairs what a commit broke or made slow, or
 * keeps a new version of a library out. Returns nothing where there is nothing
 * to do any more.
 */
export function commitFix(options: {
  service: ServiceState;
  branch: string;
  cause: Cause;
  author: string;
  at: number;
}): Commit | undefined {
  const { service, branch, cause, author, at } = options;
  const { history, plan } = service;
  const tip = history.tip(branch);
  const state = tip === undefined ? undefined : service.stateOf(tip);
  const isUpstream = cause.kind === 'upstream_release';
  const defect = state?.defects.find(each => each.cause === cause);
  const isSlow = state?.slowness.some(each => each.cause === cause);
  const isOpen = isUpstream && !state?.pins.includes(cause.id);
  if (!tip || !state || !(defect || isSlow || isOpen)) {
    return undefined;
  }
  const path = defect?.path ?? sourcePath(plan);
  const commit = history.commit({
    ...{ branch, at, author: personOf(author) },
    message: isUpstream
      ? `Keep ${plan.kit} at ${GOOD_VERSION.version}`
      : `${isSlow ? 'Speed up' : 'Repair'} ${path.split('/').at(-1)}`,
    edits: isUpstream
      ? dependencyFiles(plan, service.packages, GOOD_VERSION)
      : { [path]: repaired(history.text(tip, path) ?? '', path, cause) },
  });
  service.states.set(commit.sha, {
    defects: state.defects.filter(each => each.cause !== cause),
    pins: isUpstream ? [...state.pins, cause.id] : state.pins,
    slowness: state.slowness.filter(each => each.cause !== cause),
  });
  const main = service.stateOf(history.tip('main')!);
  const isOnMain = main.defects.some(each => each.cause === cause);
  if (!isUpstream && (branch === 'main' || !isOnMain)) {
    cause.until = at;
    cause.fix = { repository: service.slug, sha: commit.sha };
  }
  return commit;
}

/** The file without the line that broke it, or with one more. */
function repaired(text: string, path: string, cause: Cause): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const kept = lines.filter(line => !line.includes(`(${cause.id})`));
  if (kept.length < lines.length) {
    return `${kept.join('\n')}\n`;
  }
  if (path.endsWith('.json')) {
    return `${text.replace(/\n+$/, '')}\n`;
  }
  const isHash = /\.(?:py|ya?ml|toml|txt)$|Makefile/.test(path);
  const number = cause.id.split('-').at(-1);
  return `${text}${isHash ? '#' : '//'} Repaired what change ${number} did\n`;
}
