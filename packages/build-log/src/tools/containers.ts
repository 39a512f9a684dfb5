import { shareAll } from './ToolRule';

/** Docker, BuildKit, Kubernetes, Helm, Terraform and cloud command lines. */
export const containers = shareAll(
  { reason: 'error_message' as const, weight: 80 },
  [
    {
      tool: 'docker',
      kind: 'build-failed',
      words: ['error'],
      pattern:
        /^(?:#\d+ |=> )?ERROR: (?<message>(?:failed to|process |pull access denied|denied:|executor failed|Service ).*)/,
    },
    {
      tool: 'docker',
      kind: 'build-failed',
      weight: 76,
      words: ['failed', 'solve'],
      pattern: /(?<message>failed to solve: .*|executor failed running .*)/,
    },
    {
      tool: 'docker',
      kind: 'build-failed',
      words: ['command'],
      pattern:
        /(?<message>The command '.{1,300}' returned a non-zero code: (?<exitCode>\d+))/,
    },
    {
      tool: 'docker',
      kind: 'daemon',
      words: ['daemon'],
      pattern:
        /(?<message>(?:Error response from daemon: |Cannot connect to the Docker daemon).*)/,
    },
    {
      tool: 'docker',
      kind: 'image-not-found',
      words: ['manifest', 'image', 'pull'],
      pattern:
        /(?<message>manifest (?:for \S{1,200} not found|unknown).*|pull access denied for (?<package>[^\s,]{1,200}).*)/,
    },
    {
      tool: 'kubernetes',
      kind: 'pod-failed',
      weight: 84,
      reason: 'infrastructure',
      words: [
        'pod',
        'pods',
        'off',
        'oomkilled',
        'oom',
        'evicted',
        'scheduling',
        'pull',
      ],
      pattern:
        /(?:CrashLoopBackOff|ImagePullBackOff|ErrImagePull|OOMKilled|FailedScheduling|pod failed to come online|The node was low on resource|Back-off pulling image|pods? .{0,100}(?:evicted|unhealthy with phase))/,
    },
    {
      tool: 'kubernetes',
      kind: 'api-error',
      words: ['server'],
      pattern:
        /^(?:Error|error)(?: from server)?(?: \((?<rule>\w{1,40})\))?: (?<message>(?:error when|.{0,200}\b(?:forbidden|not found|already exists|timed out waiting)).*)/,
    },
    {
      tool: 'helm',
      kind: 'release-failed',
      words: ['upgrade', 'installation', 'helm'],
      pattern:
        /^Error: (?<message>(?:UPGRADE FAILED|INSTALLATION FAILED|rendered manifests|failed to download|chart ).*)/,
    },
    {
      tool: 'terraform',
      kind: 'plan-error',
      words: ['error'],
      pattern: /^\s{0,2}[│|╷]\s{0,2}Error: (?<message>.*)/,
      until: /^\s{0,2}╵/,
    },
    {
      tool: 'aws',
      kind: 'authorization',
      weight: 84,
      reason: 'infrastructure',
      words: ['denied', 'authorized', 'credentials', 'expired'],
      pattern:
        /(?:is not authorized to perform|AccessDenied|ExpiredToken|Unable to locate credentials|[Cc]redentials could not be loaded|Could not load credentials)/,
    },
  ],
);
