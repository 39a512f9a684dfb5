import { Evidence } from '@ci-medic/detection';
import {
  CiChanges,
  DependencyChange,
  SuspectCandidate,
  SuspectedIncident,
  SuspectFindings,
  SuspectSource,
} from '@ci-medic/plugin-ci-medic-node';
import { LockfileChanges } from '../LockfileChanges';

/** More than these are never suspects: those that the failure names come first. */
const MOST_SUSPECTS = 40;

/**
 * Packages of which the version changed between the last pass and the first failure: as the CI system compares them, else
 * by the lockfiles.
 */
export class DependencySource implements SuspectSource {
  readonly id = 'dependencies';
  readonly title = 'Dependency changes';
  readonly #changesOf: (provider: string) => CiChanges | undefined;

  constructor(options: { changesOf(provider: string): CiChanges | undefined }) {
    this.#changesOf = options.changesOf;
  }

  async collect(
    incident: SuspectedIncident,
    signal: AbortSignal,
  ): Promise<SuspectFindings> {
    const { project, lastPass, firstFail } = incident;
    const changes = this.#changesOf(project.provider);
    if (!changes || !lastPass || lastPass.sha === firstFail.sha) {
      return { suspects: [] };
    }
    const range = { base: lastPass.sha, head: firstFail.sha };
    const compared = await changes.compareDependencies({
      ...{ project, signal },
      ...range,
    });
    const { items, missing } = compared
      ? { items: compared, missing: [] }
      : await new LockfileChanges({ changes }).compare(incident, signal);
    const suspects = items
      .map(item => suspectOf(item, items, incident))
      .sort((left, right) => right.evidence.length - left.evidence.length);
    const left = suspects.length - MOST_SUSPECTS;
    return {
      suspects: suspects.slice(0, MOST_SUSPECTS),
      missing: [
        ...missing,
        ...(left > 0
          ? [
              {
                part: 'dependencies',
                reason: `${left} further packages changed; the failure names none of them`,
              },
            ]
          : []),
      ],
    };
  }
}

function suspectOf(
  item: DependencyChange,
  all: DependencyChange[],
  incident: SuspectedIncident,
): SuspectCandidate {
  const { ecosystem, name, from, to, manifest } = item;
  const commits =
    incident.comparison?.commits.filter(({ files = [] }) =>
      files.some(({ path }) => path === manifest),
    ) ?? [];
  const { sha, author, at, url } = commits.at(-1) ?? {};
  const version = `${from ?? 'nothing'} → ${to ?? 'nothing'}`;
  return {
    id: `${ecosystem}:${name}@${from ?? ''}..${to ?? ''}`.slice(0, 255),
    kind: 'dependency',
    title: `${name} ${version}`,
    // Brought by one of several commits, it is somewhere up to the last of them.
    commitSha: sha,
    evidence: [
      ...mentionsOf(item, incident),
      ...(all.length === 1
        ? [
            {
              name: 'only_change_of_kind' as const,
              text: `is the only dependency that changed, in \`${manifest}\``,
            },
          ]
        : []),
      ...(incident.probabilities.dependency !== undefined
        ? [
            {
              name: 'diagnosed' as const,
              value: incident.probabilities.dependency,
            },
          ]
        : []),
    ],
    shown: {
      ...(commits.length === 1 && { author, at, url, commitSha: sha }),
      package: { ecosystem, name, from, to },
    },
  };
}

/** Whether the failure names the package. */
function mentionsOf(
  { name }: DependencyChange,
  incident: SuspectedIncident,
): Evidence[] {
  const line = lineThatNames(name, incident);
  return line === undefined
    ? []
    : [
        {
          name: 'package_in_log',
          text: `the failure names \`${name}\` in line ${line.toLocaleString(
            'en',
          )}`,
        },
      ];
}

/** The line of the log that names a package: as the log's reader found it, or as a word of its own. */
export function lineThatNames(
  name: string,
  { packages, lines }: Pick<SuspectedIncident, 'packages' | 'lines'>,
): number | undefined {
  const known = packages.find(one => isSamePackage(one.name, name));
  if (known?.line !== undefined) {
    return known.line;
  }
  const isTelling = name.length >= 4;
  return isTelling
    ? lines.find(({ text }) => hasWord(text, name))?.number
    : undefined;
}

function isSamePackage(left: string, right: string): boolean {
  return (
    left === right ||
    // Java's logs often name the artifact alone.
    left.split(':').at(-1) === right.split(':').at(-1)
  );
}

function hasWord(text: string, word: string): boolean {
  let start = text.indexOf(word);
  while (start >= 0) {
    const around = `${text[start - 1] ?? ' '}${
      text[start + word.length] ?? ' '
    }`;
    if (!/[\w-]/.test(around)) {
      return true;
    }
    start = text.indexOf(word, start + 1);
  }
  return false;
}
