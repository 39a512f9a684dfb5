import { parseEntityRef } from '@backstage/catalog-model';
import { CollectedChanges } from './ChangeCollector';
import {
  isDependencyFile,
  isHarmlessFile,
  isWorkflowFile,
} from './kindsOfFile';

const TEST =
  /(?:^|\/)(?:tests?|spec|__tests__|e2e)\/|[._-](?:test|spec)\.[^/.]{1,8}$|(?:^|\/)test_[^/]+\.py$|Tests?\.(?:java|kt|cs)$|_test\.go$/;
const MOST_NAMES = 50;

/** What changed before an incident, counted: the diagnosis reads it. */
export type ChangeSummary = {
  commits: number;
  sources?: number;
  tests?: number;
  documentation?: number;
  workflows?: number;
  buildFiles?: number;
  dependencies: string[];
  runner: boolean;
  upstream: string[];
};

/** `undefined` where nobody could tell what lies between the last pass and the first failure. */
export function summarizeChanges(
  changes: CollectedChanges,
): ChangeSummary | undefined {
  const { comparison, suspects } = changes;
  if (!comparison) {
    return undefined;
  }
  const counts = {
    ...{ sources: 0, tests: 0, documentation: 0 },
    ...{ workflows: 0, buildFiles: 0 },
  };
  for (const { path } of comparison.files) {
    counts[kindOf(path)] += 1;
  }
  const names = (kind: string, nameOf: (one: (typeof suspects)[0]) => string) =>
    suspects
      .filter(one => one.kind === kind && isChange(one))
      .slice(0, MOST_NAMES)
      .map(nameOf);
  return {
    commits: comparison.totalCommits,
    ...counts,
    dependencies: names('dependency', one => one.shown?.package?.name ?? ''),
    runner: suspects.some(({ id }) => id.startsWith('runner:')),
    upstream: names(
      'upstream',
      one => parseEntityRef(one.shown?.entityRef ?? one.id).name,
    ),
  };
}

/** What is upstream is suspected also where nothing is known to have happened to it. */
function isChange({ kind, shown }: CollectedChanges['suspects'][0]): boolean {
  return kind !== 'upstream' || shown?.at !== undefined;
}

function kindOf(path: string) {
  if (isWorkflowFile(path)) {
    return 'workflows';
  }
  if (isDependencyFile(path)) {
    return 'buildFiles';
  }
  if (TEST.test(path)) {
    return 'tests';
  }
  return isHarmlessFile(path) ? 'documentation' : 'sources';
}
