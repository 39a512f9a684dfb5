import { DiagnosisInput } from '../DiagnosisInput';
import { stepKind } from '../features/stepKind';

/** Names of steps that look at what was just deployed. */
const LOOKS_AT_DEPLOYED = /smoke|health|verify.?deploy|canary/i;
const SERVER_ERROR =
  /(?:\bHTTP\b|status|error|code|responded|returned|answered).{0,40}\b50[0-9]\b/i;

/** Whether the step that failed checks what was deployed before it. */
export function checksDeployed({ job = {} }: DiagnosisInput): boolean {
  return LOOKS_AT_DEPLOYED.test(job.step ?? '');
}

/**
 * Whether the job brings a version somewhere. Which one is a parameter of its run: that it passed or failed on the same
 * commit tells little, because it may have been with another version.
 */
export function isDeployment(input: DiagnosisInput): boolean {
  const { step, name } = input.job ?? {};
  return (
    checksDeployed(input) ||
    stepKind(step, step === undefined ? name : undefined) === 'deploy'
  );
}

/** Whether the check was answered, with an error of the server's own. */
export function answersWithError(input: DiagnosisInput): boolean {
  const { analysis, lines = [] } = input;
  return [analysis?.headline ?? '', ...lines.map(({ text }) => text)].some(
    text => SERVER_ERROR.test(text.slice(0, 500)),
  );
}
