import { shareAll } from './ToolRule';

/** ESLint and linters that print like it (stylelint, oxlint, tslint). */
export const eslint = shareAll(
  {
    tool: 'eslint',
    kind: 'lint-error',
    reason: 'compile_error' as const,
    weight: 75,
  },
  [
    {
      words: ['error'],
      pattern:
        /^\s{1,8}(?<sourceLine>\d{1,7}):(?<column>\d{1,7})\s{1,8}error\s{1,4}(?<message>\S.{0,400}?)(?:\s{2,}(?<rule>[@\w/-]{2,100}))?\s*$/,
    },
    {
      words: ['error'],
      pattern:
        /^(?<file>\S{1,300}\.[cm]?[jt]sx?): line (?<sourceLine>\d+), col (?<column>\d+), Error - (?<message>.{0,400}?)(?: \((?<rule>[@\w/-]+)\))?$/,
    },
    {
      kind: 'summary',
      weight: 30,
      words: ['problems', 'problem'],
      pattern: /^\s*[✖×] (?<message>\d+ problems? \([1-9]\d* errors?.*)/,
    },
    {
      kind: 'format',
      weight: 60,
      words: ['warn'],
      pattern:
        /^\[warn\] (?<message>(?:Code style issues|Forgot to run Prettier).*)/,
    },
    {
      tool: 'lintrunner',
      kind: 'lint-error',
      words: ['lint'],
      pattern: /^>>> Lint for (?<file>\S{1,300}):$/,
    },
    {
      tool: 'prettier',
      kind: 'format',
      weight: 55,
      words: ['warn'],
      pattern: /^\[warn\] (?<file>\S{1,300}\.\w{1,8})$/,
    },
  ],
);
