import { shareAll } from './ToolRule';

/** pytest, unittest, pip, uv, Poetry, mypy, ruff, flake8, black and tracebacks. */
export const python = shareAll(
  { kind: 'test-failure', reason: 'test_failure' as const, weight: 82 },
  [
    {
      tool: 'pytest',
      words: ['failed', 'error'],
      pattern:
        /^(?:FAILED|ERROR)(?: \[[\d.]+s\])? (?<file>[^\s:]{1,300}\.py)(?:::(?<test>\S{1,300}))?(?: - (?<message>.*))?/,
    },
    {
      tool: 'pytest',
      weight: 60,
      words: ['failed'],
      pattern:
        /^(?<file>[^\s:]{1,300}\.py)::(?<test>\S{1,300})(?: \S{1,40})? FAILED/,
    },
    {
      tool: 'pytest',
      weight: 70,
      words: ['*underscores'],
      pattern:
        /^_{3,100} (?:ERROR (?:at|collecting) )?(?<test>[\w./:[\] -]{1,200}) _{3,100}$/,
    },
    {
      tool: 'pytest',
      kind: 'section',
      weight: 35,
      words: ['failures', 'errors'],
      pattern: /^=+ (?:FAILURES|ERRORS) =+$/,
    },
    {
      tool: 'pytest',
      kind: 'summary',
      weight: 35,
      words: ['failed', 'error', 'errors'],
      pattern: /^=+ .{0,80}\b[1-9]\d* (?:failed|errors?)\b.{0,120}=+$/,
    },
    {
      tool: 'pytest',
      weight: 78,
      words: ['*letter-e'],
      pattern: /^E {2,12}(?<message>\S.*)/,
    },
    {
      tool: 'pytest',
      weight: 70,
      words: ['py'],
      pattern:
        /^(?<file>[^\s:]{1,300}\.py):(?<sourceLine>\d+): (?<message>\w*(?:Error|Exception|Failed|Exit|Interrupt)\b.{0,200})$/,
    },
    {
      tool: 'pytest',
      kind: 'interrupted',
      weight: 82,
      words: ['interrupt', 'interrupted'],
      pattern:
        /^!+ (?<message>(?:\w*KeyboardInterrupt|Interrupted).{0,200}?) !+$/,
    },
    {
      tool: 'unittest',
      words: ['fail', 'error'],
      pattern: /^(?:FAIL|ERROR): (?<test>\w{1,200} \([\w.<> ]{1,300}\))/,
    },
    {
      tool: 'unittest',
      kind: 'summary',
      weight: 35,
      words: ['failed'],
      pattern: /^FAILED \((?:failures|errors)=.*\)$/,
    },
    {
      tool: 'python',
      kind: 'traceback',
      reason: 'exception',
      weight: 62,
      words: ['traceback'],
      pattern:
        /^\s{0,40}(?:[\w| :.-]{0,60} )?Traceback \(most recent call last\)/,
    },
    {
      tool: 'python',
      kind: 'exception',
      reason: 'exception',
      weight: 78,
      words: [
        'error',
        'exception',
        'interrupt',
        'exit',
        'timeout',
        'expired',
        'warning',
      ],
      pattern:
        /^(?:[a-z_][\w]{0,60}\.){0,8}(?<rule>[A-Z]\w{0,60}(?:Error|Exception|Interrupt|Timeout|Expired))(?:: (?<message>.*))?$/,
    },
    {
      tool: 'python',
      kind: 'module-not-found',
      reason: 'error_message',
      weight: 82,
      words: ['module'],
      pattern:
        /ModuleNotFoundError: (?<message>No module named '(?<package>[^']{1,200})')/,
    },
    {
      tool: 'pip',
      kind: 'dependency',
      reason: 'error_message',
      words: ['distribution'],
      pattern:
        /(?<message>No matching distribution found for (?<package>[\w.-]{1,100}).*)/,
    },
    {
      tool: 'pip',
      kind: 'dependency',
      reason: 'error_message',
      words: ['version'],
      pattern:
        /(?<message>Could not find a version that satisfies the requirement (?<package>[\w.-]{1,100}).*)/,
    },
    {
      tool: 'pip',
      kind: 'dependency',
      reason: 'error_message',
      words: ['resolution', 'conflict', 'conflicting'],
      pattern:
        /(?<message>ResolutionImpossible.*|Cannot install .* because these package versions have conflicting dependencies.*)/,
    },
    {
      tool: 'pip',
      kind: 'build-failed',
      reason: 'error_message',
      weight: 80,
      words: ['building', 'build', 'wheel', 'wheels'],
      pattern:
        /^\s{0,4}(?:ERROR: |error: )(?<message>(?:Failed building wheel for (?<package>[\w.-]{1,100})|Could not build wheels for|Failed to build installable wheels|subprocess-exited-with-error).*)/,
    },
    {
      tool: 'mypy',
      kind: 'type-error',
      reason: 'compile_error',
      words: ['error'],
      pattern:
        /^(?<file>[^\s:]{1,300}\.pyi?):(?<sourceLine>\d+):(?:(?<column>\d+):)? error: (?<message>.*?)(?:\s+\[(?<rule>[\w-]+)\])?$/,
    },
    {
      tool: 'ruff',
      kind: 'lint-error',
      reason: 'compile_error',
      weight: 72,
      words: ['py'],
      pattern:
        /^(?<file>[^\s:]{1,300}\.pyi?):(?<sourceLine>\d+):(?<column>\d+): (?<rule>[A-Z]{1,4}\d{3,4}) (?<message>.*)/,
    },
    {
      tool: 'black',
      kind: 'format',
      reason: 'compile_error',
      weight: 65,
      words: ['reformat', 'reformatted'],
      pattern: /^(?:would reformat (?<file>\S.{0,300})|Would reformat: .*)/,
    },
  ],
);
