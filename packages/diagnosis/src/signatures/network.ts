import { Signature } from './Signature';

/** Names, connections, answers of services. */
export const network: readonly Signature[] = [
  {
    id: 'dns-not-resolved',
    subCategory: 'infrastructure.dns',
    pattern:
      "(?i)could ?n[o']t resolve host|temporary failure in name resolution|temporary failure resolving|name or service not known|getaddrinfo (?:enotfound|eai_again)|nodename nor servname|no such host\\b|unknownhostexception|could not resolve hostname|failed to lookup address information|server misbehaving",
    weight: 3,
    also: { 'configuration.environment': 0.5 },
    provenance: 'curl, git, getaddrinfo(3), Go net, Node.js dns, java.net',
    matches: [
      "fatal: unable to access 'https://git.example/': Could not resolve host: git.example",
      'npm error errno EAI_AGAIN: getaddrinfo EAI_AGAIN registry.example',
      'dial tcp: lookup proxy.example on 127.0.0.53:53: no such host',
      'Could not resolve hostname git.example: Temporary failure in name resolution',
    ],
    rejects: [
      'Could not resolve dependencies for project shop',
      'no such file',
    ],
  },
  {
    id: 'rate-limited',
    subCategory: 'infrastructure.rate_limit',
    pattern:
      '(?i)toomanyrequests|too many requests|rate limit (?:has been )?exceeded|exceeded a secondary rate limit|reached your pull rate limit|throttlingexception|\\b(?:http|status|code|responded with|response)[ :/a-z0-9.]{0,20}\\b429\\b|request limit exceeded|quota exceeded for quota metric',
    weight: 3.2,
    provenance: 'HTTP 429, Docker Hub, GitHub and AWS documentation',
    matches: [
      'toomanyrequests: You have reached your pull rate limit.',
      'API rate limit exceeded for installation ID 42.',
      'Cache service responded with 429',
    ],
    rejects: ['took 429 ms', 'limit of 10 files'],
  },
  {
    id: 'service-unavailable',
    subCategory: 'infrastructure.service_unavailable',
    pattern:
      "(?i)\\b50[0234] (?:internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|server error)|(?:returned error|status(?: code)?|http error|response code|http/[0-9.]+|error code|responded with|npm error code e)[: =]{0,3}50[0234]\\b|received http code 50[0234]|unexpected (?:http )?status:? 50[0234]|service is currently unavailable|temporarily unavailable|we couldn't respond to your request in time",
    weight: 3,
    also: { 'flaky_test.external_service': 0.6 },
    provenance:
      'HTTP status codes as curl, npm, pip, Maven and Docker print them',
    matches: [
      'curl: (22) The requested URL returned error: 503',
      'npm error 503 Service Unavailable - GET https://registry.example/left-pad',
      'ERROR: HTTP error 502 while getting https://pypi.example/simple/',
    ],
    rejects: ['expected 500 rows', 'line 503: missing semicolon'],
  },
  {
    id: 'certificate-refused',
    subCategory: 'infrastructure.certificate',
    pattern:
      '(?i)certificate (?:has expired|verify failed|is not trusted|signed by unknown authority|is not yet valid)|self.signed certificate|unable to get (?:local )?issuer certificate|ssl certificate problem|pkix path building failed|cert_has_expired|x509: certificate|sslhandshakeexception|server certificate verification failed',
    weight: 2.6,
    also: { 'configuration.credential': 0.5 },
    provenance: 'OpenSSL, Java, Go crypto/x509, Node.js tls',
    matches: [
      'fatal: unable to access: SSL certificate problem: certificate has expired',
      'x509: certificate signed by unknown authority',
    ],
    rejects: ['Uploading certificate of completion'],
  },
  {
    id: 'timed-out',
    subCategory: 'infrastructure.timeout',
    pattern:
      '(?i)\\betimedout\\b|esockettimedout|\\bi/o timeout|tls handshake timeout|read timed out|gateway time-?out|connection timed out|connect timed out|readtimeouterror|connecttimeouterror|sockettimeoutexception|connect(?:ion)?timeoutexception|failed to connect to .{1,80} timed out|net::err_timed_out|request timeout:|operation timed out|context deadline exceeded|operation too slow|httpx?\\.readtimeout',
    weight: 2.6,
    also: { 'flaky_test.external_service': 0.6 },
    provenance: 'errno, Go net, java.net, Python requests, curl',
    matches: [
      '##[error]connect ETIMEDOUT 104.17.128.37:443',
      'net/http: TLS handshake timeout',
      "HTTPSConnectionPool(host='files.example', port=443): Read timed out.",
    ],
    rejects: ['Exceeded timeout of 5000 ms for a test', 'timeout: 30'],
  },
  {
    id: 'connection-cut',
    subCategory: 'infrastructure.connection',
    pattern:
      '(?i)econnreset|econnaborted|\\bepipe\\b|connection (?:was )?(?:reset|aborted|closed unexpectedly)|connection broken|socket hang up|unexpected eof|early eof|remote end closed connection|the remote end hung up|http/2 stream \\d+ was not closed cleanly|premature end of|broken pipe|rpc failed; |stream error|incompleteread|unexpected disconnect|could not download|failed to download|download(?:ing)? failed|transfer closed with|couldn\'t execute (?:post|get|put) against|ssl_error_syscall|client network socket disconnected|tls connection was non-properly terminated|error downloading|": eof$',
    weight: 2.4,
    also: { 'flaky_test.external_service': 0.6 },
    provenance: 'errno, curl, git, Node.js, Python urllib3, GitLab Runner',
    matches: [
      'npm error network read ECONNRESET',
      'error: RPC failed; curl 92 HTTP/2 stream 5 was not closed cleanly',
      'Premature end of Content-Length delimited message body',
    ],
    rejects: ['Connection pool has 10 members'],
  },
  {
    id: 'connection-refused',
    subCategory: 'infrastructure.connection',
    pattern:
      "(?i)econnrefused|connection (?:was )?refused|no route to host|network is unreachable|network unreachable|ehostunreach|enetunreach|net::err_connection|failed to connect to|couldn't connect to server|could not connect to server|cannot assign requested address|unable to connect to",
    weight: 2.3,
    also: {
      'flaky_test.external_service': 0.7,
      'configuration.environment': 0.3,
    },
    provenance: 'errno, curl, Java, Python, PostgreSQL',
    matches: [
      "curl: (7) Failed to connect to registry.example port 443 after 2 ms: Couldn't connect to server",
      'connect ECONNREFUSED 127.0.0.1:5432',
    ],
    rejects: ['refused: the change needs a review'],
  },
  {
    id: 'repository-not-signed',
    subCategory: 'infrastructure.service_unavailable',
    pattern:
      "(?i)the repository '.{1,200}' is not signed|at least one invalid signature was encountered|hash sum mismatch|release file .{1,100} is not valid yet|mirror sync in progress|failed to fetch http.{1,200}(?:40[0-9]|50[0-9]|connection|timed)|file has unexpected size|some index files failed to download|failed to download metadata for repo|cannot find a valid baseurl",
    weight: 2.4,
    also: { 'infrastructure.runner_image': 0.8 },
    provenance: 'apt, dnf and yum',
    matches: [
      "E: The repository 'http://deb.example stable InRelease' is not signed.",
      'E: Failed to fetch http://deb.example/x.deb  Hash Sum mismatch',
    ],
    rejects: ['E: Unable to locate package foo'],
  },
  {
    id: 'link-check',
    subCategory: 'infrastructure.connection',
    pattern: '(?i)dead links? found|links? .{0,60}> status: 0\\b',
    weight: 1.2,
    also: { 'code.lint': 0.6 },
    provenance: 'markdown-link-check',
    matches: ['ERROR: 1 dead links found!'],
    rejects: ['148 links checked.'],
  },
];
