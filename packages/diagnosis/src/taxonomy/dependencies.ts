import { subCategoriesOf } from './SubCategory';

/** What others publish, and what changed in it. */
export const dependencies = subCategoriesOf('dependency', {
  not_found: {
    title: 'Package or version does not exist',
    description:
      'A package manager found no such package or version: it was removed, never published, or is private.',
    example: "npm error 404 '@acme/prices@2.4.0' is not in this registry.",
    advice: [
      'Compare name and version with what the registry offers.',
      'Ask the owner of the package whether it was withdrawn.',
      'Go back to the last version that built.',
    ],
    transient: 0.12,
    remedies: ['advise', 'canary'],
  },
  conflict: {
    title: 'Versions do not fit together',
    description:
      'No set of versions satisfies everything that asks for a package.',
    example: 'npm error ERESOLVE unable to resolve dependency tree',
    advice: [
      'Look which update came last; go back on it or update the other side too.',
      'Commit the lockfile, so that versions change only on purpose.',
    ],
    transient: 0.05,
    remedies: ['advise', 'canary'],
  },
  integrity: {
    title: 'Package is not what was expected',
    description:
      'The checksum of what was downloaded differs from the one recorded: the package was published anew, or the download was cut.',
    example:
      'THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE',
    advice: [
      'Clear the cache and build again once; a cut download goes away.',
      'If it stays, treat it as a security matter: ask the publisher before accepting the new checksum.',
    ],
    transient: 0.3,
    remedies: ['rebuild', 'advise'],
  },
  incompatible: {
    title: 'Update that no longer compiles',
    description:
      'Code does not compile against a dependency that changed: something was renamed, removed or has another type.',
    example:
      "error TS2305: Module '\"@acme/prices\"' has no exported member 'priceOf'.",
    advice: [
      'Read the changes of the dependency that the lines name.',
      'Adapt the code, or pin the last version that worked.',
    ],
    transient: 0.04,
    remedies: ['canary', 'advise'],
  },
  behaviour: {
    title: 'Update that behaves differently',
    description:
      'Everything compiles, but tests fail since a dependency changed.',
    example: 'TypeError: prices.round is not a function',
    advice: [
      'Compare the versions of the last pass with those of this run.',
      'Pin the last version that worked, and tell its owner.',
    ],
    transient: 0.08,
    remedies: ['canary', 'advise'],
  },
  missing_module: {
    title: 'Module is not installed',
    description:
      'A program asks for a module, class or library that the installation did not bring.',
    example: "ModuleNotFoundError: No module named 'requests'",
    advice: [
      'Declare the module where the project lists its dependencies.',
      'If it came through another package, look which version stopped bringing it.',
    ],
    transient: 0.08,
    remedies: ['advise', 'canary'],
  },
  policy: {
    title: 'Dependency is not allowed',
    description:
      'A check of dependencies refused one: a convergence rule, a licence, a banned or duplicate version.',
    example: 'Rule 0: DependencyConvergence failed with message:',
    advice: [
      'Read which rule refused which version.',
      'Align the versions, or ask the owner of the rule for an exception.',
    ],
    transient: 0.03,
    remedies: ['advise'],
  },
  vulnerability: {
    title: 'Known vulnerability',
    description:
      'A security check found a dependency with a published vulnerability. It may appear without any change, because the list of vulnerabilities changed.',
    example: 'error: 3 vulnerabilities found!',
    advice: [
      'Update the named package to the version that repairs it.',
      'If none does, record the reason and an end date as an exception.',
      'Never run a security check again until it passes.',
    ],
    transient: 0.02,
    remedies: ['advise'],
  },
});
