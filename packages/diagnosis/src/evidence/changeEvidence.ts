import { FailureAnalysis, FailureChanges } from '../DiagnosisInput';
import { Evidence } from '../DiagnosisResult';
import { isPackageOf } from '../isPackageOf';

const MOST_NAMES = 3;

function names(list: readonly string[]): string {
  const shown = list.slice(0, MOST_NAMES).map(name => `"${name}"`);
  const more = list.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** The dependency that changed and that the log names too. */
function namedInLog(
  dependencies: readonly string[],
  packages: FailureAnalysis['packages'],
): string | undefined {
  const suspected = new Set(packages.map(({ name }) => name.toLowerCase()));
  return dependencies.find(name => suspected.has(name.toLowerCase()));
}

/** What changed since the last pass, as evidence. */
export function changeEvidence(
  changes: FailureChanges | undefined,
  packages: FailureAnalysis['packages'] = [],
  options: { isDeployment?: boolean } = {},
): Evidence[] {
  if (!changes) {
    return [];
  }
  const found: Omit<Evidence, 'source'>[] = [];
  const { commits, dependencies = [], upstream = [] } = changes;
  const touched =
    (changes.sources ?? 0) +
    (changes.tests ?? 0) +
    (changes.workflows ?? 0) +
    (changes.buildFiles ?? 0) +
    dependencies.length;
  if (commits === 0 && !options.isDeployment) {
    found.push({
      text: 'No commit came since the last pass of this job.',
      categories: { code: -2, configuration: -0.5 },
      transient: 0.8,
    });
  } else if (touched === 0 && (changes.documentation ?? 0) > 0) {
    found.push({
      text: 'Only documentation changed since the last pass.',
      categories: { code: -1.6, configuration: -0.6, dependency: -0.4 },
      transient: 0.6,
    });
  }
  const named = namedInLog(dependencies, packages);
  if (named) {
    found.push({
      text: `The version of "${named}", which the log names, changed since the last pass.`,
      categories: { dependency: 2.6 },
      transient: -0.8,
    });
  } else if (dependencies.length > 0) {
    found.push({
      text: `Since the last pass the version of ${names(
        dependencies,
      )} changed.`,
      categories: { dependency: 1.1 },
      transient: -0.2,
    });
  }
  if ((changes.workflows ?? 0) > 0) {
    found.push({
      text: 'A workflow or setting changed since the last pass.',
      categories: { configuration: 1.3 },
      transient: -0.3,
    });
  }
  if ((changes.sources ?? 0) > 0 && dependencies.length === 0) {
    found.push({
      text: 'Sources changed since the last pass.',
      categories: { code: 0.5 },
    });
  }
  if (changes.runner) {
    found.push({
      text: 'The image or the labels of the runner differ from those of the last pass.',
      categories: { infrastructure: 1.2 },
      subCategories: { 'infrastructure.runner_image': 1 },
    });
  }
  // Without names of components: who reads this may not see them in the catalog.
  const source = packages.find(({ name }) =>
    upstream.some(component => isPackageOf(name, component)),
  );
  if (source) {
    found.push({
      text: `"${source.name}", which the log names, is of a component upstream that was released or has an incident.`,
      categories: { dependency: 2.2, infrastructure: 0.2 },
      transient: -0.5,
    });
  } else if (upstream.length > 0) {
    found.push({
      text: 'Something upstream was released or has an incident.',
      categories: { dependency: 0.9, infrastructure: 0.4 },
    });
  }
  return found.map(one => ({ source: 'history' as const, ...one }));
}
