import { maskTemplate } from '../templates/maskTemplate';
import { hashTextToHex } from '../text/hashText';
import { ToolFinding } from '../types';

/** Says that something failed, but not what. */
const VAGUE =
  /^(?:Process completed with exit code|##\[error\]|Error:?$|FAILED$|BUILD FAIL)/i;

/**
 * Names the cause of a failure: the same in runs that differ by numbers, paths, hashes, times and hosts only.
 */
export function fingerprintOf(options: {
  headline: string;
  finding?: ToolFinding;
  failedStep?: string;
}): string {
  const { headline, finding, failedStep } = options;
  const parts = [
    finding?.tool,
    finding?.kind,
    finding?.rule,
    finding?.package,
    maskTemplate(finding?.test ?? ''),
    maskTemplate(finding?.file?.split(/[\\/]/).pop() ?? ''),
    maskTemplate(finding?.message ?? headline),
  ];
  if (VAGUE.test(headline)) {
    parts.push(failedStep ?? '');
  }
  return hashTextToHex(parts.join('\u001f'));
}
