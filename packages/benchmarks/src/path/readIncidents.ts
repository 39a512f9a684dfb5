import { Cause, Simulator } from '@ci-medic/ci-simulator';
import {
  Diagnosis,
  IncidentDetail,
  Occurrence,
  RootCause,
} from '@ci-medic/plugin-ci-medic-common';
import { ReadOrganisation } from '../series/readOrganisation';
import { incidentsOf } from '../series/incidentsOf';

/** An incident, what was said of it, and what was really the matter. */
export type JudgedIncident = {
  incident: IncidentDetail;
  diagnosis?: Diagnosis;
  rootCause?: RootCause;
  /** Of its first failed job: the one that shows. */
  cause?: Cause;
  /**
   * Of the failure of which the suspects are: when an incident came back, that is the first one since. The same test may
   * have been broken again by something else.
   */
  suspected?: Cause;
  /** Of the commit that brought it. */
  guiltyTitle?: string;
};

/** All incidents of an organisation with the hidden truth beside them. */
export async function readIncidents({
  simulator,
  backend: { client },
  repositories,
}: ReadOrganisation): Promise<JudgedIncident[]> {
  const judged: JudgedIncident[] = [];
  for (const { id: incidentId } of await incidentsOf(
    client,
    repositories.values(),
  )) {
    const incident = await client.getIncident({ incidentId });
    const { diagnosis } = await client.getDiagnosis({ incidentId });
    const { rootCause } = await client.getCause({ incidentId });
    const numberOf = async (runId: string) =>
      Number((await client.getRun({ runId })).run.externalId);
    const causeIn = (occurrences: Occurrence[]) =>
      causeOf(occurrences, simulator, numberOf);
    const { occurrences } = incident;
    const firstFail = rootCause?.range?.firstFail.runId;
    const sinceThen = occurrences.filter(each => each.runId === firstFail);
    const cause = await causeIn(occurrences);
    const suspected = (await causeIn(sinceThen)) ?? cause;
    judged.push({
      ...{ incident, diagnosis, rootCause, cause, suspected },
      guiltyTitle: titleOf(suspected, simulator),
    });
  }
  return judged;
}

function titleOf(cause: Cause | undefined, { world }: Simulator) {
  const { repository = '/', sha = '' } = cause?.commit ?? {};
  const [owner, name] = repository.split('/');
  const { message } = world.repository(owner, name)?.commits.get(sha) ?? {};
  return message?.split('\n', 1)[0];
}

async function causeOf(
  occurrences: Occurrence[],
  simulator: Simulator,
  numberOf: (runId: string) => Promise<number>,
): Promise<Cause | undefined> {
  const first = [...occurrences].sort((left, right) =>
    left.at < right.at ? -1 : 1,
  )[0];
  if (!first) {
    return undefined;
  }
  const truth = simulator.truth!;
  const run = await numberOf(first.runId);
  const job = truth
    .ofRun(run)
    .find(
      ({ attempt, jobName }) =>
        attempt === first.attempt && jobName === first.jobName,
    );
  return job?.causes[0] === undefined ? undefined : truth.cause(job.causes[0]);
}
