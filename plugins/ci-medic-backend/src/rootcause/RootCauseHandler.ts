import { ChangeFeed } from '../changes';
import { CiMedicDatabase, countFlips, stableId } from '../database';
import {
  alertsPlan,
  playbooksConsider,
  remediationPlan,
  diagnosisRun,
  rootcauseRun,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
  WorkTransaction,
} from '../work';
import { BlastRadii } from './BlastRadii';
import { causeGraph } from './causeGraph';
import { causeKeys } from './causeKeys';
import { ChangeCollector, CollectedChanges } from './ChangeCollector';
import { rankCauses } from './rankCauses';
import { RootCauseStore } from './RootCauseStore';
import { summarizeChanges } from './summarizeChanges';
import { IncidentToExplain, SuspectedIncidents } from './SuspectedIncidents';
import { UpstreamGraph } from './UpstreamGraph';

type Payload = { incidentId: string };

type Options = {
  database: CiMedicDatabase;
  changes: ChangeFeed;
  incidents: SuspectedIncidents;
  collector: ChangeCollector;
  graph: UpstreamGraph;
  store: RootCauseStore;
  radii: BlastRadii;
};

/** What follows once a cause is known. A kind belongs here as soon as there is a handler for it. */
const next = [alertsPlan, remediationPlan, playbooksConsider];

const SHORTEST_PAUSE_MS = 30_000;
const LONGEST_RETRY_MS = 24 * 3_600_000;

/**
 * Ranks what may have caused an incident, and finds others that have the same cause.
 */
export class RootCauseHandler implements WorkHandler<Payload> {
  readonly kind = rootcauseRun.kind;
  readonly schema = rootcauseRun.schema;
  readonly concurrency = 2;
  readonly leaseMs = 60_000;
  readonly maxAttempts = 10;

  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async run({ payload, signal }: WorkItem<Payload>): Promise<WorkResult> {
    const { database, incidents, store } = this.#options;
    const found = await incidents.find(payload.incidentId);
    if (!found) {
      return {};
    }
    const key = keyOf(found);
    const stored = await store.changes(payload.incidentId);
    const isKnown = stored && stored.key === key && !stored.isPartial;
    const collected = isKnown
      ? stored.collected
      : await this.#options.collector.collect(found.incident, signal);
    const { incident, range } = found;
    const isAnomaly = incident.subject === 'figure';
    const ranked = rankCauses({
      incident,
      changes: collected,
      // How jobs ended says nothing of a figure.
      outcomes: isAnomaly ? [] : await incidents.outcomes(incident.id, range),
      flips: isAnomaly
        ? { flips: 0, executions: 0 }
        : await countFlips(database.knex, { ...range, name: range.jobName }),
    });
    const graph = await this.#graph(found, ranked.suspects, signal);
    const cause = { ...ranked, ...(graph && { graph }) };
    // Where something failed, that is what people hear of: it is never folded under a figure.
    const keys = isAnomaly ? [] : this.#keys(found, collected, cause);
    const summary = summarizeChanges(collected);
    const isNews =
      JSON.stringify(summary) !== JSON.stringify(stored?.summary) &&
      summary !== undefined;
    return {
      write: async ({ knex, enqueue }) => {
        const { radii, changes } = this.#options;
        const exists = await knex('incidents')
          .where({ id: incident.id })
          .first('id');
        if (!exists) {
          return;
        }
        if (!isKnown) {
          await store.saveChanges(knex, incident.id, {
            ...{ key, collected, summary },
          });
        }
        const isChanged = await store.save(knex, cause);
        const from = Date.parse(incident.firstFail.at);
        const folded = await radii.update(knex, incident.id, keys, from);
        const told = new Set([...(isChanged ? [incident.id] : []), ...folded]);
        for (const incidentId of told) {
          changes.announceAfter(knex, 'ci-medic:incidents', incidentId);
          for (const work of isAnomaly ? [alertsPlan] : next) {
            await enqueue(workFor(work, { incidentId }));
          }
        }
        if (isNews) {
          await enqueue(workFor(diagnosisRun, { incidentId: incident.id }));
        }
        await this.#askAgain(collected, incident, { knex, enqueue });
      },
    };
  }

  async #graph(
    { incident }: IncidentToExplain,
    suspects: Parameters<typeof causeGraph>[1],
    signal: AbortSignal,
  ) {
    if (!suspects.some(({ entityRef }) => entityRef)) {
      return undefined;
    }
    const { entityRefs } = incident;
    const walk = await this.#options.graph.walk(entityRefs, signal);
    return causeGraph(entityRefs, suspects, walk.entities);
  }

  #keys(
    { incident, range, hosts }: IncidentToExplain,
    collected: CollectedChanges,
    rootCause: Parameters<typeof causeKeys>[0]['rootCause'],
  ) {
    const incidentOf = new Map(
      collected.suspects.map(({ id, incidentId }) => [id, incidentId]),
    );
    const { infrastructure = 0 } = incident.probabilities;
    return causeKeys({
      incidentId: incident.id,
      fingerprint: incident.fingerprint,
      projectId: range.projectId,
      rootCause,
      incidentOf: id => incidentOf.get(id),
      hosts: infrastructure >= 0.5 ? hosts : [],
    });
  }

  /** What did not answer is asked again while the incident is young. */
  async #askAgain(
    { retryAt }: CollectedChanges,
    incident: { id: string; firstFail: { at: string } },
    { knex, enqueue }: WorkTransaction,
  ) {
    const age =
      (await this.#options.database.now(knex)) -
      Date.parse(incident.firstFail.at);
    if (retryAt !== undefined && age < LONGEST_RETRY_MS) {
      const work = workFor(rootcauseRun, { incidentId: incident.id });
      const delayMs = Math.max(SHORTEST_PAUSE_MS, retryAt - Date.now());
      await enqueue({ ...work, delayMs });
    }
  }
}

/** What the sources answer from. Probabilities count roughly, so that small changes ask nobody. */
function keyOf({ incident, range }: IncidentToExplain): string {
  const { lastPass, firstFail, probabilities, entityRefs } = incident;
  const rough = Object.entries(probabilities).map(
    ([name, value]) => `${name}:${Math.round(10 * (value ?? 0))}`,
  );
  return stableId(
    ...[lastPass?.jobId ?? '', firstFail.jobId, range.latestJobId],
    ...[...entityRefs, ...rough.sort()],
  );
}
