import { formatTime } from '../series/Wording';
import { formatCount } from '../statistics/formatNumbers';
import { FindingGroup, GroupOptions, PlacedFinding } from './types';

type Link = Exclude<FindingGroup['reason'], 'alone'>;

const stages = { note: 0, went_away: 1, alert: 2 };

/** Sets that are joined one by one. */
class Joined {
  readonly #parents: number[];
  readonly #reasons: (Link | undefined)[];

  constructor(count: number) {
    this.#parents = Array.from({ length: count }, (_, index) => index);
    this.#reasons = new Array(count).fill(undefined);
  }

  find(index: number): number {
    let root = index;
    while (this.#parents[root] !== root) {
      this.#parents[root] = this.#parents[this.#parents[root]];
      root = this.#parents[root];
    }
    return root;
  }

  join(one: number, other: number, reason: Link) {
    const [a, b] = [this.find(one), this.find(other)];
    if (a !== b) {
      this.#parents[Math.max(a, b)] = Math.min(a, b);
      const root = Math.min(a, b);
      this.#reasons[root] = this.#reasons[a] ?? this.#reasons[b] ?? reason;
    }
  }

  reasonOf(index: number): Link | undefined {
    return this.#reasons[this.find(index)];
  }
}

function joinNeighbours(
  placed: PlacedFinding[],
  order: number[],
  keyOf: (one: PlacedFinding) => string | undefined,
  join: (earlier: number, later: number) => void,
) {
  const latest = new Map<string, number>();
  for (const index of order) {
    const key = keyOf(placed[index]);
    if (key !== undefined) {
      const earlier = latest.get(key);
      if (earlier !== undefined) {
        join(earlier, index);
      }
      latest.set(key, index);
    }
  }
}

/** Joins what began within a window on the same runners, or in many repositories, if enough repositories are touched. */
function joinTogether(
  placed: PlacedFinding[],
  order: number[],
  options: { within: number; repositories: number; sameWay: boolean },
  join: (earlier: number, later: number) => void,
) {
  const { within, repositories, sameWay } = options;
  const wayOf = (index: number) =>
    sameWay
      ? `${placed[index].finding.kind}:${placed[index].finding.direction}`
      : '';
  const groups = new Map<string, number[]>();
  for (const index of order) {
    const way = wayOf(index);
    groups.set(way, [...(groups.get(way) ?? []), index]);
  }
  for (const members of groups.values()) {
    const touched = new Map<string, number>();
    const touch = (index: number, by: number) => {
      const { repository } = placed[index];
      const count = (touched.get(repository) ?? 0) + by;
      if (count > 0) {
        touched.set(repository, count);
      } else {
        touched.delete(repository);
      }
    };
    let start = 0;
    let joinedTo = 0;
    for (let end = 0; end < members.length; end++) {
      const at = placed[members[end]].finding.began.at;
      touch(members[end], 1);
      while (at - placed[members[start]].finding.began.at > within) {
        touch(members[start], -1);
        start++;
      }
      if (touched.size >= repositories) {
        for (let next = Math.max(start, joinedTo) + 1; next <= end; next++) {
          join(members[next - 1], members[next]);
        }
        joinedTo = end;
      }
    }
  }
}

function sentenceOf(
  members: PlacedFinding[],
  reason: FindingGroup['reason'],
  began: [number, number],
): string {
  const [strongest] = members;
  if (reason === 'alone') {
    return strongest.finding.sentence;
  }
  const repositories = new Set(members.map(({ repository }) => repository));
  const why = {
    pipeline: `in ${strongest.pipeline ?? strongest.repository}`,
    commits: `in the same commits of ${strongest.repository}`,
    runner_pool: `on runner pool ${strongest.runnerPool}`,
    infrastructure: 'at the same time',
  }[reason];
  return `${formatCount(members.length, 'change')} in ${
    repositories.size === 1
      ? '1 repository'
      : `${repositories.size} repositories`
  } ${why}, from ${formatTime(began[0])} to ${formatTime(
    began[1],
  )}; the clearest: ${strongest.finding.sentence}`;
}

/**
 * Puts findings together that are one event: of one pipeline at one time, from the same commits, on the same runners, or
 * in many repositories at once. Pure and without state: give it the findings of the last day.
 *
 * @public
 */
export function groupFindings(
  placed: PlacedFinding[],
  options: GroupOptions = {},
): FindingGroup[] {
  const { within = 2 * 3_600_000, repositories = 3 } = options;
  const beganAt = (index: number) => placed[index].finding.began.at;
  const order = placed
    .map((_, index) => index)
    .sort(
      (one, other) =>
        beganAt(one) - beganAt(other) ||
        (placed[one].key < placed[other].key ? -1 : 1),
    );
  const joined = new Joined(placed.length);
  const near = (reason: Link) => (earlier: number, later: number) => {
    if (beganAt(later) - beganAt(earlier) <= within) {
      joined.join(earlier, later, reason);
    }
  };
  const pools = new Map<string, number[]>();
  for (const index of order) {
    const pool = placed[index].runnerPool;
    if (pool !== undefined) {
      pools.set(pool, [...(pools.get(pool) ?? []), index]);
    }
  }
  for (const members of pools.values()) {
    joinTogether(
      placed,
      members,
      { within, repositories: Math.min(2, repositories), sameWay: false },
      (one, other) => joined.join(one, other, 'runner_pool'),
    );
  }
  joinTogether(
    placed,
    order,
    { within, repositories, sameWay: true },
    (one, other) => joined.join(one, other, 'infrastructure'),
  );
  joinNeighbours(
    placed,
    order,
    ({ repository, pipeline }) =>
      pipeline === undefined ? undefined : `${repository}\n${pipeline}`,
    near('pipeline'),
  );
  const byCommit = new Map<string, number[]>();
  for (const index of order) {
    const { repository, commits } = placed[index];
    if (commits) {
      for (const other of byCommit.get(repository) ?? []) {
        const [first, last] = placed[other].commits!;
        if (commits[0] <= last && first <= commits[1]) {
          joined.join(other, index, 'commits');
        }
      }
      byCommit.set(repository, [...(byCommit.get(repository) ?? []), index]);
    }
  }
  const groups = new Map<number, number[]>();
  for (const index of order) {
    const root = joined.find(index);
    groups.set(root, [...(groups.get(root) ?? []), index]);
  }
  return [...groups.values()].map(indices => {
    const members = indices
      .map(index => placed[index])
      .sort(
        (one, other) =>
          stages[other.finding.stage] - stages[one.finding.stage] ||
          other.finding.score - one.finding.score,
      );
    const reason = joined.reasonOf(indices[0]) ?? 'alone';
    const began: [number, number] = [
      beganAt(indices[0]),
      beganAt(indices[indices.length - 1]),
    ];
    const [{ runnerPool }] = members;
    const first = placed[indices[0]];
    return {
      version: 1,
      id: first.key,
      reason,
      keys: members.map(member => member.key),
      repositories: [...new Set(members.map(({ repository }) => repository))],
      ...(reason === 'runner_pool' && { runnerPool }),
      began,
      sentence: sentenceOf(members, reason, began),
    };
  });
}
