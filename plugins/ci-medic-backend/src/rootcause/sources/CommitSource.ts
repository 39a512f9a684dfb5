import { Evidence } from '@ci-medic/detection';
import {
  ChangedFile,
  ComparedCommit,
  SuspectCandidate,
  SuspectedIncident,
  SuspectFindings,
  SuspectSource,
} from '@ci-medic/plugin-ci-medic-node';
import { categoriesOf, isHarmlessFile, isWorkflowFile } from '../kindsOfFile';
import { isSameFile, isSameModule } from '../namedFiles';

/** Code moves a little between the commit and what failed. */
const NEAR_LINES = 2;
const TITLE_LENGTH = 200;

/**
 * The commits between the last pass and the first failure. One that says how the failing pipeline runs is a change of
 * the workflow.
 */
export class CommitSource implements SuspectSource {
  readonly id = 'commits';
  readonly title = 'Commits';

  async collect(incident: SuspectedIncident): Promise<SuspectFindings> {
    const { comparison } = incident;
    const commits = comparison?.commits ?? [];
    return {
      suspects: commits.map(commit => suspectOf(commit, commits, incident)),
    };
  }
}

function suspectOf(
  commit: ComparedCommit,
  all: ComparedCommit[],
  incident: SuspectedIncident,
): SuspectCandidate {
  const { sha, message, author, at, url, files = [] } = commit;
  const definition = files.find(({ path }) => path === incident.pipelinePath);
  const isWorkflow =
    files.length > 0 && files.every(({ path }) => isWorkflowFile(path));
  return {
    id: sha,
    kind: isWorkflow ? 'workflow' : 'commit',
    title: titleOf(message),
    commitSha: sha,
    evidence: [
      ...placeOf(commit, all, incident),
      ...kindOf(files, incident),
      ...(definition
        ? [
            {
              name: 'ci_change' as const,
              text: `changes \`${definition.path}\`, which says how this pipeline runs`,
            },
          ]
        : []),
      ...sizeOf(files),
      ...(all.some(later => reverts(later, commit))
        ? [{ name: 'reverts_suspect' as const }]
        : []),
    ],
    shown: { author, at, url, commitSha: sha },
  };
}

/** Whether it changes what the failure names. */
function placeOf(
  commit: ComparedCommit,
  all: ComparedCommit[],
  { files: named }: SuspectedIncident,
): Evidence[] {
  const evidence: Evidence[] = [];
  for (const file of commit.files ?? []) {
    if (isHarmlessFile(file.path)) {
      continue;
    }
    for (const { path, line } of named) {
      if (isSameFile(file.path, path)) {
        const isOnly = all.every(
          other =>
            other === commit ||
            !other.files?.some(one => one.path === file.path),
        );
        const where = `${
          isOnly ? 'is the only change that touches' : 'changes'
        } \`${file.path}\`, which the failure names`;
        const isHit = line !== undefined && isNear(file, line);
        evidence.push(
          isHit
            ? {
                name: 'line_in_log',
                text: `${where} at the changed line ${line}`,
              }
            : { name: 'path_in_log', text: where },
        );
      } else if (isSameModule(file.path, path)) {
        evidence.push({
          name: 'same_module',
          text: `changes \`${file.path}\`, next to \`${path}\`, which the failure names`,
        });
      }
    }
  }
  return evidence;
}

function isNear({ lines = [] }: ChangedFile, line: number): boolean {
  return lines.some(
    ([from, to]) => line >= from - NEAR_LINES && line <= to + NEAR_LINES,
  );
}

/** Whether what it changes brings failures of this kind. */
function kindOf(
  files: ChangedFile[],
  { probabilities }: SuspectedIncident,
): Evidence[] {
  if (files.length === 0) {
    return [];
  }
  if (files.every(({ path }) => isHarmlessFile(path))) {
    return [{ name: 'harmless_files' }];
  }
  const categories = new Set(files.flatMap(({ path }) => categoriesOf(path)));
  const known = [...categories].filter(
    category => probabilities[category] !== undefined,
  );
  return known.length === 0
    ? []
    : [
        {
          name: 'diagnosed',
          value: Math.min(
            known.reduce((sum, category) => sum + probabilities[category]!, 0),
            1,
          ),
        },
      ];
}

function sizeOf(files: ChangedFile[]): Evidence[] {
  const lines = files.reduce(
    (sum, { additions, deletions }) => sum + additions + deletions,
    0,
  );
  return lines > 0 ? [{ name: 'size', value: lines }] : [];
}

function reverts(later: ComparedCommit, commit: ComparedCommit): boolean {
  return (
    later !== commit &&
    (later.message.includes(`This reverts commit ${commit.sha}`) ||
      later.message.startsWith(`Revert "${titleOf(commit.message)}"`))
  );
}

function titleOf(message: string): string {
  return message.split('\n', 1)[0].slice(0, TITLE_LENGTH) || 'A commit';
}
