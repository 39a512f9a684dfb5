import { shareAll } from './ToolRule';

const END_OF_PACKAGE = /^(?:FAIL|ok|PASS|---|===|\?)\s/;

/** The Go compiler, `go test`, modules, panics, and linters that print like it. */
export const go = shareAll({ tool: 'go' }, [
  {
    kind: 'test-failure',
    reason: 'test_failure',
    weight: 82,
    words: ['fail'],
    pattern: /^\s{0,32}--- FAIL: (?<test>\S{1,300})/,
  },
  {
    kind: 'panic',
    reason: 'exception',
    weight: 84,
    words: ['panic'],
    pattern: /^\s{0,4}panic: (?<message>.*)/,
    until: END_OF_PACKAGE,
  },
  {
    kind: 'fatal-error',
    reason: 'exception',
    weight: 84,
    words: ['fatal'],
    pattern:
      /^fatal error: (?<message>(?:all goroutines|concurrent map|runtime|stack overflow|unexpected signal|out of memory).*)/,
    until: END_OF_PACKAGE,
  },
  {
    kind: 'race',
    reason: 'test_failure',
    weight: 82,
    words: ['race'],
    pattern: /^WARNING: (?<message>DATA RACE)/,
    until: /^={10,}$/,
  },
  {
    kind: 'test-failure',
    reason: 'test_failure',
    weight: 72,
    words: ['test'],
    pattern:
      /^\s{2,32}(?<file>[\w./-]{1,200}_test\.go):(?<sourceLine>\d+): (?<message>.*)/,
  },
  {
    kind: 'compile-error',
    reason: 'compile_error',
    weight: 82,
    words: ['go'],
    pattern:
      /^(?:vet: |# )?(?<file>[\w./@+-]{1,300}\.go):(?<sourceLine>\d+)(?::(?<column>\d+))?: (?<message>.*)/,
  },
  {
    kind: 'package-failed',
    reason: 'test_failure',
    weight: 50,
    words: ['fail'],
    pattern:
      /^FAIL\t(?<package>\S{1,300})(?:\t[\d.]+s| \[(?<message>[\w ]+)\])/,
  },
  {
    kind: 'dependency',
    reason: 'error_message',
    weight: 80,
    words: ['module', 'modules', 'go'],
    pattern:
      /^(?:go: |\S{1,300}: )?(?<message>(?:no required module provides package|missing go\.sum entry|cannot find module providing package|module lookup disabled|verifying module) ?(?<package>[^\s;:]{1,200})?.*|.{0,200}unknown revision.*|.{0,200}(?:invalid version|checksum mismatch).*|updates to go\.mod needed.*)/,
  },
]);
