import { DiagnosisInput } from '../DiagnosisInput';
import { foundSignatures } from '../evidence/signatureEvidence';
import { SUB_CATEGORIES } from '../taxonomy/taxonomy';
import { STEP_KINDS, stepKind } from './stepKind';

const EXIT_CODES = [1, 2, 101, 124, 126, 127, 128, 134, 137, 139, 143];
const CONCLUSIONS = ['timed_out', 'cancelled'];

/** Kinds of findings of `build-log` that say something of the category. */
const FINDING_KINDS = [
  'artifact',
  'assertion',
  'authentication',
  'authorization',
  'client-error',
  'command-not-found',
  'compile-error',
  'configure-error',
  'conflict',
  'connection',
  'crash',
  'daemon',
  'dependency',
  'dependency-not-found',
  'disk-full',
  'dns',
  'enforcer',
  'exception',
  'file-not-found',
  'format',
  'git-failure',
  'image-not-found',
  'interrupted',
  'link-error',
  'lint-error',
  'missing-ref',
  'module-not-found',
  'out-of-memory',
  'panic',
  'permission',
  'pod-failed',
  'race',
  'rate-limit',
  'rejected',
  'runner-lost',
  'server-error',
  'system-failure',
  'test-failure',
  'timeout',
  'tls',
  'transfer',
  'type-error',
];

const REASONS = ['infrastructure', 'runner_error', 'not_in_passing_runs'];

/**
 * Names of the features that follow those of the text, in their order. Each is
 * 0 or 1.
 *
 * @public
 */
export const CONTEXT_FEATURES: readonly string[] = [
  ...STEP_KINDS.map(kind => `step:${kind}`),
  ...EXIT_CODES.map(code => `exit:${code}`),
  ...CONCLUSIONS.map(conclusion => `conclusion:${conclusion}`),
  ...FINDING_KINDS.map(kind => `finding:${kind}`),
  ...REASONS.map(reason => `explained_by:${reason}`),
  ...SUB_CATEGORIES.map(({ key }) => `sign:${key}`),
  ...SUB_CATEGORIES.map(({ key }) => `strongest_sign:${key}`),
];

/** What is known of the failure besides its words. */
export function contextFeatures(input: DiagnosisInput): number[] {
  const { analysis, job = {} } = input;
  const signs = foundSignatures(input).map(one => one.subCategory);
  const kind = stepKind(job.step, job.name);
  const codes = new Set(job.exitCodes ?? []);
  const findings = new Set(analysis?.findings.map(one => one.kind));
  const reasons = new Set(analysis?.explanation.map(one => one.reason));
  const known = new Set<string>([
    ...signs.map(sign => `sign:${sign}`),
    ...signs.slice(0, 1).map(sign => `strongest_sign:${sign}`),
    ...(kind ? [`step:${kind}`] : []),
    ...[...codes].map(code => `exit:${code}`),
    ...(job.conclusion ? [`conclusion:${job.conclusion}`] : []),
    ...[...findings].map(one => `finding:${one}`),
    ...[...reasons].map(one => `explained_by:${one}`),
  ]);
  return CONTEXT_FEATURES.map(name => (known.has(name) ? 1 : 0));
}
