import { shareAll } from './ToolRule';

/** The machine, the network and services, whichever tool prints it. */
export const infrastructure = shareAll(
  { reason: 'infrastructure' as const, weight: 84 },
  [
    {
      tool: 'system',
      kind: 'disk-full',
      weight: 90,
      words: ['space', 'quota', 'disk', 'enospc'],
      pattern:
        /(?:[Nn]o space left on device|[Dd]isk quota exceeded|There is not enough space on the disk|\bENOSPC\b)/,
    },
    {
      tool: 'system',
      kind: 'out-of-memory',
      weight: 90,
      words: ['memory', 'heap', 'oom', 'enomem'],
      pattern:
        /(?:JavaScript heap out of memory|java\.lang\.OutOfMemoryError|Cannot allocate memory|[Oo]ut of memory(?:: Kill|\b)|MemoryError\b|std::bad_alloc|\bENOMEM\b|GC overhead limit exceeded|oom-kill|OutOfMemory)/,
    },
    {
      tool: 'system',
      kind: 'out-of-memory',
      weight: 70,
      words: ['exit', 'code', 'status', 'killed', 'sigkill'],
      pattern:
        /\b(?:exit(?:ed)? (?:with )?(?:code|status):? (?<exitCode>137)\b|(?<signal>SIGKILL)\b|signal 9\b)|^\s{0,20}Killed$|: line \d{1,6}: +\d{1,9} Killed /,
    },
    {
      tool: 'system',
      kind: 'crash',
      weight: 86,
      words: [
        'segmentation',
        'core',
        'sigsegv',
        'sigabrt',
        'sigbus',
        'sigill',
        'aborted',
        'bus',
        'illegal',
        'sigterm',
        'sigint',
      ],
      pattern:
        /(?:[Ss]egmentation fault|core dumped|\b(?<signal>SIG(?:SEGV|ABRT|BUS|ILL|FPE))\b|^Aborted|Illegal instruction|Bus error|received (?:SIGTERM|SIGINT))/,
    },
    {
      tool: 'network',
      kind: 'dns',
      words: [
        'resolve',
        'resolution',
        'host',
        'name',
        'enotfound',
        'again',
        'getaddrinfo',
      ],
      pattern:
        /(?:[Cc]ould ?n[o']t resolve host(?:name)?|Temporary failure in name resolution|Name or service not known|UnknownHostException|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|nodename nor servname|no such host|Failed to resolve)[:' ]*(?<host>[\w-]{1,60}(?:\.[\w-]{1,60}){1,8})?/,
    },
    {
      tool: 'network',
      kind: 'connection',
      weight: 80,
      words: [
        'connection',
        'econnreset',
        'econnrefused',
        'connect',
        'socket',
        'epipe',
        'unreachable',
        'handshake',
        'eof',
        'hang',
      ],
      pattern:
        /(?:ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|[Cc]onnection (?:was )?(?:reset|refused|aborted|closed unexpectedly|timed out)|[Cc]onnect(?:ion)?TimeoutException|ERR_CONNECTION_\w+|socket hang up|[Nn]etwork is unreachable|[Nn]o route to host|Failed to connect to (?<host>\S{1,100})|unexpected EOF|[Rr]emote end closed connection|HTTP\/2 stream \d+ was not closed cleanly|early EOF)/,
    },
    {
      tool: 'network',
      kind: 'timeout',
      weight: 80,
      words: ['etimedout', 'esockettimedout', 'timeout', 'deadline', 'timed'],
      pattern:
        /(?:ETIMEDOUT|ESOCKETTIMEDOUT|i\/o timeout|TLS handshake timeout|context deadline exceeded|Read timed out|Gateway Time-?out|Operation timed out|[Cc]onnection timed out|net::ERR_TIMED_OUT)/,
    },
    {
      tool: 'network',
      kind: 'tls',
      words: ['certificate', 'ssl', 'tls', 'x', 'pkix', 'cert'],
      pattern:
        /(?:certificate (?:has expired|verify failed|is not trusted|signed by unknown authority)|self.signed certificate|unable to get (?:local )?issuer certificate|SSL(?:_ERROR_\w+| certificate problem|Handshake(?:Exception)?)|PKIX path building failed|CERT_HAS_EXPIRED|x509: )/i,
    },
    {
      tool: 'http',
      kind: 'rate-limit',
      words: [
        'many',
        'rate',
        'toomanyrequests',
        'limit',
        'exceeded',
        'throttling',
      ],
      pattern:
        /(?:\b(?<httpStatus>429)\b.{0,60}|[Tt]oo [Mm]any [Rr]equests|toomanyrequests|(?:API |secondary )?rate limit(?: has been)? exceeded|exceeded a secondary rate limit|^exceeded for user ID|You have reached your pull rate limit|ThrottlingException)/,
    },
    {
      tool: 'http',
      kind: 'server-error',
      words: [
        'internal',
        'bad',
        'service',
        'gateway',
        'error',
        'status',
        'returned',
        'response',
        'unavailable',
      ],
      pattern:
        /(?:\b(?<httpStatus>50[0234]) (?:Internal Server Error|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out|Server Error)|(?:returned error|status(?: code)?|HTTP error|response code|HTTP\/[\d.]+)[: ]{1,3}50[0234]\b)/i,
    },
    {
      tool: 'http',
      kind: 'client-error',
      weight: 74,
      words: [
        'returned',
        'not',
        'unauthorized',
        'forbidden',
        'status',
        'http',
        'response',
        'error',
      ],
      pattern:
        /(?:(?:returned error|[Ss]tatus(?: code)?|HTTP [Ee]rror|[Rr]esponse code|response status)[: ]{1,3}(?:40[0-9]|410|422)\b|\b(?:404 Not Found|401 Unauthorized|403 Forbidden)\b)/,
    },
    {
      tool: 'curl',
      kind: 'transfer',
      weight: 80,
      words: ['curl'],
      pattern:
        /^(?:\s{0,8}|.{0,60} )curl: \((?<exitCode>\d{1,3})\) (?<message>.*)/,
    },
    {
      tool: 'credentials',
      kind: 'authentication',
      weight: 80,
      words: [
        'authentication',
        'unauthorized',
        'credentials',
        'publickey',
        'username',
        'permission',
        'denied',
        'token',
        'auth',
        'login',
      ],
      pattern:
        /(?:[Aa]uthentication (?:failed|required)|Bad credentials|Permission denied \(publickey|[Ii]nvalid username or password|could not read (?:Username|Password) for|no basic auth credentials|unauthorized: |denied: requested access|remote: (?:Permission to|Invalid username)|Input required and not supplied: (?:\S{0,40}token|\S{0,40}key|\S{0,40}password))/,
    },
    {
      tool: 'system',
      kind: 'permission',
      weight: 74,
      words: ['permission', 'eacces', 'eperm', 'permitted'],
      pattern:
        /(?:[Pp]ermission denied|\bEACCES\b|\bEPERM\b|[Oo]peration not permitted)/,
    },
  ],
);
