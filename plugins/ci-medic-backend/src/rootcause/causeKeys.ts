import { RootCause } from '@ci-medic/plugin-ci-medic-common';

/** By what an incident recognizes others of the same cause. */
export type CauseKey = { key: string; reason: string };

type Subject = {
  incidentId: string;
  fingerprint: string;
  projectId: string;
  rootCause: Pick<RootCause, 'suspects'>;
  /** The incident upstream that each suspect stands for, by the suspect's id. */
  incidentOf: (suspectId: string) => string | undefined;
  /** Hosts that could not be reached, when it is a failure of infrastructure. */
  hosts: string[];
};

/** An own change has to be more certain than a common one, which others confirm. */
const SURE = { own: 0.5, common: 0.25 };
const KEY_LENGTH = 255;
const MOST_KEYS = 12;

/** The likeliest suspect, the fingerprint and hosts that are away are what incidents can have in common. */
export function causeKeys(subject: Subject): CauseKey[] {
  const { incidentId, fingerprint, projectId, rootCause } = subject;
  const keys: CauseKey[] = [
    { key: `incident:${incidentId}`, reason: 'It is the cause of the others' },
  ];
  if (!fingerprint.startsWith('no-log:')) {
    keys.push({
      key: `fingerprint:${fingerprint}`,
      reason: 'The same failure in several repositories',
    });
  }
  const [first] = rootCause.suspects;
  if (first) {
    const { id, kind, title, probability, entityRef } = first;
    const least =
      kind === 'commit' || kind === 'workflow' ? SURE.own : SURE.common;
    if (probability >= least && entityRef) {
      // Without its name: who reads of one of them may not see it in the catalog.
      const incident = subject.incidentOf(id);
      const reason = 'All of them depend on what is most likely the cause';
      keys.push({ key: `upstream:${entityRef}`, reason });
      if (incident) {
        keys.push({
          key: `incident:${incident}`,
          reason: 'What it depends on has an incident of its own',
        });
      }
    } else if (probability >= least) {
      const isOwn = kind === 'commit' || kind === 'workflow';
      keys.push({
        key: isOwn ? `commit:${projectId}:${id}` : `${kind}:${id}`,
        reason: `The likeliest cause of each is: ${title}`,
      });
    }
  }
  for (const host of subject.hosts) {
    keys.push({ key: `host:${host}`, reason: `None of them reached ${host}` });
  }
  return keys.filter(({ key }) => key.length <= KEY_LENGTH).slice(0, MOST_KEYS);
}
