import { join } from 'path';
import { explainCases } from './explainCases';
import { shareInterval } from './intervals';
import { Mark, measured } from './Mark';
import { Case, readCases } from './readCases';
import { runBuildLog } from './runBuildLog';

type Dependency = { dependencyGroupID: string; dependencyArtifactID: string };
type Truth = { dependency: Dependency | null };

const FIRST = 3;
const DOWNLOAD = /Download(?:ing|ed)\b|Progress \(/;

/** The package whose update broke the build, among the first that are suspected. */
export async function packageMark(data: string): Promise<Mark> {
  const name = 'the updated package among the first 3 suspected';
  const target = 0.95;
  const basis =
    'bump: of the logs that name the artifact on a line that is no download; Wilson interval';
  const cases = readCases<Truth>(data, 'bump')?.filter(
    ({ ground_truth: truth }) => truth.dependency !== null,
  );
  if (!cases) {
    const skipped = `${data}/bump.jsonl is not there`;
    return { name, target, basis, skipped };
  }
  const explained = await explainCases({ data, cases });
  let named = 0;
  let hits = 0;
  let all = 0;
  for (const one of cases) {
    const { dependencyGroupID: group, dependencyArtifactID: artifact } =
      one.ground_truth.dependency!;
    const packages = explained.get(one.id)?.packages ?? [];
    const isHit = packages
      .slice(0, FIRST)
      .some(suspect => isSame(suspect, group, artifact));
    all += isHit ? 1 : 0;
    if (await names(data, one, artifact)) {
      named += 1;
      hits += isHit ? 1 : 0;
    }
  }
  return measured({
    ...{ name, target, cases: named, value: hits / named },
    interval: shareInterval(hits, named),
    basis,
    details: { 'of all logs': `${all} of ${cases.length}` },
  });
}

function isSame(suspect: string, group: string, artifact: string): boolean {
  return suspect === `${group}:${artifact}` || suspect === artifact;
}

/** Whether the log names the artifact where it does not only download it. */
async function names(
  data: string,
  { path }: Case<Truth>,
  artifact: string,
): Promise<boolean> {
  const escaped = artifact.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const word = new RegExp(`(?<![\\w.-])${escaped}(?!\\w|[-.][a-zA-Z])`);
  let found = false;
  await runBuildLog(['redact', join(data, path)], line => {
    found ||= !DOWNLOAD.test(line) && word.test(line);
  });
  return found;
}
