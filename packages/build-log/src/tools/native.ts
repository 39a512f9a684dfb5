import { shareAll } from './ToolRule';

/** gcc, clang, MSVC, linkers, CMake, make, ninja, Bazel and sanitizers. */
export const native = shareAll(
  { reason: 'compile_error' as const, weight: 82 },
  [
    {
      tool: 'gcc',
      kind: 'compile-error',
      words: ['error'],
      pattern:
        /(?:^|\s)(?<file>(?:[A-Za-z]:)?[^\s:()'"]{1,300}):(?<sourceLine>\d{1,7}):(?:(?<column>\d{1,7}):)? (?:fatal )?error: (?<message>.*)/,
    },
    {
      tool: 'msvc',
      kind: 'compile-error',
      words: ['error'],
      pattern:
        /^(?:\s{0,4}\d+>)?(?<file>(?:[A-Za-z]:)?[^\s(:][^(:]{0,300})\((?<sourceLine>\d+)(?:,(?<column>\d+))?\)\s?: (?:fatal )?error (?<rule>C\d{4}): (?<message>.*)/,
    },
    {
      tool: 'ld',
      kind: 'link-error',
      words: ['undefined', 'multiple', 'duplicate'],
      pattern:
        /(?<message>(?:undefined (?:reference to|symbols?[ :])|multiple definition of|duplicate symbol).*)/,
    },
    {
      tool: 'ld',
      kind: 'link-error',
      weight: 74,
      words: ['ld', 'link', 'lnk', 'collect'],
      pattern:
        /^(?:.{0,200}[\s/])?(?:ld(?:\.\w+)?|lld-link|ld64\.lld|LINK)\s?: (?:fatal )?(?:error:?|cannot) (?<message>.*)|(?:fatal )?error (?<rule>LNK\d{4}): .*|^collect2: error: .*/,
    },
    {
      tool: 'cmake',
      kind: 'configure-error',
      weight: 80,
      words: ['cmake'],
      pattern:
        /^CMake Error(?: at (?<file>[^\s:]{1,300}):(?<sourceLine>\d+))?:?(?<message>.*)/,
    },
    {
      tool: 'ninja',
      kind: 'build-step',
      weight: 74,
      reason: 'error_message',
      words: ['failed'],
      pattern: /^FAILED: (?:\[code=(?<exitCode>\d+)\] )?(?<file>\S{1,300})/,
    },
    {
      tool: 'make',
      kind: 'aftermath',
      weight: 16,
      reason: 'exit_status',
      words: ['make', 'gmake', 'mingw'],
      pattern:
        /^(?:g|mingw32-)?make(?:\[\d+\])?: \*\*\* .{0,300}(?:Error (?<exitCode>\d+)|failed).*/,
    },
    {
      tool: 'make',
      kind: 'missing-rule',
      reason: 'error_message',
      weight: 78,
      words: ['rule'],
      pattern:
        /^(?:g|mingw32-)?make(?:\[\d+\])?: \*\*\* (?<message>No rule to make target .*)/,
    },
    {
      tool: 'ninja',
      kind: 'aftermath',
      weight: 12,
      reason: 'exit_status',
      words: ['ninja'],
      pattern: /^ninja: build stopped: .*/,
    },
    {
      tool: 'bazel',
      kind: 'build-failed',
      weight: 72,
      words: ['error'],
      pattern:
        /^ERROR: (?<file>\/[^\s:]{1,300}):(?<sourceLine>\d+):(?<column>\d+): (?<message>.*)/,
    },
    {
      tool: 'sanitizer',
      kind: 'memory-error',
      weight: 88,
      reason: 'exception',
      words: ['sanitizer'],
      pattern:
        /(?:==\d+==\s?ERROR: (?:Address|Leak|Memory|Thread)Sanitizer|SUMMARY: \w{1,40}Sanitizer|WARNING: ThreadSanitizer): (?<message>.*)/,
    },
    {
      tool: 'sanitizer',
      kind: 'undefined-behaviour',
      weight: 80,
      reason: 'exception',
      words: ['runtime'],
      pattern:
        /^(?<file>[^\s:]{1,300}):(?<sourceLine>\d+):(?<column>\d+): runtime error: (?<message>.*)/,
    },
    {
      tool: 'valgrind',
      kind: 'memory-error',
      weight: 76,
      reason: 'exception',
      words: ['invalid', 'definitely'],
      pattern:
        /^==\d+== (?<message>Invalid (?:read|write|free).*|.{0,40}definitely lost: [1-9].*)/,
    },
    {
      tool: 'googletest',
      kind: 'test-failure',
      reason: 'test_failure',
      words: ['failed'],
      pattern: /^\[\s{1,2}FAILED\s{1,2}\] (?<test>[\w./]{1,300})/,
    },
    {
      tool: 'ctest',
      kind: 'test-failure',
      reason: 'test_failure',
      words: ['failed', 'exception', 'timeout'],
      pattern:
        /^\s{0,4}\d+\/\d+ Test\s+#\d+: (?<test>\S{1,200}) \.*\s?\*\*\*(?<message>.*)/,
    },
    {
      tool: 'assertion',
      kind: 'assertion',
      weight: 82,
      reason: 'exception',
      words: ['assertion', 'assert'],
      pattern:
        /(?<message>Assertion [`'"].{1,300}['"] failed.*|[Aa]ssertion failure: .*|[Aa]ssertion failed: .*)/,
    },
  ],
);
