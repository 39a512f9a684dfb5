import { Run } from '../../world/model';
import { ApiProblem } from '../ApiProblem';
import { ApiRequest } from '../ApiRoute';

type Query = ApiRequest['query'];

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Which runs a list shall have, by GitHub's parameters `actor`, `branch`,
 * `event`, `status` (which may be a conclusion), `created` and `head_sha`.
 */
export function runFilter(query: Query): (run: Run) => boolean {
  const { actor, branch, event, status, head_sha: sha, created } = query;
  const fitsTime = created ? createdFilter(created) : () => true;
  return run => {
    const latest = run.attempts.at(-1)!;
    return (
      (!actor || run.actor.toLowerCase() === actor.toLowerCase()) &&
      (!branch || run.branch === branch) &&
      (!event || run.event === event) &&
      (!sha || run.sha === sha) &&
      (!status || latest.status === status || latest.conclusion === status) &&
      fitsTime(run.attempts[0].createdAt)
    );
  };
}

/** Whether a list is filtered; then only the first 1,000 can be reached. */
export function isFiltered(query: Query): boolean {
  const { actor, branch, event, status, head_sha: sha, created } = query;
  return Boolean(actor || branch || event || status || sha || created);
}

/**
 * GitHub's syntax for dates in searches: `2026-01-31`, `>=…`, `<…`, `A..B`,
 * `*..B`, days or times.
 */
function createdFilter(text: string): (time: number) => boolean {
  const [from, to] = text.split('..');
  if (to !== undefined) {
    const start = from === '*' ? -Infinity : timeOf(from).start;
    const end = to === '*' ? Infinity : timeOf(to).end;
    return time => time >= start && time < end;
  }
  const [, operator, value] = /^(>=|<=|>|<)?(.+)$/.exec(text) ?? [];
  const { start, end } = timeOf(value ?? text);
  switch (operator) {
    case '>=':
      return time => time >= start;
    case '>':
      return time => time >= end;
    case '<=':
      return time => time < end;
    case '<':
      return time => time < start;
    default:
      return time => time >= start && time < end;
  }
}

/** A day is all of it, a time its second. */
function timeOf(text: string): { start: number; end: number } {
  const start = Date.parse(text);
  if (Number.isNaN(start)) {
    throw new ApiProblem(422, `Validation Failed: created: ${text}`);
  }
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  return { start, end: start + (isDay ? DAY_MS : 1000) };
}
