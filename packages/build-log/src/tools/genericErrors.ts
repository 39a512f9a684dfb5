import { shareAll } from './ToolRule';

const PROBLEM_WORDS = [
  'error',
  'errors',
  'err',
  'fatal',
  'failed',
  'fail',
  'failure',
  'failures',
  'fails',
  'failing',
  'exception',
  'panic',
  'critical',
  'severe',
  'abort',
  'aborted',
  'aborting',
  'crash',
  'crashed',
];
const FAULT_WORDS = [
  'cannot',
  'can',
  'could',
  'couldn',
  'unable',
  'invalid',
  'missing',
  'unexpected',
  'unknown',
  'undefined',
  'unresolved',
  'denied',
  'refused',
  'rejected',
  'mismatch',
  'conflict',
  'incompatible',
  'unsupported',
  'expected',
  'must',
  'not',
  'no',
  'exceeds',
  'refusing',
  'timeout',
  'timed',
  'illegal',
  'violation',
  'maximum',
  'limit',
  'regression',
  'diff',
  'should',
  'unhandled',
  'uncaught',
];

/** Errors of any program, by the forms that programs share; the last resort. */
export const genericErrors = shareAll(
  { tool: 'generic', kind: 'error', reason: 'error_message' as const },
  [
    {
      weight: 0,
      words: PROBLEM_WORDS,
      // Speaks of errors without having one.
      pattern:
        /\b(?:0|no|without|zero) (?:errors?|failures?|failed|fail|issues)\b(?!.*\b[1-9]\d* (?:errors?|failures?|failed)\b)|\b(?:errors?|failures?|failed|fail)\s?[:=]\s?0\b(?!.*\b(?:errors?|failures?|failed)\s?[:=]\s?[1-9])|--(?:no-)?fail\b|\bfail[-_](?:fast|safe|on|under)|\b(?:on|if|ignore|continue)[-_ ](?:errors?|fail(?:ure)?)\b|error[-_](?:handler|handling|page|prone|boundary|message|log|report|chain|code)\w*|\bpass(?:ed)?\b|^\s*[✓✔√]|^\s*(?:ok|PASS|\+|import|export|from|require|using|include|Downloading|Downloaded|Compiling|Installing|Collecting|Running|Checking)\b|\bset -e|\bexpected (?:fail|error)|\bxfail|-Werror|RUST_BACKTRACE=|\berrors?\.(?:go|py|[jt]sx?|rs|rb|java|h|c|cpp|o)\b/i,
    },
    {
      weight: 70,
      reason: 'exception',
      kind: 'exception',
      words: ['error', 'exception'],
      pattern:
        /^\s{0,12}(?:\[\w{1,10}\] )?(?:Uncaught |Unhandled |Error: |throw new )?(?<rule>(?:[A-Za-z_]\w{0,60}(?:\.|::)){0,8}[A-Z]\w{0,60}(?:Error|Exception))(?: \[[\w-]{1,60}\])?: (?<message>.*)/,
    },
    {
      weight: 66,
      words: ['error', 'fatal', 'err', 'errors', 'critical', 'severe'],
      pattern:
        /^\s{0,4}(?:[\w./-]{1,60}: |\[[^\]]{1,60}\] ?|>+ ?|\d[\d:.,]{4,30} +){0,3}(?:\[)?(?:fatal error|error|fatal|ERROR|FATAL|Error|Fatal|CRITICAL|SEVERE|ERR!?|E)(?:\])?(?:\([^)]{1,60}\)|\[[^\]]{1,60}\])?\s?(?::| -|\||!)\s{0,8}(?<message>\S.*)/,
    },
    {
      weight: 62,
      words: ['error', 'fatal', 'critical', 'severe'],
      pattern:
        /^\s{0,4}(?:\S{1,40} ){0,4}?[[(]?(?:ERROR|FATAL|CRITICAL|SEVERE)[\])]?(?:\s|:|$)(?<message>.*)/,
    },
    {
      weight: 62,
      words: ['error', 'errors', 'fatal'],
      pattern: /(?:^|[\s:])(?:[Ff]atal )?[Ee]rror:\s{1,8}(?<message>\S.*)/,
    },
    {
      weight: 60,
      words: ['failed', 'fail', 'failure'],
      reason: 'test_failure',
      kind: 'failure',
      pattern:
        /(?:^|[\s:>|[(])(?:FAILED|FAIL|FAILURE)(?:$|[\s:!.,|\])])(?<message>.*)/,
    },
    {
      weight: 60,
      words: ['failed', 'error', 'fail'],
      reason: 'test_failure',
      kind: 'failure',
      pattern:
        /^\s{0,8}(?<test>[A-Za-z][\w.:/[\]-]{2,200}) (?:-|\.{2,60}|…) ?(?:failed|FAILED|FAIL|ERROR)\b(?<message>.*)/,
    },
    {
      weight: 58,
      words: [
        'missing',
        'invalid',
        'unexpected',
        'mismatch',
        'regression',
        'violation',
        'conflict',
        'denied',
        'timeout',
      ],
      pattern:
        /^\s{0,4}(?:[A-Z]{2,20} ){0,3}(?:MISSING|INVALID|UNEXPECTED|MISMATCH|REGRESSION|VIOLATION|CONFLICT|DENIED|TIMEOUT)(?: [A-Z]{2,20}){0,3}\s?: (?<message>.*)/,
    },
    {
      weight: 52,
      words: [
        'unable',
        'could',
        'couldn',
        'cannot',
        'can',
        'failed',
        'unhandled',
        'uncaught',
        'refusing',
      ],
      pattern:
        /^\s{0,8}(?:\S{1,60}: )?(?<message>(?:[Uu]nable to|[Cc]ould ?n(?:o|')t|[Cc]an ?n(?:o|')t|[Cc]annot|[Ff]ailed to|[Uu]nhandled|[Uu]ncaught)\b.*)|(?<=\s)refusing to .*/,
    },
    {
      weight: 42,
      words: [
        'failed',
        'failure',
        'failures',
        'unable',
        'could',
        'couldn',
        'cannot',
        'error',
        'errors',
        'exception',
      ],
      pattern:
        /\b(?:failed\b|failures?\b|unable to|could not|couldn't|cannot\b|errors?\b|exception\b)/i,
    },
    {
      weight: 34,
      words: FAULT_WORDS,
      pattern:
        /\b(?:invalid|missing|unexpected|undefined|unresolved|denied|refused|rejected|mismatch(?:ed)?|conflict(?:s|ing)?|incompatible|unsupported|exceeds|not found|no such|does not exist|doesn't exist|not (?:allowed|permitted|supported|defined|available|recognized)|must (?:be|have|not)|should (?:extend|be|have)|(?:more|larger|longer|higher) than the .{0,40}(?:maximum|limit|allowed)|timed out|time(?:d )?out|illegal|violation|expected .{1,200}(?:but|got|found|received|actual))/i,
    },
  ],
);
