import { shareAll } from './ToolRule';

/** .NET, Cargo and Rust, Ruby, PHP, Swift, Elixir, Haskell, Terraform's siblings. */
export const otherLanguages = shareAll(
  { reason: 'compile_error' as const, weight: 82 },
  [
    {
      tool: 'dotnet',
      kind: 'compile-error',
      words: ['error'],
      pattern:
        /^\s*(?<file>[^\s(][^(]{0,300}\.\w{1,8})\((?<sourceLine>\d+)(?:,(?<column>\d+))?(?:,\d+,\d+)?\)\s?: error (?<rule>[A-Z]{2,10}\d{1,6}): (?<message>.*)/,
    },
    {
      tool: 'dotnet',
      kind: 'build-error',
      words: ['error'],
      pattern:
        /(?:^|: )error (?<rule>(?:MSB|NU|NETSDK|CS|BC|FS)\d{1,6}): (?<message>.*)/,
    },
    {
      tool: 'dotnet',
      kind: 'test-failure',
      reason: 'test_failure',
      words: ['failed'],
      pattern:
        /^\s{1,4}(?:Failed|X) (?<test>[\w.<>()," =:-]{3,300}) \[[\d<].{0,20}\]$/,
    },
    {
      tool: 'dotnet',
      kind: 'test-failure',
      reason: 'test_failure',
      words: ['fail'],
      pattern:
        /^\s{0,8}(?:\[xUnit\.net [\d:.]+\]\s+)?(?<test>[\w.+<>]{3,300}(?:\(.{0,200}\))?) \[FAIL\]$/,
    },
    {
      tool: 'cargo',
      kind: 'aftermath',
      weight: 24,
      reason: 'error_message',
      words: ['error'],
      pattern:
        /^error: (?:could not compile|aborting due to|process didn't exit successfully|test failed, to rerun|build failed|\d+ targets? failed)/,
    },
    {
      tool: 'cargo',
      kind: 'compile-error',
      words: ['error'],
      pattern: /^\s{0,8}error\[(?<rule>E\d{4})\]: (?<message>.*)/,
      until: /^\s*$/,
    },
    {
      tool: 'cargo',
      kind: 'dependency',
      reason: 'error_message',
      words: ['error'],
      pattern:
        /^error: (?<message>(?:failed to (?:select a version|get|parse|download|load|resolve|fetch)|no matching package|package `|the lock file).*)/,
    },
    {
      tool: 'rust',
      kind: 'panic',
      reason: 'exception',
      weight: 84,
      words: ['panicked'],
      pattern:
        /^\s{0,8}thread '(?<test>[^']{1,200})' .{0,40}?panicked at (?<message>.*)/,
    },
    {
      tool: 'rust',
      kind: 'test-failure',
      reason: 'test_failure',
      words: ['failed', 'stdout'],
      pattern:
        /^(?:test (?<test>\S{1,300}) \.\.\. FAILED|---- \S{1,300} stdout ----)$/,
    },
    {
      tool: 'rustfmt',
      kind: 'format',
      weight: 66,
      words: ['diff'],
      pattern:
        /^Diff in (?<file>\S{1,300}?):?(?: at line )?(?<sourceLine>\d+):$/,
    },
    {
      tool: 'rspec',
      kind: 'test-failure',
      reason: 'test_failure',
      words: ['rspec'],
      pattern:
        /^rspec '?(?<file>[^\s:[]{1,300})(?::(?<sourceLine>\d+)|\[[\d:]+\])'? # (?<test>.*)/,
    },
    {
      tool: 'rspec',
      kind: 'assertion',
      reason: 'test_failure',
      weight: 72,
      words: ['failure'],
      pattern: /^\s{2,12}Failure\/Error: (?<message>.*)/,
    },
    {
      tool: 'bundler',
      kind: 'dependency',
      reason: 'error_message',
      words: ['bundler', 'gem', 'gems'],
      pattern:
        /(?<message>(?:Bundler could not find compatible versions|Could not find gem '(?<package>[^']{1,100})|Bundler::\w+).*)/,
    },
    {
      tool: 'rubocop',
      kind: 'lint-error',
      weight: 70,
      words: ['rb'],
      pattern:
        /^(?<file>[^\s:]{1,300}\.rb):(?<sourceLine>\d+):(?<column>\d+): [CWEF]: (?:\[Correctable\] )?(?<rule>[\w/]{2,80}): (?<message>.*)/,
    },
    {
      tool: 'ruby',
      kind: 'exception',
      reason: 'exception',
      weight: 76,
      words: ['error', 'exception'],
      pattern:
        /^(?<file>[^\s:]{1,300}\.rb):(?<sourceLine>\d+):in [`'][^']{1,100}': (?<message>.* \((?<rule>[\w:]{1,80})\))/,
    },
    {
      tool: 'php',
      kind: 'exception',
      reason: 'exception',
      weight: 80,
      words: ['php', 'fatal', 'parse'],
      pattern:
        /^(?:PHP )?(?:Fatal error|Parse error|Uncaught \w+): {1,2}(?<message>.*?)(?: in (?<file>\S{1,300}\.php)(?: on line |:)(?<sourceLine>\d+))?$/,
    },
    {
      tool: 'phpunit',
      kind: 'test-failure',
      reason: 'test_failure',
      words: ['test'],
      pattern: /^\d+\) (?<test>[\w\\]{1,200}::\w{1,200}.{0,100})$/,
    },
    {
      tool: 'phpunit',
      kind: 'summary',
      reason: 'test_failure',
      weight: 40,
      words: ['failures', 'errors'],
      pattern:
        /^(?:FAILURES!|ERRORS!)$|^Tests: \d+, Assertions: \d+.*(?:Failures|Errors): [1-9]\d*/,
    },
    {
      tool: 'composer',
      kind: 'dependency',
      reason: 'error_message',
      words: ['requirements', 'composer'],
      pattern:
        /(?<message>Your requirements could not be resolved to an installable set of packages.*)/,
    },
    {
      tool: 'swift',
      kind: 'test-failure',
      reason: 'test_failure',
      words: ['failed'],
      pattern: /^Test Case '(?<test>[^']{1,300})' failed \(/,
    },
  ],
);
