import { stringifyEntityRef } from '@backstage/catalog-model';
import { AlertActionKind } from '@ci-medic/plugin-ci-medic-common';
import { stableId } from '../database';
import {
  alertsPlan,
  alertsSend,
  workFor,
  WorkHandler,
  WorkItem,
  WorkResult,
} from '../work';
import { AlertConfig } from './AlertConfig';
import { AlertedIncident } from './AlertedIncident';
import { AlertFacts } from './AlertFacts';
import { WantedNote } from './AlertNoteStore';
import { AlertPorts, OpenPlan } from './AlertPorts';
import { AlertStore, WantedAlert } from './AlertStore';
import { ChannelRegistry } from './ChannelRegistry';
import { isHistory, isWorthTelling, scopeOf } from './chooseAlert';
import { composeMessage, composeNote } from './composeMessage';
import { OwnerDirectory } from './OwnerDirectory';
import { turnKeyOf } from './turnKeyOf';

type Payload = { incidentId: string };

type Options = {
  config: AlertConfig;
  facts: AlertFacts;
  alerts: AlertStore;
  channels: ChannelRegistry;
  owners: OwnerDirectory;
  ports: Pick<AlertPorts, 'rerunRefusal' | 'openPlan' | 'feedback'>;
  /** The lines that explain why a job failed, the most important first. */
  evidenceOf(jobId: string): Promise<string[]>;
  now(): Promise<number>;
};

type Place = {
  channel: string;
  destination: string;
  because: string;
  entityRefs: string[];
  isNewsworthy: boolean;
};

const MOST_NOTES = 50;

/**
 * Decides who hears what of an incident that changed.
 */
export class AlertPlanHandler implements WorkHandler<Payload> {
  readonly kind = alertsPlan.kind;
  readonly schema = alertsPlan.schema;
  readonly concurrency = 2;
  readonly leaseMs = 30_000;
  readonly maxAttempts = 10;

  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async run(item: WorkItem<Payload>): Promise<WorkResult> {
    const { alerts, config, facts, now } = this.#options;
    const incident = await facts.of(item.payload.incidentId);
    if (!incident || incident.entityRefs.length === 0) {
      return {};
    }
    const told = await alerts.toldAt(incident.id);
    if (told.size === 0 && isHistory(incident, config, await now())) {
      return {};
    }
    const wanted = await this.#wanted(incident, told);
    return {
      write: async ({ knex, enqueue }) => {
        for (const alertId of await alerts.want(knex, wanted)) {
          await enqueue(workFor(alertsSend, { alertId }));
        }
        if (incident.leader) {
          // It names what else its cause strikes.
          const leading = { incidentId: incident.leader.id };
          await enqueue(workFor(alertsPlan, leading));
        }
      },
    };
  }

