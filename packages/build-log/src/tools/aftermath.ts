import { shareAll } from './ToolRule';

/**
 * What is done after a job has failed, and may fail too: handing over reports and figures, clearing up. It explains a
 * failure only where nothing else does.
 */
export const aftermath = shareAll(
  { tool: 'generic', reason: 'error_message' as const, weight: 28 },
  [
    {
      kind: 'upload',
      words: ['upload', 'uploading', 'artifacts', 'metric', 'metrics'],
      pattern:
        /(?<message>\b(?:[Ff]ailed|[Ee]rror|[Uu]nable|[Cc]ould not|[Cc]annot|[Ww]arning: [Ee]rror)(?: to)? (?:upload|send|publish|report)(?:ing)? .{0,40}(?:artifacts?|metrics?|stat(?:istic)?s|telemetry|coverage|reports?|cache)\b.*)/,
    },
    {
      kind: 'cache',
      words: ['storage', 'cache'],
      pattern:
        /(?<message>\b(?:storage (?:write|read) check failed|(?:[Ff]ailed to|[Uu]nable to|[Cc]ould not) (?:save|store|restore|write to) .{0,20}cache\b).*)/,
    },
    {
      kind: 'exit-status',
      reason: 'exit_status',
      weight: 14,
      words: ['exited', 'failed', 'finished', 'terminated'],
      pattern:
        /\b(?:[Ss]cript|[Ss]tep|[Cc]ommand|[Pp]rocess|[Cc]ontainer) (?:exited|failed|finished|terminated) with (?:an? )?(?:(?:non-zero )?exit )?(?:code|status):? (?<exitCode>[1-9]\d{0,9})\b/,
    },
    {
      kind: 'exit-status',
      reason: 'exit_status',
      weight: 14,
      words: ['executing'],
      pattern: /^Executing the custom container implementation failed\./,
    },
  ],
);
