/** A failed job that belongs to the incident, or a passing run of a job that it struck. */
export type Sighting = {
  kind: 'failed' | 'passed';
  /** The job on its branch. */
  trackId: string;
  /** Sorts runs and attempts: what a later one says of a track counts more. */
  order: string;
  /** Epoch milliseconds. */
  at: number;
  jobId: string;
};

/** A state change of an incident. */
export type Transition = {
  kind: 'opened' | 'resolved' | 'reopened' | 'closed_stale';
  at: number;
  /** What caused it; absent when time did. */
  cause?: Sighting;
};

/** An incident that is not seen for so long is closed. */
export const STALE_MS = 14 * 24 * 3_600_000;

/**
 * Derives the state changes of an incident from everything that was seen, whatever order it became known in.
 *
 * @remarks
 *
 * An incident is open while some job that it struck has failed in its latest run. Sightings count in the order of their
 * times, but one of an older run never overrides one of a newer run of the same job: a rerun of an old commit says
 * nothing about the present one.
 */
export function foldTimeline(sightings: Sighting[], now: number): Transition[] {
  const transitions: Transition[] = [];
  const latest = new Map<string, string>();
  const failing = new Set<string>();
  let lastFailedAt = 0;
  const closeWhenStale = (at: number) => {
    if (failing.size > 0 && at - lastFailedAt > STALE_MS) {
      failing.clear();
      transitions.push({ kind: 'closed_stale', at: lastFailedAt + STALE_MS });
    }
  };
  for (const sighting of [...sightings].sort(inOrderOfTime)) {
    const { kind, trackId, order, at } = sighting;
    closeWhenStale(at);
    if (order < (latest.get(trackId) ?? '')) {
      continue;
    }
    latest.set(trackId, order);
    if (kind === 'failed') {
      if (failing.size === 0) {
        const isFirst = transitions.length === 0;
        transitions.push({
          kind: isFirst ? 'opened' : 'reopened',
          at,
          cause: sighting,
        });
      }
      failing.add(trackId);
      lastFailedAt = at;
    } else if (failing.delete(trackId) && failing.size === 0) {
      transitions.push({ kind: 'resolved', at, cause: sighting });
    }
  }
  closeWhenStale(now);
  return transitions;
}

function inOrderOfTime(left: Sighting, right: Sighting): number {
  return (
    left.at - right.at ||
    compare(left.order, right.order) ||
    compare(left.kind, right.kind) ||
    compare(left.jobId, right.jobId)
  );
}

function compare(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}
