import { Observation, rankSuspects } from '@ci-medic/detection';
import { RootCause, Suspect } from '@ci-medic/plugin-ci-medic-common';
import { SuspectedIncident } from '@ci-medic/plugin-ci-medic-node';
import { CollectedChanges } from './ChangeCollector';
import { JobOutcome } from './RangeFinder';

const MOST_SUSPECTS = 5;
const MOST_REASONS = 6;

/** A confirmed change of a figure is hardly chance, and machines make builds slow more often than they break them. */
const PRIORS_OF_FIGURES = { flaky: 0.05, infrastructure: 0.25 };

type Case = {
  incident: Omit<SuspectedIncident, 'comparison'>;
  changes: CollectedChanges;
  outcomes: JobOutcome[];
  /** Flips of the job on the same commit, and executions in which they were seen. */
  flips: { flips: number; executions: number };
};

/**
 * Ranks what was collected. What came with a commit has the commit's place in the range; what came from outside struck
 * the first failure and everything after it, whatever its commit.
 */
export function rankCauses(
  options: Case,
): Omit<RootCause, 'createdAt' | 'graph'> {
  const { incident, changes, flips } = options;
  const { subject } = incident;
  const priors = subject === 'figure' ? PRIORS_OF_FIGURES : undefined;
  const { comparison, missing } = changes;
  const commits = comparison?.commits ?? [];
  const order = new Map(commits.map(({ sha }, index) => [sha, index + 1]));
  const outside = commits.length + 1;
  const { probabilities, lastPass, firstFail } = incident;
  const known = new Map(changes.suspects.map(one => [one.id, one]));
  const ranking = rankSuspects({
    suspects: [...known.values()].map(
      ({ id, kind, title, commitSha, evidence }) => ({
        ...{ id, kind, title, evidence },
        position: (commitSha && order.get(commitSha)) || outside,
      }),
    ),
    observations: observationsOf(options, order, outside),
    subject,
    flaky: {
      prior: priors?.flaky,
      ...{ flips: flips.flips, verdicts: flips.executions },
      evidence: diagnosed(probabilities.flaky_test),
    },
    infrastructure: {
      prior: priors?.infrastructure,
      evidence: [
        ...changes.infrastructure,
        ...diagnosed(probabilities.infrastructure),
      ],
    },
  });
  const probabilityOf = (id: string) =>
    ranking.hypotheses.find(one => one.id === id)?.probability ?? 0;
  return {
    incidentId: incident.id,
    ...(subject === 'figure' && { subject }),
    ...(lastPass && {
      range: {
        lastPass: { runId: lastPass.runId, sha: lastPass.sha },
        firstFail: { runId: firstFail.runId, sha: firstFail.sha },
        commits: comparison?.totalCommits ?? 0,
        url: comparison?.url,
      },
    }),
    verdict: ranking.verdict,
    suspects: ranking.suspects
      .slice(0, MOST_SUSPECTS)
      .map(({ id, probability, reasons }): Suspect => {
        const { kind, title, shown } = known.get(id)!;
        return {
          ...{ id, kind, title, probability },
          reasons: reasons.slice(0, MOST_REASONS),
          ...shown,
        };
      }),
    nobody: {
      flaky: probabilityOf('flaky'),
      infrastructure: probabilityOf('infrastructure'),
      unlisted: probabilityOf('unlisted'),
    },
    sentence: ranking.sentence,
    missing,
  };
}

function observationsOf(
  { incident, outcomes }: Pick<Case, 'incident' | 'outcomes'>,
  order: Map<string, number>,
  outside: number,
): Observation[] {
  const { lastPass, firstFail } = incident;
  const failedAt = Date.parse(firstFail.at);
  const observations: Observation[] = lastPass
    ? [{ position: 0, outcome: 'pass' }]
    : [];
  let hasFailed = false;
  const failing = new Set([firstFail.sha]);
  for (const { jobId, sha, at, outcome } of outcomes) {
    if (outcome === 'fail') {
      failing.add(sha);
    }
    // A later commit that passes may have repaired it: that tells nothing of what broke it.
    const isRepair = outcome === 'pass' && at >= failedAt && !failing.has(sha);
    if (jobId === lastPass?.jobId || isRepair) {
      continue;
    }
    const isFirst = jobId === firstFail.jobId;
    const isLater = isFirst || at >= failedAt;
    const position = isLater ? outside : order.get(sha);
    if (position !== undefined) {
      observations.push({ position, outcome });
      hasFailed ||= outcome === 'fail';
    }
  }
  return hasFailed
    ? observations
    : [...observations, { position: outside, outcome: 'fail' }];
}

function diagnosed(probability: number | undefined) {
  return probability === undefined
    ? []
    : [{ name: 'diagnosed' as const, value: probability }];
}
