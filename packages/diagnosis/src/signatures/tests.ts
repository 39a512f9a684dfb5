import { Signature } from './Signature';

/** What tests say. Most of it fits a wrong change as well as a flaky test, so history has to decide. */
export const tests: readonly Signature[] = [
  {
    id: 'test-said-flaky',
    subCategory: 'flaky_test.unstable',
    pattern:
      '(?i)\\b[1-9]\\d* flaky\\b|flakes?: [1-9]|passed on (?:retry|rerun)|retry #\\d .{0,40}passed|tests? (?:is|are) (?:known to be )?flaky',
    weight: 2.6,
    provenance: 'Playwright, Surefire, Gradle test retry',
    matches: ['1 flaky', '[WARNING] Flakes: 1'],
    rejects: ['0 flaky'],
  },
  {
    id: 'screen-not-ready',
    subCategory: 'flaky_test.user_interface',
    pattern:
      '(?i)staleelementreference|element is not attached|nosuchelementexception|elementclickintercepted|elementnotinteractable|locator\\.\\w+: timeout|waiting for (?:selector|locator)|unable to find (?:an )?element|target (?:page|closed)|timed out retrying after|navigation timeout',
    weight: 2,
    also: { 'code.test_assertion': 0.8 },
    provenance: 'Selenium, Playwright, Cypress, Testing Library, Puppeteer',
    matches: ['TimeoutError: locator.click: Timeout 30000ms exceeded.'],
    rejects: ['element total is 4'],
  },
  {
    id: 'test-timeout',
    subCategory: 'flaky_test.timeout',
    pattern:
      '(?i)exceeded timeout of \\d+|timeout of \\d+ ?ms exceeded|test timed out|testtimedoutexception|panic: test timed out|timed out after \\d+(?:\\.\\d+)? ?(?:ms|s|sec|seconds|milliseconds|minutes)|failed: timeout|(?:condition|assertion|future|promise|wait)[a-z ]{0,30}(?:timed out|not (?:met|fulfilled) within)|conditiontimeoutexception|was not fulfilled within|asyncio\\.(?:exceptions\\.)?timeouterror|\\btimeouterror\\b|did not (?:complete|finish|settle|respond|answer) (?:with)?in|has been running for over|deadline exceeded|timeoutexception|expired after \\d|still not .{0,40} after \\d',
    weight: 2,
    also: { 'code.test_assertion': 0.5, 'infrastructure.timeout': 0.5 },
    provenance: 'Jest, Mocha, JUnit, Go, pytest-timeout, Awaitility, asyncio',
    matches: [
      'thrown: "Exceeded timeout of 5000 ms for a test.',
      'panic: test timed out after 10m0s',
      'TimeoutError: worker did not finish within 0.2 s',
    ],
    rejects: ['all within the timeout'],
  },
  {
    id: 'test-race',
    subCategory: 'flaky_test.concurrency',
    pattern:
      '(?i)concurrentmodificationexception|deadlock (?:detected|found)|all goroutines are asleep|race condition|lock wait timeout|could not serialize access|optimisticlock|address already in use|eaddrinuse|port \\d+ (?:is )?already in use|bindexception|cannot bind',
    weight: 1.9,
    also: { 'code.test_exception': 0.6, 'infrastructure.file_lock': 0.4 },
    provenance: 'Java, Go, PostgreSQL, MySQL, Hibernate, Node.js',
    matches: ['Error: listen EADDRINUSE: address already in use :::3000'],
    rejects: ['the address of the shop'],
  },
  {
    id: 'test-order',
    subCategory: 'flaky_test.order',
    pattern:
      '(?i)duplicate key value|unique constraint failed|duplicate entry|already exists\\.?$|already (?:registered|initiali[sz]ed|defined|declared)|left over from|state leaked|did not exit one second after|shuffled with seed|random(?:i[sz]ed)? (?:with )?(?:seed|order)|randomly seed',
    weight: 1.2,
    also: { 'code.test_assertion': 0.4 },
    provenance: 'PostgreSQL, SQLite, MySQL, RSpec, Jest',
    matches: ['duplicate key value violates unique constraint "users_email"'],
    rejects: ['keys are unique'],
  },
  {
    id: 'test-clock',
    subCategory: 'flaky_test.timing',
    pattern:
      '(?i)(?:elapsed|duration|took|latency)\\b.{0,40}(?:less|greater|exceed|too (?:long|slow)| [<>]=? ?\\d)|expected .{0,60}(?:ms|milliseconds|seconds).{0,40}(?:less|at most|within|but)|\\bassert(?:ionerror)?.{0,40}(?:time\\.|elapsed|duration|seconds|\\bnow\\b)|(?:date|time|clock|timestamp).{0,40}(?:expected|received|differs?|skew)|too (?:slow|late|early)',
    weight: 1.4,
    also: { 'code.test_assertion': 0.6 },
    provenance: 'wordings of assertions about time',
    matches: ['AssertionError: assert elapsed < 0.25'],
    rejects: ['Ran 12 tests in 0.25s'],
  },
  {
    id: 'test-exception',
    subCategory: 'code.test_exception',
    pattern:
      '(?:TypeError|ReferenceError|RangeError|AttributeError|NameError|KeyError|IndexError|ValueError|ZeroDivisionError|NullPointerException|IllegalStateException|IllegalArgumentException|ArrayIndexOutOfBounds|NoMethodError|ClassCastException|RuntimeError|UnsupportedOperationException)\\b|nil pointer dereference|index out of range|invalid memory address|called `(?:Option|Result)::unwrap\\(\\)`|panicked at',
    weight: 1.3,
    also: { 'dependency.behaviour': 0.5, 'flaky_test.unstable': 0.2 },
    provenance: 'JavaScript, Python, Java, Go, Ruby, Rust',
    matches: [
      "TypeError: Cannot read properties of undefined (reading 'total')",
      'panic: runtime error: index out of range [3] with length 3',
    ],
    rejects: ['errors are typed'],
  },
  {
    id: 'test-assertion',
    subCategory: 'code.test_assertion',
    pattern:
      '(?i)assertionerror|assertion failed|assertion `.{0,60}` failed|assert\\w*\\.?\\w* (?:failed|==|!=)|expected:? .{0,200}(?:received|but was|to (?:be|equal|have|contain)|got|actual)|^\\s*(?:expected|received|actual|want|got)\\s*[:=]|expect\\(.{0,60}\\)\\.|\\bassert .{1,200}(?:==|!=| in | is |<|>)|comparisonfailure|--- fail: |^fail(?:ed)?[: ]|tests? failed|failed tests?|failures: [1-9]|\\b[1-9]\\d* (?:failed|failing)\\b|there (?:was|were) \\d+ failures?|test result: failed|snapshots? (?:failed|obsolete)|● |<<< (?:failure|error)!|not ok \\d+',
    weight: 1.1,
    also: { 'flaky_test.unstable': 0.4, 'dependency.behaviour': 0.2 },
    provenance: 'Jest, pytest, JUnit, Go, Rust, TAP, RSpec',
    matches: [
      'AssertionError: assert 12.49 == 12.5',
      '--- FAIL: TestTotal (0.00s)',
      '    Expected: 12.5',
    ],
    rejects: ['12 passed'],
  },
  {
    id: 'crashed',
    subCategory: 'code.crash',
    pattern:
      '(?i)segmentation fault|core dumped|sigsegv|sigabrt|sigill|sigfpe|bus error|illegal instruction|fatal python error|\\bpanic: |unhandled (?:exception|promise rejection|error)|uncaught exception|terminate called after throwing|stack overflow|access violation|abort trap|exit(?:ed)?(?: with)? (?:code|status):? (?:134|139)\\b',
    weight: 1.6,
    also: { 'infrastructure.process_killed': 0.7 },
    provenance: 'POSIX signals, Go, Python, C++, Windows',
    matches: ['Segmentation fault (core dumped)'],
    rejects: ['do not panic'],
  },
];
