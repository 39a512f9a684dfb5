import { FailureHistory } from '../DiagnosisInput';
import { Evidence } from '../DiagnosisResult';

const plural = (count: number, noun: string, nouns = `${noun}s`) =>
  `${count} ${count === 1 ? noun : nouns}`;

/** What else is known of the failure and changes what its history means. */
type Circumstances = {
  isDeployment?: boolean;
  /** The log says first of all that something is wrong with a package. */
  isDependency?: boolean;
};

type Part = (
  history: FailureHistory,
  circumstances: Circumstances,
) => Omit<Evidence, 'source'> | undefined;

/** The same commit passed as well: no change of the repository explains that. */
const sameCommitPassed: Part = ({ sameCommit = {} }) => {
  const { passedBefore = 0, passedAfter = 0 } = sameCommit;
  const passed = passedBefore + passedAfter;
  return passed === 0
    ? undefined
    : {
        text: `The same job passed ${
          passedAfter > 0 ? 'afterwards' : 'before'
        } on the same commit.`,
        categories: {
          flaky_test: 2.2,
          infrastructure: 1.2,
          code: -2.2,
          configuration: -1.6,
          // It passed before: what is outside of the repository may have changed for good.
          dependency: passedAfter > 0 ? -1.4 : -0.3,
        },
        transient: passedAfter > 0 ? 4 : 2.5,
      };
};

/** With another version perhaps: see `isDeployment`. */
const sameCommitDeployed: Part = (history, circumstances) => {
  const passed = sameCommitPassed(history, circumstances);
  return (
    passed && {
      text: `${passed.text} It may have deployed another version then.`,
      categories: { flaky_test: 0.3, infrastructure: 0.4 },
      transient: 0.8,
    }
  );
};

const sameCommitFailed: Part = ({ sameCommit = {} }) => {
  const { passedAfter = 0, passedBefore = 0 } = sameCommit;
  const failed = (sameCommit.failedAfter ?? 0) + (sameCommit.failedBefore ?? 0);
  const weight = Math.min(failed, 3);
  return failed === 0 || passedAfter + passedBefore > 0
    ? undefined
    : {
        text: `The same job failed ${
          failed === 1 ? 'once more' : `${failed} times more`
        } on the same commit and never passed.`,
        categories: {
          flaky_test: -1.2 * weight,
          infrastructure: -0.3 * weight,
        },
        transient: -0.9 * weight,
      };
};

const flips: Part = ({ flips: known }) => {
  if (!known || known.executions < 5 || known.flips === 0) {
    return undefined;
  }
  const share = known.flips / known.executions;
  return {
    text: `The job changed its result ${plural(
      known.flips,
      'time',
    )} without a change, in ${known.executions} executions.`,
    categories: { flaky_test: Math.min(1.6, 0.5 + 8 * share), code: -0.3 },
    transient: Math.min(1.5, 0.4 + 6 * share),
  };
};

const failuresInARow: Part = ({ failuresInARow: count = 0 }) =>
  count < 3
    ? undefined
    : {
        text: `The job failed ${count} times in a row on different commits.`,
        categories: { flaky_test: -1.3 - Math.min(1, count / 10) },
        transient: -0.8,
      };

const flakyTests: Part = ({ tests }) => {
  if (!tests || tests.failed === 0) {
    return undefined;
  }
  const { failed, knownFlaky } = tests;
  if (knownFlaky === failed) {
    return {
      text: `${
        failed === 1 ? 'The failed test is' : `All ${failed} failed tests are`
      } known to pass and fail without a change.`,
      categories: { flaky_test: 2.8 },
      transient: 1.5,
    };
  }
  return failed >= 20
    ? {
        text: `${failed} tests failed at once.`,
        categories: { flaky_test: -1.5 },
        transient: -0.3,
      }
    : undefined;
};

/** Machines and services are shared, and so are packages: what the log says first tells which. */
const alike: Part = ({ alike: others }, { isDependency }) => {
  if (!others || others.repositories === 0) {
    return undefined;
  }
  const strength = Math.min(3, 1 + 0.7 * others.repositories);
  return {
    text: `Jobs of ${plural(
      others.repositories,
      'other repository',
      'other repositories',
    )} fail alike right now.`,
    categories: {
      infrastructure: isDependency ? 0.45 * strength : strength,
      dependency: isDependency ? strength : 0.45 * strength,
      configuration: 0.3 * strength,
      code: -2,
      flaky_test: -1.4,
    },
    transient: 0.4,
  };
};

const endedByRerun: Part = ({ endedByRerun: before }) => {
  if (!before || before.ended === 0) {
    return undefined;
  }
  const { count, ended } = before;
  const odds = Math.log((count + 0.5) / (ended - count + 0.5));
  return {
    text: `${count} of ${plural(
      ended,
      'earlier incident',
    )} with this fingerprint went away by a rerun alone.`,
    categories: {
      flaky_test: Math.max(-1, Math.min(1.2, 0.5 * odds)),
      code: Math.max(-1.2, Math.min(1, -0.5 * odds)),
    },
    transient: Math.max(-2, Math.min(2.5, odds)),
  };
};

const PARTS: readonly Part[] = [
  sameCommitPassed,
  sameCommitFailed,
  flips,
  failuresInARow,
  flakyTests,
  alike,
  endedByRerun,
];

const PARTS_OF_DEPLOYMENTS: readonly Part[] = [
  sameCommitDeployed,
  failuresInARow,
  alike,
  endedByRerun,
];

/** What happened before and beside the failure. */
export function historyEvidence(
  history: FailureHistory = {},
  circumstances: Circumstances = {},
): Evidence[] {
  const parts = circumstances.isDeployment ? PARTS_OF_DEPLOYMENTS : PARTS;
  return parts
    .flatMap(part => part(history, circumstances) ?? [])
    .map(one => ({
      source: 'history' as const,
      ...one,
    }));
}
