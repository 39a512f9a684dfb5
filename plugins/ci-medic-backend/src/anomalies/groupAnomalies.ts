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

/**
 * Puts anomalies together that are one event. A group keeps its id while more is found of it.
 */
export function groupAnomalies(anomalies: OpenAnomaly[]): AnomalyGroup[] {
  const known = new Map(anomalies.map(one => [one.id, one]));
  const groups = groupFindings(
    anomalies.map(({ id, subject, projectId, body }) => ({
      key: id,
      finding: body.finding,
      series: nameOf(subject),
      repository: projectId,
      pipeline: subject.pipelineId,
      runnerPool: subject.runnerClass,
    })),
  );
  return groups.map(({ id, keys, reason, sentence }) => {
    const members = keys.map(key => known.get(key)!);
    const before = members.flatMap(({ groupId }) => groupId ?? []).sort();
    return { id: before[0] ?? id, reason, members, sentence };
  });
}
