import { FindingGroup, groupFindings } from '@ci-medic/detection';
import { nameOf } from './JudgedSubject';
import { OpenAnomaly } from './OpenAnomaly';

/** Anomalies that are one event, the clearest first. */
export type AnomalyGroup = {
  id: string;
  reason: FindingGroup['reason'];
  members: OpenAnomaly[];
  sentence: string;
};

/** In the order in which commits were first built; undefined where they are not known. */
function commitsOf(
  { range }: OpenAnomaly['body'],
  seenAt: Map<string, number>,
): [first: number, last: number] | undefined {
  const first = seenAt.get(range?.first.commitSha ?? '');
  const last = seenAt.get(range?.last.commitSha ?? '');
  return first === undefined || last === undefined
    ? undefined
    : [Math.min(first, last), Math.max(first, last)];
}

/**
 * Puts anomalies together that are one event. A group keeps its id while more is found of it.
 *
 * @param seenAt - when each commit was first built, in epoch milliseconds
 */
export function groupAnomalies(
  anomalies: OpenAnomaly[],
  seenAt: Map<string, number> = new Map(),
): AnomalyGroup[] {
  const known = new Map(anomalies.map(one => [one.id, one]));
  const groups = groupFindings(
    anomalies.map(({ id, subject, projectId, body }) => ({
      key: id,
      finding: body.finding,
      series: nameOf(subject),
      repository: projectId,
      pipeline: subject.pipelineId,
      runnerPool: subject.runnerClass,
      commits: commitsOf(body, seenAt),
    })),
  );
  return groups.map(({ id, keys, reason, sentence }) => {
    const members = keys.map(key => known.get(key)!);
    const before = members.flatMap(({ groupId }) => groupId ?? []).sort();
    return { id: before[0] ?? id, reason, members, sentence };
  });
}
