import { shareAll } from './ToolRule';

/** javac, Kotlin, Scala, Maven, Gradle, JUnit and Surefire. */
export const jvm = shareAll({ reason: 'compile_error' as const, weight: 82 }, [
  {
    tool: 'maven',
    kind: 'compile-error',
    words: ['java', 'kt', 'scala', 'groovy'],
    pattern:
      /^\[ERROR\] (?<file>[^\s:]{1,300}\.(?:java|kt|scala|groovy)):\[(?<sourceLine>\d+),(?<column>\d+)\] (?<message>.*)/,
  },
  {
    tool: 'maven',
    kind: 'source-error',
    weight: 78,
    words: ['java', 'kt', 'scala', 'xml'],
    pattern:
      /^\[ERROR\] (?<file>[^\s:]{1,300}\.(?:java|kt|scala|xml)):\[?(?<sourceLine>\d+)(?:[,:](?<column>\d+))?\]?:? (?<message>.*)/,
  },
  {
    tool: 'javac',
    kind: 'compile-error',
    words: ['error'],
    pattern:
      /^(?:\s{0,4}\[javac\] )?(?<file>[^\s:]{1,300}\.(?:java|scala)):(?<sourceLine>\d+):(?:(?<column>\d+):)? error: (?<message>.*)/,
  },
  {
    tool: 'kotlin',
    kind: 'compile-error',
    words: ['kt', 'kts'],
    pattern:
      /^e: (?:file:\/\/)?(?<file>\S{1,300}\.kts?):(?:\s?\()?(?<sourceLine>\d+)[,:] ?(?<column>\d+)\)?:? (?<message>.*)/,
  },
  {
    tool: 'javac',
    kind: 'compile-detail',
    weight: 62,
    words: ['symbol', 'location', 'required', 'found', 'reason'],
    pattern:
      /^(?:\[ERROR\])?\s{1,8}(?:symbol|location|required|found|reason)\s{0,4}: (?<message>.*)/,
  },
  {
    tool: 'maven',
    kind: 'dependency',
    weight: 84,
    reason: 'error_message',
    words: ['resolve', 'artifact', 'transfer', 'descriptor', 'collect'],
    pattern:
      /(?<message>Could not (?:find artifact|resolve dependencies for project|transfer artifact|collect dependencies)[ :]*(?<package>[\w.-]{1,100}:[\w.-]{1,100})?(?::[\w-]{1,20})?(?::(?<version>[\w.-]{1,60}))?.*)/,
  },
  {
    tool: 'maven',
    kind: 'enforcer',
    weight: 84,
    reason: 'error_message',
    words: ['rule'],
    pattern: /(?<message>Rule \d+: (?<rule>\S{1,200}) failed.*)/,
  },
  {
    tool: 'maven',
    kind: 'enforcer',
    weight: 80,
    reason: 'error_message',
    words: ['dependency', 'dependencies', 'convergence', 'upper'],
    pattern:
      /(?<message>(?:Dependency convergence error for|Require upper bound dependencies error for) (?<package>[\w.-]{1,100}:[\w.-]{1,100})(?::\w{1,20})?:(?<version>[\w.-]{1,60}).*)/,
  },
  {
    tool: 'maven',
    kind: 'build-failed',
    weight: 66,
    reason: 'error_message',
    words: ['goal'],
    pattern: /^\[ERROR\] (?<message>Failed to execute goal \S{1,200}.*)/,
  },
  {
    tool: 'maven',
    kind: 'aftermath',
    weight: 9,
    reason: 'error_message',
    words: ['error', 'build'],
    pattern:
      /^\[ERROR\]\s*$|^\[ERROR\] (?:-> \[Help|\[Help \d|To see the full stack|Re-run Maven|For more information about|After correcting|\s{2}mvn <)|^\[(?:INFO|ERROR)\] BUILD FAILURE/,
  },
  {
    tool: 'surefire',
    kind: 'test-failure',
    reason: 'test_failure',
    words: ['failure', 'error'],
    pattern:
      /^(?:\[ERROR\] )?\s{0,4}(?<test>[\w$.,()[\]{} -]{2,300}?)\s{1,3}(?:-- )?Time elapsed: [\d.,]+ s(?:ec)?\s{1,4}<<< (?:FAILURE|ERROR)!/,
  },
  {
    tool: 'surefire',
    kind: 'test-failure',
    reason: 'test_failure',
    weight: 74,
    words: ['tests'],
    pattern:
      /^(?:\[(?:ERROR|WARNING|INFO)\] )?Tests run: \d+, (?:Failures: [1-9]\d*, Errors: \d+|Failures: 0, Errors: [1-9]\d*).*/,
  },
  {
    tool: 'surefire',
    kind: 'section',
    reason: 'test_failure',
    weight: 60,
    words: ['tests', 'failures', 'errors', 'failed'],
    pattern:
      /^(?:\[ERROR\] )?(?:Failed tests|Tests in error|Failures|Errors): ?$/,
  },
  {
    tool: 'surefire',
    kind: 'test-failure',
    reason: 'test_failure',
    weight: 76,
    words: ['error'],
    pattern:
      /^\[ERROR\] {2,6}(?<test>[\w$]{1,100}(?:\.[\w$]{1,100}){1,6}(?::\d+)?)(?:->\S{1,200})?(?: » | )(?<message>\S.{0,300})/,
  },
  {
    tool: 'gradle',
    kind: 'build-failed',
    weight: 78,
    reason: 'error_message',
    words: ['task'],
    pattern: /^(?:> )?(?<message>Execution failed for task .*)/,
  },
  {
    tool: 'gradle',
    kind: 'task-failed',
    weight: 66,
    reason: 'error_message',
    words: ['failed'],
    pattern: /^> Task (?<rule>:\S{1,200}) FAILED$/,
  },
  {
    tool: 'gradle',
    kind: 'build-failed',
    weight: 68,
    reason: 'error_message',
    words: ['went', 'failure'],
    pattern:
      /^\* What went wrong:$|^FAILURE: (?<message>Build (?:failed|completed with).*)/,
  },
  {
    tool: 'gradle',
    kind: 'dependency',
    weight: 82,
    reason: 'error_message',
    words: ['resolve', 'find'],
    pattern:
      /^\s{0,12}>? ?(?<message>Could not (?:resolve|find) (?<package>[\w.-]{1,100}:[\w.-]{1,100})(?::(?<version>[\w.+-]{1,60}))?\.?.*)/,
  },
  {
    tool: 'junit',
    kind: 'test-failure',
    reason: 'test_failure',
    words: ['failed'],
    pattern: /^(?<test>[\w.$]{1,200} > \S.{0,300}) FAILED$/,
  },
  {
    tool: 'gradle',
    kind: 'aftermath',
    weight: 9,
    reason: 'error_message',
    words: ['try', 'stacktrace', 'build', 'help', 'scan'],
    pattern:
      /^\* Try:$|^> (?:Run with --|Get more help)|^Run with --|^BUILD FAILED in/,
  },
  {
    tool: 'jvm',
    kind: 'exception',
    reason: 'exception',
    weight: 76,
    words: ['exception', 'error', 'throwable'],
    pattern:
      /^(?:\[\w{1,8}\] )?(?:Exception in thread "[^"]{1,100}" |Caused by: |Suppressed: )?(?:[a-z][\w$]{0,60}\.){1,10}(?<rule>[A-Z][\w$]{0,100}(?:Exception|Error|Throwable|Failure|Shutdown))\b(?:: (?<message>.*))?/,
  },
]);
