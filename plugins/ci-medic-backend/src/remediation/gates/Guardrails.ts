import { CiEffects, Treatment } from '@ci-medic/plugin-ci-medic-node';
import { RemediationCase } from '../RemediationCase';

/** Their runs work with rights that the author of the change need not have. */
const privilegedEvents = ['pull_request_target', 'workflow_run'];
const failing = ['failure', 'timed_out', 'cancelled'];

/** Names of jobs and pipelines whose red must not be made green by trying again. */
const SECURITY =
  /\b(?:code-?ql|sast|dast|semgrep|snyk|trivy|grype|gitleaks|trufflehog|secrets?[ _-]scan\w*|scorecards?|zizmor|checkov|tfsec|bandit|govulncheck|osv[ _-]scanner|licen[cs]es?|cosign|signatures?|slsa|provenance|sbom|vulnerabilit(?:y|ies)|dependency[ _-]review|(?:npm|yarn|pip|cargo)[ _-]audit|security)\b/i;

/**
 * Why something is never done, whatever is configured; empty when it may be. `refusable` are those of the state of the
 * run, `never` those that no state of it changes.
 */
export function guardrailsOf(options: {
  subject: RemediationCase;
  treatment: Treatment;
  effects: Pick<CiEffects, 'mostAttempts' | 'oldestRunMs'> | undefined;
  now: number;
}): { never: string[]; refusable: string[] } {
  const { subject, treatment, effects, now } = options;
  if (treatment.isAdvice) {
    return { never: [], refusable: [] };
  }
  return {
    never: neverOf(subject, treatment),
    refusable: refusableOf(subject, treatment, effects, now),
  };
}

function neverOf({ run, failure }: RemediationCase, treatment: Treatment) {
  const never: string[] = [];
  if (run.isFork) {
    never.push(
      'Runs of forks are never run again by CI Medic: their code is not ours',
    );
  }
  if (privilegedEvents.includes(run.event)) {
    never.push(
      `Runs of ${run.event} are never run again by CI Medic: they have rights that their code need not have`,
    );
  }
  if (treatment.rerunsJobs) {
    const check = [
      run.pipelineName,
      ...failure.jobs.map(({ name }) => name),
    ].find(name => SECURITY.test(name.replaceAll('_', '-')));
    if (check) {
      never.push(
        `Security checks are never run again until they are green: ${check}`,
      );
    }
  }
  return never;
}

function refusableOf(
  { run }: RemediationCase,
  treatment: Treatment,
  effects: Pick<CiEffects, 'mostAttempts' | 'oldestRunMs'> | undefined,
  now: number,
): string[] {
  if (!effects) {
    return ['The CI system does not let CI Medic run anything again'];
  }
  if (!treatment.rerunsJobs) {
    return [];
  }
  if (run.latestAttempt > run.attempt) {
    return [`There is a newer attempt, ${run.latestAttempt}`];
  }
  if (run.status !== 'completed') {
    return ['The run is running'];
  }
  if (!failing.includes(run.conclusion ?? '')) {
    return ['No job of the run failed'];
  }
  if (run.attempt >= effects.mostAttempts) {
    return [
      `The CI system allows no more than ${effects.mostAttempts} attempts`,
    ];
  }
  if (now - run.createdAt > effects.oldestRunMs) {
    const days = Math.round(effects.oldestRunMs / 86_400_000);
    return [
      `The run is older than ${days} days, and the CI system does not run it again`,
    ];
  }
  return [];
}
