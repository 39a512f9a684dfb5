import { shareAll } from './ToolRule';

/** What shells say, and the exit codes that programs report about each other. */
export const shell = shareAll(
  { tool: 'shell', reason: 'error_message' as const },
  [
    {
      kind: 'command-not-found',
      weight: 80,
      words: ['found', 'command'],
      pattern:
        /^(?<message>(?:\S{1,200}: )?(?:line \d+: |\d+: )?[\w./-]{1,100}: (?:command )?not found)$|is not recognized as an internal or external command/,
    },
    {
      kind: 'file-not-found',
      weight: 72,
      words: ['such', 'enoent'],
      pattern: /(?:No such file or directory|ENOENT: no such file)/,
    },
    {
      kind: 'unbound-variable',
      weight: 78,
      words: ['unbound', 'syntax'],
      pattern:
        /^(?<message>\S{1,200}: line \d+: .{1,200}: unbound variable|\S{1,200}: line \d+: syntax error.*)/,
    },
    {
      kind: 'timeout',
      weight: 78,
      reason: 'infrastructure',
      words: ['took', 'timeout', 'returning', 'timed'],
      pattern:
        /(?:Command took >\s?\d+\s?\w+|[Tt]imed out after \d+|timeout: sending signal)/,
    },
    {
      kind: 'signal',
      weight: 76,
      words: ['signal'],
      pattern:
        /(?:[Rr]eceived|terminated by|killed by|caught) signal:? ?(?<signal>SIG[A-Z]{3,6}|\d{1,2})/,
    },
    {
      kind: 'exit-status',
      reason: 'exit_status',
      weight: 14,
      words: ['exit', 'exited', 'status', 'returned'],
      pattern:
        /\b(?:exit status|exited with(?: status| code)?:?|exit code:?|returned non-zero exit (?:status|code)) (?<exitCode>[1-9]\d{0,9})\.?$/,
    },
  ],
);
