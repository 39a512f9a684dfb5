import { shareAll } from './ToolRule';

/** What CI systems say themselves: GitHub, GitLab, Jenkins, Travis, Taskcluster, Buildkite, Azure. */
export const runners = shareAll(
  { reason: 'runner_error' as const, weight: 86 },
  [
    {
      tool: 'github-actions',
      kind: 'runner-lost',
      weight: 90,
      words: ['runner', 'operation', 'job', 'canceled', 'cancelled'],
      pattern:
        /(?<message>The (?:(?:self-)?hosted runner|runner has received a shutdown signal|job was not acquired|operation was canceled|job running on runner|job was canceled).*|^The runner .* lost communication.*)/,
    },
    {
      tool: 'github-actions',
      kind: 'timeout',
      weight: 90,
      words: ['exceeded', 'timed'],
      pattern:
        /(?:has exceeded the maximum execution time|has timed out after \d+ minutes)/,
    },
    {
      tool: 'github-actions',
      kind: 'action-not-found',
      words: ['action', 'actions', 'version', 'download', 'archive'],
      pattern:
        /(?<message>Unable to resolve action .*|Can't find 'action\.ya?ml'.*|Failed to download (?:action|archive).*|Version .{1,100} was not found in the local cache.*|This request has been automatically failed because it uses a deprecated version of.*)/,
    },
    {
      tool: 'github-actions',
      kind: 'artifact',
      words: ['artifact', 'artifacts'],
      pattern:
        /(?<message>Unable to (?:download|find any) artifact.*|Artifact not found.*|Failed to (?:CreateArtifact|FinalizeArtifact).*)/,
    },
    {
      tool: 'github-actions',
      kind: 'exit-status',
      reason: 'exit_status',
      weight: 14,
      words: ['process'],
      pattern:
        /^(?:Error: )?(?<message>(?:Process completed with exit code|The process '.{1,300}' failed with exit code) (?<exitCode>\d{1,10})\.?)/,
    },
    {
      tool: 'gitlab',
      kind: 'exit-status',
      reason: 'exit_status',
      weight: 14,
      words: ['job'],
      pattern:
        /^ERROR: Job failed: (?:command terminated with |process exited with )?exit (?:code|status) (?<exitCode>\d+)/,
    },
    {
      tool: 'gitlab',
      kind: 'system-failure',
      weight: 88,
      words: ['job'],
      pattern: /^ERROR: Job failed(?: \(system failure\))?: (?<message>.*)/,
    },
    {
      tool: 'gitlab',
      kind: 'artifact',
      weight: 40,
      words: ['uploading', 'artifacts', 'matching'],
      pattern:
        /^(?:WARNING|ERROR): (?<message>.{1,200}: no matching files.*|Uploading artifacts .* failed.*)/,
    },
    {
      tool: 'jenkins',
      kind: 'exit-status',
      reason: 'exit_status',
      weight: 14,
      words: ['build', 'finished', 'script'],
      pattern:
        /^Build step '.{1,200}' marked build as failure$|^Finished: (?:FAILURE|ABORTED|UNSTABLE)$|^ERROR: script returned exit code (?<exitCode>\d+)$/,
    },
    {
      tool: 'jenkins',
      kind: 'plugin-error',
      weight: 62,
      words: ['error', 'fatal'],
      pattern:
        /^(?:ERROR|FATAL): (?<message>(?:Error (?:cloning|fetching) remote repo|Step .{1,200} failed|Could not|Unable to|hudson\.|java\.|Couldn't|null).*)/,
    },
    {
      tool: 'travis',
      kind: 'exit-status',
      reason: 'exit_status',
      weight: 14,
      words: ['command', 'done'],
      pattern:
        /^The command ".{1,300}" (?:exited with (?<exitCode>[1-9]\d*)|failed and exited with \d+ during).*|^Done\. Your build exited with [1-9]/,
    },
    {
      tool: 'travis',
      kind: 'timeout',
      weight: 90,
      words: ['output', 'job'],
      pattern:
        /^(?<message>No output has been received in the last \d+m?.*|The job exceeded the maximum (?:time limit|log length).*)/,
    },
    {
      tool: 'taskcluster',
      kind: 'exit-status',
      reason: 'exit_status',
      weight: 62,
      words: ['exit'],
      pattern:
        /^\[taskcluster:error\] (?<message>exit status (?<exitCode>\d+))/,
    },
    {
      tool: 'taskcluster',
      kind: 'task-error',
      words: ['taskcluster'],
      pattern: /^\[taskcluster:error\] (?<message>.*)/,
    },
    {
      tool: 'azure-pipelines',
      kind: 'exit-status',
      reason: 'exit_status',
      weight: 14,
      words: ['bash', 'exited', 'cmd'],
      pattern:
        /^(?:Bash|PowerShell|Cmd\.exe) exited with code '(?<exitCode>\d+)'/,
    },
    {
      tool: 'buildkite',
      kind: 'exit-status',
      reason: 'exit_status',
      weight: 14,
      words: ['user', 'command'],
      pattern:
        /^(?:🚨 )?Error: The command exited with status (?<exitCode>\d+)|^user command error: .*/,
    },
  ],
);
