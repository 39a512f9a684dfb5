import { Repository, Workflow } from '../world/model';

type Span = { size: number; from: number; to: number };

const commitSpans = new WeakMap<Map<string, unknown>, Span>();
const firstRuns = new WeakMap<Workflow, { size: number; at: number }>();

/** The times of a repository's oldest and newest commits; 0 without commits. */
export function commitSpan({ commits }: Repository): Span {
  const known = commitSpans.get(commits);
  if (known?.size === commits.size) {
    return known;
  }
  // Every answer and every webhook shows it: it is not counted each time.
  const span = { size: commits.size, from: Infinity, to: 0 };
  for (const { at } of commits.values()) {
    span.from = Math.min(span.from, at);
    span.to = Math.max(span.to, at);
  }
  span.from = Number.isFinite(span.from) ? span.from : 0;
  commitSpans.set(commits, span);
  return span;
}

/** When a workflow first ran; 0 where it never did. */
export function firstRunAt({ runs }: Repository, workflow: Workflow): number {
  const known = firstRuns.get(workflow);
  if (known?.size === runs.length) {
    return known.at;
  }
  const first = runs
    .filter(run => run.workflow === workflow)
    .reduce((at, run) => Math.min(at, run.attempts[0].createdAt), Infinity);
  const at = Number.isFinite(first) ? first : 0;
  firstRuns.set(workflow, { size: runs.length, at });
  return at;
}
