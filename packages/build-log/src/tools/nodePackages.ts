import { shareAll } from './ToolRule';

/** npm, Yarn, pnpm, and what Node itself says about modules. */
export const nodePackages = shareAll(
  { kind: 'dependency', reason: 'error_message' as const, weight: 78 },
  [
    {
      tool: 'npm',
      kind: 'dependency-not-found',
      weight: 84,
      words: ['npm'],
      pattern:
        /^npm (?:ERR!|error) 404 +'?(?<package>@?[\w./-]{1,200})@(?<version>[^'\s]{1,60})'? (?<message>is not in .*)/,
    },
    {
      tool: 'npm',
      kind: 'aftermath',
      weight: 8,
      words: ['npm'],
      pattern:
        /^npm (?:ERR!|error) (?:A complete log|Lifecycle script|command |path |workspace |location |in workspace|at location|cwd|errno|syscall|\s{4}|Exit status|This is probably not a problem|Failed at the|\S+@\S+ \S+: )|^npm (?:ERR!|error)$|^npm (?:ERR!|error) code ELIFECYCLE/,
    },
    {
      tool: 'npm',
      weight: 70,
      words: ['npm'],
      pattern: /^npm (?:ERR!|error) code (?<rule>E\w{2,20})/,
    },
    {
      tool: 'npm',
      weight: 65,
      words: ['npm'],
      pattern: /^npm (?:ERR!|error) (?<message>\S.*)/,
    },
    {
      tool: 'yarn',
      words: ['yn'],
      pattern:
        /(?<rule>YN0\d{3}): .{0,60}?(?<message>\S.{0,300}(?:isn't|can't|couldn't|[Nn]o candidates|not found|[Ff]ailed|invalid|would have been modified|forbidden).*)/,
    },
    {
      tool: 'yarn',
      weight: 70,
      words: ['error'],
      pattern:
        /^error (?:An unexpected error occurred: |Couldn't find |No lockfile|Your lockfile )(?<message>.*)/,
    },
    {
      tool: 'yarn',
      kind: 'aftermath',
      weight: 8,
      words: ['error', 'elifecycle'],
      pattern:
        /^error Command failed with exit code (?<exitCode>\d+)|^\s?ELIFECYCLE\b/,
    },
    {
      tool: 'pnpm',
      words: ['pnpm'],
      pattern: /(?<rule>ERR_PNPM_\w{2,60})\s{1,4}(?<message>.*)/,
    },
    {
      tool: 'node',
      kind: 'module-not-found',
      words: ['module'],
      pattern:
        /(?<message>Cannot find (?:module|package) ["'](?<package>[^"']{1,200})["'].*)/,
    },
    {
      tool: 'webpack',
      kind: 'module-not-found',
      words: ['module'],
      pattern: /(?<message>Module not found: .*)/,
    },
    {
      tool: 'webpack',
      kind: 'compile-error',
      weight: 62,
      words: ['error'],
      pattern: /^ERROR in (?<file>\S{1,300})?.*/,
    },
    {
      tool: 'node',
      kind: 'engine',
      words: ['engine', 'ebadengine'],
      pattern:
        /(?<message>The engine "node" is incompatible with this module.*|EBADENGINE.*)/,
    },
  ],
);