  async #wanted(
    incident: AlertedIncident,
    told: Map<string, number>,
  ): Promise<WantedAlert[]> {
    const { evidenceOf } = this.#options;
    const elsewhere = await this.#toldOfCause(incident);
    const places = (await this.#places(incident)).map(place => ({
      ...place,
      // Where the cause is told, its consequences are no news.
      isNewsworthy: place.isNewsworthy && !elsewhere.has(keyOf(place)),
    }));
    if (places.length === 0) {
      return [];
    }
    const evidence = await evidenceOf(incident.latest.jobId);
    const canRerun = await this.#canRerun(incident);
    const plan = await this.#openPlan(incident);
    const canJudge = this.#options.ports.feedback !== undefined;
    const kinds = kindsOf(incident, { canRerun, canJudge, plan });
    return Promise.all(
      places.map(async ({ entityRefs, ...place }): Promise<WantedAlert> => {
        const { channel, destination } = place;
        const id = AlertStore.idOf(incident.id, channel, destination);
        // The owners of one entity are told of theirs.
        const theirs = { ...incident, entityRefs };
        return {
          ...place,
          incidentId: incident.id,
          turnKey: stableId(turnKeyOf(theirs, kinds, plan)),
          message: composeMessage(theirs, { evidence, canRerun, plan }),
          ...{ kinds, plan },
          toldAt: incident.latest.at,
          notes: await this.#notes(theirs, channel, told.get(id)),
        };
      }),
    );
  }

  /** Places in which the incident is or will be told of that caused this one. */
  async #toldOfCause({ leader }: AlertedIncident): Promise<Set<string>> {
    const { alerts, facts } = this.#options;
    const cause = leader && (await facts.of(leader.id));
    if (!cause) {
      return new Set();
    }
    const told = await alerts.toldAt(cause.id);
    const places = (await this.#places(cause)).filter(
      ({ channel, destination, isNewsworthy }) =>
        isNewsworthy ||
        told.has(AlertStore.idOf(cause.id, channel, destination)),
    );
    return new Set(places.map(keyOf));
  }

  /** What happened since the message was told first, for channels with threads. */
  async #notes(
    incident: AlertedIncident,
    channelId: string,
    after: number | undefined,
  ): Promise<WantedNote[] | undefined> {
    const { channels, facts } = this.#options;
    const hasThreads = channels
      .list()
      .some(channel => channel.id === channelId && channel.reply);
    const isFailing = incident.kind === 'failure' && !incident.leader;
    if (!hasThreads || after === undefined || !isFailing) {
      return undefined;
    }
    const { entityRefs, host } = incident;
    const failures = await facts.failuresSince(incident.id, {
      ...{ entityRefs, after, most: MOST_NOTES },
    });
    return failures.map(failure => ({
      key: failure.jobId,
      at: failure.at,
      note: composeNote(failure, host),
    }));
  }

  async #canRerun(incident: AlertedIncident): Promise<boolean> {
    const { kind, latest, remediation, state, leader } = incident;
    const isAskedFor =
      remediation?.runId === latest.runId &&
      remediation.attempt === latest.attempt &&
      !['superseded', 'expired', 'cancelled'].includes(remediation.state);
    if (kind !== 'failure' || state !== 'open' || leader || isAskedFor) {
      return false;
    }
    const { runId, attempt } = latest;
    const run = { incidentId: incident.id, runId, attempt };
    return !(await this.#options.ports.rerunRefusal(run));
  }

  async #openPlan(incident: AlertedIncident): Promise<OpenPlan | undefined> {
    const { id: incidentId, kind, latest, state, leader } = incident;
    const { runId, attempt } = latest;
    return kind !== 'failure' || state !== 'open' || leader
      ? undefined
      : this.#options.ports.openPlan({ incidentId, runId, attempt });
  }

  /** Every place once, with the entities for which it is told. */
  async #places(incident: AlertedIncident): Promise<Place[]> {
    const { config, channels, owners } = this.#options;
    const now = await this.#options.now();
    const places = new Map<string, Place>();
    for (const ref of incident.entityRefs) {
      const entity = await owners.entity(ref);
      if (!entity) {
        continue;
      }
      const { scope } = scopeOf(entity, config);
      const isNewsworthy = isWorthTelling({ incident, scope, config, now });
      const entityOwners = await owners.ownersOf(entity);
      for (const channel of channels.list()) {
        const found = channel.route({ entity, owners: entityOwners });
        for (const { destination, because } of found) {
          if (destination === undefined) {
            continue;
          }
          const key = keyOf({ channel: channel.id, destination });
          const before = places.get(key);
          const entityRefs = [
            ...(before?.entityRefs ?? []),
            stringifyEntityRef(entity),
          ];
          places.set(key, {
            channel: channel.id,
            destination,
            because: before?.because ?? because,
            entityRefs,
            isNewsworthy: isNewsworthy || (before?.isNewsworthy ?? false),
          });
        }
      }
    }
    return [...places.values()];
  }
}

function keyOf(place: { channel: string; destination: string }): string {
  return `${place.channel}|${place.destination}`;
}

/** Buttons that make sense as things stand. */
function kindsOf(
  { state, leader, diagnosis, feedback }: AlertedIncident,
  can: { canRerun: boolean; canJudge: boolean; plan?: OpenPlan },
): AlertActionKind[] {
  const { canRerun, canJudge, plan } = can;
  if (leader) {
    return [];
  }
  const isOpenToJudgement = canJudge && diagnosis && !feedback;
  return [
    ...(canRerun ? (['rerun'] as const) : []),
    ...(plan ? (['approve'] as const) : []),
    ...(isOpenToJudgement ? (['right', 'wrong'] as const) : []),
    ...(state === 'open' ? (['mute'] as const) : []),
  ];
}
