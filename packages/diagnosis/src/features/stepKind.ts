/**
 * What a step or job does, by its name.
 *
 * @public
 */
export type StepKind =
  | 'checkout'
  | 'setup'
  | 'install'
  | 'build'
  | 'lint'
  | 'test'
  | 'integration'
  | 'security'
  | 'package'
  | 'deploy'
  | 'other';

/** The first that matches counts: an integration test is a test too. */
const KINDS: readonly [StepKind, RegExp][] = [
  ['checkout', /checkout|clone|get.?sources|fetch.?code/],
  ['integration', /integration|e2e|end.?to.?end|smoke|acceptance|browser/],
  ['security', /security|audit|scan|vulnerab|licen[cs]e|codeql/],
  [
    'lint',
    /lint|format|style|quality|check(?!out)|analy[sz]|prettier|spotless/,
  ],
  ['deploy', /deploy|release|rollout|apply|helm|kubectl|terraform/],
  ['package', /package|publish|push|docker|image|upload|artifact|archive/],
  ['test', /test|spec|coverage|jest|pytest|unit/],
  ['install', /install|depend|restore|npm ci|download|mod download|bundle/],
  ['setup', /set.?up|prepare|initiali[sz]|cache|login|configure/],
  ['build', /build|compile|bench|assemble|make|linux|windows|macos|mac-/],
];

/** Kinds in the order of their features. */
export const STEP_KINDS: readonly StepKind[] = [
  ...KINDS.map(([kind]) => kind),
  'other',
];

/**
 * What the step that failed does; where its name says nothing, the job's.
 *
 * @public
 */
export function stepKind(step?: string, job?: string): StepKind | undefined {
  for (const name of [step, job]) {
    const found = KINDS.find(([, pattern]) =>
      pattern.test((name ?? '').slice(0, 200).toLowerCase()),
    );
    if (found) {
      return found[0];
    }
  }
  return step === undefined && job === undefined ? undefined : 'other';
}
