import { Signature } from './Signature';

/** Runners, their memory and disks, and the CI system around them. */
export const machines: readonly Signature[] = [
  {
    id: 'disk-full-from-the-start',
    subCategory: 'infrastructure.disk_full',
    pattern:
      '(?i)\\.tmp/[a-z_]+: no space left on device|cannot create (?:directory|lock file).{0,200}no space left on device|unable to (?:prepare|create) .{0,100}work(?:space|dir).{0,100}no space left',
    weight: 4,
    transient: -2.6,
    provenance:
      'GitLab Runner: the machine was full before the job began, and stays so until somebody cleans it',
    matches: [
      'bash: line 29: /builds/x/0/acme/shop.tmp/CI_SERVER_TLS_CA_FILE: No space left on device',
    ],
    rejects: ['write /tmp/x.o: No space left on device'],
  },
  {
    id: 'disk-full',
    subCategory: 'infrastructure.disk_full',
    pattern:
      "(?i)no space left on device|disk quota exceeded|there is not enough space on the disk|\\benospc\\b|not enough free space|low disk space|insufficient disk space|filesystem is full|you don't have enough free space|database or disk is full",
    weight: 4,
    provenance: 'errno ENOSPC and EDQUOT, Windows, apt',
    matches: [
      'npm error ENOSPC: no space left on device, write',
      'failed to write layer: No space left on device',
    ],
    rejects: ['white space left of the device name'],
  },
  {
    id: 'heap-exhausted',
    subCategory: 'infrastructure.out_of_memory',
    pattern:
      '(?i)javascript heap out of memory|java heap space|outofmemoryerror|gc overhead limit exceeded|not enough memory to run|out of space in codecache|insufficient memory for the java runtime|reached heap limit|metaspace|could not reserve enough space',
    weight: 3.4,
    also: { 'code.slower': 0.6 },
    provenance: 'V8, HotSpot, Kotlin',
    matches: [
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      'Execution exception: Java heap space',
    ],
    rejects: ['the heap property holds'],
  },
  {
    id: 'memory-exhausted',
    subCategory: 'infrastructure.out_of_memory',
    pattern:
      '(?i)cannot allocate memory|out of memory\\b|\\boom-?kill|oomkilled|\\benomem\\b|std::bad_alloc|^memoryerror\\b|: memoryerror|memory allocation of \\d+ bytes failed|virtual memory exhausted|runtime: out of memory|killed \\(program cc1|fatal error: killed signal terminated|signal: killed|signal: 9\\b|(?:exit (?:code|status)|exited with(?: code)?)[: ]+137\\b|^killed$|: line \\d+: +\\d+ killed|sigkill',
    weight: 3.2,
    also: { 'infrastructure.process_killed': 1 },
    provenance: 'Linux kernel, gcc, Go, Rust, Python; 137 is 128 and SIGKILL',
    matches: [
      'c++: fatal error: Killed signal terminated program cc1plus',
      '/usr/local/go/pkg/tool/compile: signal: killed',
      'ERROR: Job failed: exit code 137',
      'MemoryError',
    ],
    rejects: ['Skilled reviewers are asked', '12 out of 137 files'],
  },
  {
    id: 'job-timeout',
    subCategory: 'infrastructure.job_timeout',
    pattern:
      "(?i)exceeded the maximum execution time|execution took longer than|has timed out after \\d+ (?:minutes|seconds)|job's maximum execution time|build timed out \\(after|cancelling since .{0,40}timeout|no output has been received in the last|command took >\\d+min|the job has exceeded|stuck or timeout failure|your build exceeded",
    weight: 2.8,
    also: { 'flaky_test.timeout': 0.8, 'code.slower': 0.6 },
    provenance: 'GitHub Actions, GitLab, Jenkins, Travis CI',
    matches: [
      '##[error]The job running on runner r-1 has exceeded the maximum execution time of 60 minutes.',
      'ERROR: Job failed: execution took longer than 2h0m0s seconds',
    ],
    rejects: ['thrown: "Exceeded timeout of 5000 ms for a test."'],
  },
  {
    id: 'runner-lost',
    subCategory: 'infrastructure.runner_lost',
    pattern:
      '(?i)runner has received a shutdown signal|lost communication with the server|the hosted runner encountered an error|agent was removed|backing channel .{0,80} is disconnected|channelclosedexception|remote call on .{0,60} failed|instance was preempted|spot instance|node .{1,60} was (?:removed|deleted|terminated)|worker-shutdown|self-hosted runner .{0,60}lost|remote file operation failed|agent went offline|the runner has been .{0,20}terminated',
    weight: 3.6,
    provenance: 'GitHub Actions runner, Jenkins remoting, Taskcluster',
    matches: [
      '##[error]The self-hosted runner: a1 lost communication with the server.',
      'The runner has received a shutdown signal. This can happen when the runner service is stopped',
    ],
    rejects: ['graceful shutdown of the test server'],
  },
  {
    id: 'runner-unavailable',
    subCategory: 'infrastructure.runner_unavailable',
    pattern:
      '(?i)timed out waiting for pod|waiting for pod running|pod failed to come online|unschedulable: |insufficient (?:cpu|memory|pods)|no runner(?:s)? (?:matching|available)|could not find a runner|pods? .{1,100} (?:forbidden: exceeded quota)|evicted|failedscheduling|errimagepull|no matching (?:online )?runner',
    weight: 3.4,
    also: { 'infrastructure.image_pull': 0.4 },
    provenance:
      'GitLab Runner, Actions Runner Controller, Kubernetes scheduler',
    matches: [
      'ERROR: Job failed (system failure): prepare environment: waiting for pod running: timed out waiting for pod to start.',
      'Unschedulable: "0/1 nodes are available: 1 Insufficient cpu."',
    ],
    rejects: ['waiting for the deployment to finish'],
  },
  {
    id: 'container-daemon',
    subCategory: 'infrastructure.container_daemon',
    pattern:
      '(?i)cannot connect to the docker daemon|is the docker daemon running|failed to create shim|oci runtime (?:create|exec) failed|containerd.{0,60}(?:unavailable|connection)|error response from daemon: (?:driver failed|failed to create|no such container|container .{1,80} is not running|conflict\\.|no such image|devmapper|error creating|failed to prune|cannot start|get |head )|error during connect: |failed to start the docker service|set volume permissions: create permission container|adding cache volume',
    weight: 3.2,
    also: { 'infrastructure.image_pull': 0.6 },
    provenance: 'Docker, containerd, GitLab Runner',
    matches: [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'ERROR: Preparation failed: adding cache volume: set volume permissions: create permission container for volume',
    ],
    rejects: ['Error response from daemon: manifest unknown'],
  },
  {
    id: 'image-missing',
    subCategory: 'configuration.workflow',
    pattern:
      '(?i)manifest (?:for .{1,200} not found|unknown)|repository .{1,200} not found: does not exist|pull access denied|name unknown: ',
    weight: 1.8,
    also: { 'infrastructure.image_pull': 1.6 },
    provenance: 'Docker registry API',
    matches: [
      'Error response from daemon: manifest for python:3.99 not found: manifest unknown',
    ],
    rejects: ['Manifest-Version: 1.0'],
  },
  {
    id: 'image-not-pulled',
    subCategory: 'infrastructure.image_pull',
    pattern:
      '(?i)failed to pull image|failed to pull and unpack|imagepullbackoff|error pulling image|docker pull failed|failed to resolve (?:source metadata|reference) |failed to copy: httpreadseeker',
    weight: 2.8,
    also: { 'configuration.workflow': 0.5 },
    provenance: 'GitLab Runner, Docker, kubelet',
    matches: [
      'WARNING: Failed to pull image with policy "always": Error response from daemon',
    ],
    rejects: ['Pulling docker image registry.example/ci:1 ...'],
  },
  {
    id: 'ci-system-failed',
    subCategory: 'infrastructure.system',
    pattern:
      "(?i)job failed \\(system failure\\)|internal error occurred while running|github actions has encountered an internal error|an internal error occurred|error retrieving events list|##\\[error\\](?:internal|unexpected) server error|error: preparation failed|couldn't create a temp dir|the service is unavailable|could not start the (?:runner|agent)|unable to load the service index",
    weight: 3,
    provenance: 'GitLab Runner, GitHub Actions, NuGet',
    matches: ['ERROR: Job failed (system failure): prepare environment'],
    rejects: ['ERROR: Job failed: exit code 1'],
  },
  {
    id: 'file-locked',
    subCategory: 'infrastructure.file_lock',
    pattern:
      "(?i)could not acquire (?:write |read )?lock|cannot lock |unable to acquire (?:the )?(?:dpkg frontend )?lock|could not get lock|resource temporarily unavailable|the process cannot access the file because it is being used|text file busy|\\bebusy\\b|\\betxtbsy\\b|timeout waiting to lock|another process is using|index\\.lock': file exists|database is locked|eexist: file already exists",
    weight: 2.8,
    also: { 'infrastructure.cache': 0.8, 'flaky_test.concurrency': 0.5 },
    provenance: 'Maven, Gradle, apt, git, npm, Windows',
    matches: [
      '[ERROR] java.lang.IllegalStateException: Could not acquire lock(s)',
      "npm ERR! EEXIST: file already exists, open '/home/runner/.npm/_cacache/tmp/444bfc'",
    ],
    rejects: ['Locking 12 packages'],
  },
  {
    id: 'cache-broken',
    subCategory: 'infrastructure.cache',
    pattern:
      '(?i)zip file is empty|zip end header not found|error in opening zip file|invalid loc header|corrupt(?:ed)? (?:cache|archive|jar|file|zip|deb)|(?:cache|archive|file) (?:is|appears to be|may be) corrupt|unexpected end of (?:file|archive|zlib)|not in gzip format|crc32? (?:check )?failed|invalid tar header|checksum mismatch for cached|failed to restore cache|tar: (?:unexpected eof|this does not look like a tar)|bad magic number|found invalid metadata|invalid metadata files|could not canonicalize|stale file handle',
    weight: 2.4,
    also: { 'dependency.integrity': 0.8 },
    provenance: 'javac, tar, gzip, actions/cache, rustc',
    matches: [
      'error reading /home/runner/.m2/repository/guava-32.1.3-jre.jar; zip file is empty',
      'gzip: stdin: unexpected end of file',
    ],
    rejects: ['zip file created with 12 entries'],
  },
  {
    id: 'artifact-transfer',
    subCategory: 'infrastructure.artifact',
    pattern:
      '(?i)unable to (?:download|find an?) artifact|unable to download and extract artifact|artifact not found|failed to (?:createartifact|finalize artifact|upload artifact|download artifact)|uploading artifacts .{0,80}(?:error|failed)|downloading artifacts .{0,80}(?:error|failed)|artifact .{1,100} has expired|artifact upload failed|failed to download archive|failed to save: unable to reserve cache',
    weight: 2.6,
    also: { 'configuration.missing_file': 0.8 },
    provenance:
      'actions/download-artifact, actions/upload-artifact, GitLab Runner',
    matches: [
      '##[error]Unable to download artifact(s): Artifact not found for name: wheel',
    ],
    rejects: ['Artifact dist has been successfully uploaded'],
  },
  {
    id: 'clone-broken',
    subCategory: 'infrastructure.cache',
    pattern:
      '(?i)fatal: bad object|corrupt loose object|object file .{1,200} is empty|loose object .{1,200} is corrupt|packfile .{1,200} (?:cannot be|index)|missing blob object|unable to read (?:tree|sha1 file)|did not send all necessary objects|shallow file has changed|error in git rev-list',
    weight: 3.3,
    transient: 0.6,
    provenance:
      'git, on a clone that is kept between jobs; another machine has another',
    matches: ['fatal: bad object 53fe3247f760d25347886d8ccab7e7c09cb114e1'],
    rejects: ['Reinitialized existing Git repository'],
  },
  {
    id: 'compiler-stopped',
    subCategory: 'infrastructure.process_killed',
    pattern: '(?i)^error: could not compile `[^`]+`(?: \\([^)]*\\))?$',
    weight: 3,
    transient: 0.3,
    also: { 'infrastructure.out_of_memory': 1.4, 'code.crash': 0.5 },
    provenance:
      'Cargo: after errors of the compiler it adds "due to previous errors"; without, the compiler itself ended',
    matches: ['error: could not compile `shop`'],
    rejects: ['error: could not compile `shop` due to previous error'],
  },
  {
    id: 'process-vanished',
    subCategory: 'infrastructure.process_killed',
    pattern:
      '(?i)daemon disappeared unexpectedly|forked vm terminated without|vm crash or system\\.exit called|worker process has failed to exit|jest worker .{0,60}terminated|a worker process .{0,40}(?:sigterm|sigkill|terminated)|node down: not properly terminated|worker .{1,40} crashed while running|the daemon has disappeared|process terminated unexpectedly|lost connection to the gradle daemon|compiler process .{0,30}killed|rustc interrupted by signal|internal compiler error: .{0,20}killed|failed to parse process output|panicked while panicking|llvm error: |broken pipe \\(os error|received sig(?:term|int|bus)|channel closed unexpectedly|err_ipc_channel_closed',
    weight: 2.4,
    also: { 'infrastructure.out_of_memory': 1.4, 'code.crash': 0.5 },
    provenance: 'Gradle, Surefire, Jest, pytest-xdist, cargo',
    matches: [
      'Gradle build daemon disappeared unexpectedly (it may have been killed or may have crashed)',
      'The forked VM terminated without properly saying goodbye. VM crash or System.exit called?',
    ],
    rejects: ['Starting a Gradle Daemon'],
  },
  {
    id: 'cancelled',
    subCategory: 'infrastructure.cancelled',
    pattern:
      '(?i)the operation was cancell?ed|^##\\[error\\]the (?:run|job) was cancell?ed|build was aborted|aborted by |received sigint|canceling since a higher priority waiting request',
    weight: 1.6,
    also: { 'infrastructure.job_timeout': 0.8 },
    provenance: 'GitHub Actions, Jenkins',
    matches: ['##[error]The operation was canceled.'],
    rejects: ['operation cancel is tested'],
  },
  {
    id: 'clock-skew',
    subCategory: 'infrastructure.system',
    pattern:
      '(?i)check your system clock|clock skew detected|requesttimetooskewed',
    weight: 2.4,
    provenance: 'AWS, make, Cosign',
    matches: ['timestamps differ by 221 seconds - check your system clock'],
    rejects: ['the clock of the test is mocked'],
  },
  {
    id: 'tool-missing',
    subCategory: 'infrastructure.runner_image',
    pattern:
      "(?i): (?:command )?not found$|command not found(?:\\s|$|:)|is not recognized as an internal or external command|no such file or directory: '(?:docker|node|npm|python3?|java|go|cargo)'|executable file not found in \\$path|unable to locate package|cannot find -l[a-z]|fatal error: [a-z0-9_/]+\\.h: no such file|no [a-z_]+_compiler could be found|could not find (?:a package configuration file|java|toolchain)|java_home is not set|is not installed for the toolchain|cannot open shared object file|could not find compiler|spawn [a-z0-9_-]+ enoent|may not be installed|no package '.{1,60}' found|required but (?:was )?not found|program not found|active .post-checkout. hook found|please install the appropriate",
    weight: 2.4,
    also: {
      'configuration.build_file': 0.5,
      'configuration.tool_version': 0.8,
    },
    provenance: 'POSIX shells, cmd.exe, CMake, gcc, ld, Go exec, apt',
    matches: [
      '/home/runner/work/_temp/a.sh: line 1: docker-compose: command not found',
      'fatal error: openssl/ssl.h: No such file or directory',
      '/bin/sh: 1: poetry: not found',
    ],
    rejects: ['Package not found in the list of known packages'],
  },
];
