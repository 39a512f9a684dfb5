import { CauseKey } from './causeKeys';

/** An incident with what it could have in common with others. */
export type CausedIncident = {
  id: string;
  /** When it began and when it was seen last, in epoch milliseconds. */
  from: number;
  last: number;
  keys: CauseKey[];
};

/** Where an incident belongs. */
export type Membership = { leaderId: string; reason: string };

/** Later than this after the last sight of the one, the other has a cause of its own. */
const APART_MS = 2 * 3_600_000;

/**
 * Folds incidents of one cause. Two belong together when they share a key and were there at the same time; the leader is
 * the one that others name as their cause, else the earliest. Incidents that stand alone have no membership.
 */
export function foldCauses(
  incidents: CausedIncident[],
): Map<string, Membership> {
  const parent = new Map(incidents.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    let root = id;
    while (parent.get(root) !== root) {
      root = parent.get(root)!;
    }
    parent.set(id, root);
    return root;
  };
  const reasons = new Map<string, string>();
  const blamed = new Set<string>();
  const byKey = new Map<string, [CausedIncident, CauseKey][]>();
  for (const incident of incidents) {
    for (const key of incident.keys) {
      byKey.set(key.key, [...(byKey.get(key.key) ?? []), [incident, key]]);
    }
  }
  for (const [key, sharing] of byKey) {
    sharing.sort(([left], [right]) => left.from - right.from);
    for (let index = 1; index < sharing.length; index++) {
      const [incident, { reason }] = sharing[index];
      const before = sharing
        .slice(0, index)
        .find(([other]) => overlaps(other, incident));
      if (before) {
        const [other, otherKey] = before;
        parent.set(rootOf(incident.id), rootOf(other.id));
        const isNamed = key === `incident:${other.id}`;
        const namesOther = key === `incident:${incident.id}`;
        if (isNamed || namesOther) {
          blamed.add(isNamed ? other.id : incident.id);
        }
        reasons.set(incident.id, reasons.get(incident.id) ?? reason);
        reasons.set(other.id, reasons.get(other.id) ?? otherKey.reason);
      }
    }
  }
  const groups = new Map<string, CausedIncident[]>();
  for (const incident of incidents) {
    const root = rootOf(incident.id);
    groups.set(root, [...(groups.get(root) ?? []), incident]);
  }
  const members = new Map<string, Membership>();
  for (const group of groups.values()) {
    const [leader, ...others] = [...group].sort(
      (left, right) =>
        Number(blamed.has(right.id)) - Number(blamed.has(left.id)) ||
        left.from - right.from ||
        (left.id < right.id ? -1 : 1),
    );
    for (const { id } of others) {
      members.set(id, {
        leaderId: leader.id,
        reason: reasons.get(id) ?? 'It has the same cause',
      });
    }
  }
  return members;
}

function overlaps(left: CausedIncident, right: CausedIncident): boolean {
  return (
    left.from <= right.last + APART_MS && right.from <= left.last + APART_MS
  );
}
