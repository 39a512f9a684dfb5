import { parseEntityRef } from '@backstage/catalog-model';
import { Evidence } from '@ci-medic/detection';
import { isPackageOf } from '@ci-medic/diagnosis';
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

type NamedPackage = SuspectedIncident['packages'][number];

const NEAR_MS = 30 * 60_000;
const HOUR_MS = 3_600_000;
const LONGEST_RANGE_MS = 14 * 24 * HOUR_MS;
const MOST_SUSPECTS = 30;

/**
 * Entities upstream in the catalog that released or had an incident between the last pass and the first failure, or of
 * which the failure names the package, the nearest first.
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
      const named = packageOf(entity, incident);
      return own.length > 0 || named
        ? [suspectOf(entity, { events: own, named }, incident)]
        : [];
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

/** What is upstream breaks more often than it makes slower. */
const SELDOM: Evidence = {
  ...{ name: 'custom', weight: -2.5 },
  text: 'what is upstream seldom makes builds slower',
};

/** The package that the failure names and that is called as the entity is, whatever is before it. */
function packageOf(
  { entityRef }: UpstreamEntity,
  { packages }: SuspectedIncident,
): NamedPackage | undefined {
  const { name } = parseEntityRef(entityRef);
  return packages.find(one => isPackageOf(one.name, name));
}

function suspectOf(
  { entityRef, steps }: UpstreamEntity,
  known: { events: UpstreamEvent[]; named?: NamedPackage },
  incident: SuspectedIncident,
): SuspectCandidate {
  const { events, named } = known;
  const release = events.find(({ kind }) => kind === 'release');
  const trouble = events.find(({ kind }) => kind === 'incident');
  const shown = release ?? trouble;
  const { name } = parseEntityRef(entityRef);
  const line = named?.line ?? lineThatNames(name, incident);
  const failed = Date.parse(incident.firstFail.at);
  const isNear = shown && failed - Date.parse(shown.at) <= NEAR_MS;
  const { dependency } = incident.probabilities;
  const isFigure = incident.subject === 'figure';
  const evidence: Evidence[] = [
    ...(isFigure ? [SELDOM] : []),
    ...(release ? [{ name: 'upstream_release' as const, value: steps }] : []),
    ...(trouble ? [{ name: 'upstream_incident' as const, value: steps }] : []),
    ...(line !== undefined
      ? [
          {
            name: 'package_in_log' as const,
            text: `the failure names \`${
              named?.name ?? name
            }\` in line ${line.toLocaleString('en')}`,
          },
        ]
      : []),
    ...(isNear && !isFigure ? [{ name: 'event_near' as const }] : []),
    ...(dependency !== undefined
      ? [{ name: 'diagnosed' as const, value: dependency }]
      : []),
  ];
  return {
    id: entityRef,
    kind: 'upstream',
    title: titleOf(name, release, trouble),
    evidence,
    incidentId: trouble?.incidentId,
    shown: { entityRef, at: shown?.at, url: shown?.url },
  };
}

function titleOf(
  name: string,
  release: UpstreamEvent | undefined,
  trouble: UpstreamEvent | undefined,
): string {
  if (release) {
    return `${name}: ${release.title}`;
  }
  return trouble
    ? `${name} has an incident`
    : `${name}, of which no release is known`;
}
