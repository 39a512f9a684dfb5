import { parseEntityRef } from '@backstage/catalog-model';
import { Evidence } from '@ci-medic/detection';
import {
  SuspectCandidate,
  SuspectedIncident,
  SuspectFindings,
  SuspectSource,
} from '@ci-medic/plugin-ci-medic-node';
import { UpstreamEvent, UpstreamEvents } from '../UpstreamEvents';
import { UpstreamEntity, UpstreamGraph } from '../UpstreamGraph';
import { lineThatNames } from './DependencySource';

type Options = {
  graph: UpstreamGraph;
  events: UpstreamEvents;
};

const NEAR_MS = 30 * 60_000;
const HOUR_MS = 3_600_000;
const LONGEST_RANGE_MS = 14 * 24 * HOUR_MS;
const MOST_SUSPECTS = 30;

/**
 * Entities upstream in the catalog that released or had an incident between the last pass and the first failure, the
 * nearest first.
 */
export class UpstreamSource implements SuspectSource {
  readonly id = 'upstream';
  readonly title = 'Upstream in the catalog';
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async collect(
    incident: SuspectedIncident,
    signal: AbortSignal,
  ): Promise<SuspectFindings> {
    const { graph, events } = this.#options;
    const { entities, isCut } = await graph.walk(incident.entityRefs, signal);
    if (entities.length === 0) {
      return { suspects: [] };
    }
    const to = Date.parse(incident.firstFail.at);
    // The job that passed had begun before: what came while it ran may have come too late for it.
    const since = incident.lastPass
      ? Date.parse(incident.lastPass.at) - HOUR_MS
      : to - 24 * HOUR_MS;
    const from = Math.max(since, to - LONGEST_RANGE_MS);
    const happened = await events.between(
      entities.map(({ entityRef }) => entityRef),
      from,
      to,
    );
    const suspects = entities.flatMap(entity => {
      const own = happened.filter(
        ({ entityRef, incidentId }) =>
          entityRef === entity.entityRef && incidentId !== incident.id,
      );
      return own.length > 0 ? [suspectOf(entity, own, incident)] : [];
    });
    return {
      suspects: suspects.slice(0, MOST_SUSPECTS),
      missing: isCut
        ? [
            {
              part: 'upstream',
              reason: `Only the nearest ${entities.length.toLocaleString(
                'en',
              )} entities upstream were looked at`,
            },
          ]
        : [],
    };
  }
}

function suspectOf(
  { entityRef, steps }: UpstreamEntity,
  events: UpstreamEvent[],
  incident: SuspectedIncident,
): SuspectCandidate {
  const release = events.find(({ kind }) => kind === 'release');
  const trouble = events.find(({ kind }) => kind === 'incident');
  const shown = release ?? trouble!;
  const { name } = parseEntityRef(entityRef);
  const line = lineThatNames(name, incident);
  const failed = Date.parse(incident.firstFail.at);
  const isNear = failed - Date.parse(shown.at) <= NEAR_MS;
  const { dependency } = incident.probabilities;
  const evidence: Evidence[] = [
    ...(release ? [{ name: 'upstream_release' as const, value: steps }] : []),
    ...(trouble ? [{ name: 'upstream_incident' as const, value: steps }] : []),
    ...(line !== undefined
      ? [
          {
            name: 'package_in_log' as const,
            text: `the failure names \`${name}\` in line ${line.toLocaleString(
              'en',
            )}`,
          },
        ]
      : []),
    ...(isNear ? [{ name: 'event_near' as const }] : []),
    ...(dependency !== undefined
      ? [{ name: 'diagnosed' as const, value: dependency }]
      : []),
  ];
  return {
    id: entityRef,
    kind: 'upstream',
    title: release ? `${name}: ${release.title}` : `${name} has an incident`,
    evidence,
    incidentId: trouble?.incidentId,
    shown: { entityRef, at: shown.at, url: shown.url },
  };
}
