import { subCategoriesOf } from './SubCategory';

/** Machines, networks and services that a build runs on. */
export const infrastructure = subCategoriesOf('infrastructure', {
  dns: {
    title: 'Name was not resolved',
    description: 'The machine could not find the address of a host.',
    example: 'Could not resolve host: github.com',
    advice: [
      'Run the failed jobs again.',
      'If several repositories fail alike, look at the DNS of the runners.',
      'If only this one does, check the spelling of the host.',
    ],
    transient: 0.9,
    remedies: ['rerun', 'fresh-runner', 'advise'],
  },
  connection: {
    title: 'Connection failed',
    description: 'A connection was refused, reset or cut.',
    example: 'read ECONNRESET',
    advice: [
      'Run the failed jobs again.',
      'If it stays, look whether the other side and the way to it are up.',
    ],
    transient: 0.88,
    remedies: ['rerun', 'fresh-runner', 'advise'],
  },
  timeout: {
    title: 'No answer in time',
    description: 'Something on the network did not answer in time.',
    example: 'connect ETIMEDOUT 104.16.3.35:443',
    advice: ['Run the failed jobs again, later if many fail alike.'],
    transient: 0.88,
    remedies: ['rerun', 'advise'],
  },
  certificate: {
    title: 'Certificate is not trusted',
    description:
      'The other side showed a certificate that is expired, or of an authority that the machine does not know.',
    example: 'SSL certificate problem: certificate has expired',
    advice: [
      'Look who owns the host, and when its certificate ends.',
      'If all hosts are refused, the list of authorities in the image is old.',
    ],
    transient: 0.45,
    remedies: ['fresh-runner', 'advise'],
  },
  service_unavailable: {
    title: 'Service or registry is down',
    description: 'A registry or service answered that it cannot answer now.',
    example:
      'npm error 503 Service Unavailable - GET https://registry.npmjs.org/react',
    advice: [
      'Look at the status page of the service.',
      'Run the failed jobs again once it is back.',
    ],
    transient: 0.9,
    remedies: ['rerun', 'advise'],
  },
  rate_limit: {
    title: 'Limit of requests exceeded',
    description: 'A service refuses more requests for a while.',
    example: 'toomanyrequests: You have reached your pull rate limit.',
    advice: [
      'Run the failed jobs again later, not at once.',
      'Sign in where anonymous use is limited, or use a mirror.',
    ],
    transient: 0.88,
    remedies: ['rerun', 'advise'],
  },
  disk_full: {
    title: 'Disk is full',
    description: 'The machine has no space left.',
    example: 'No space left on device',
    advice: [
      'Run the failed jobs on another machine.',
      'Clean the machine; look which cache or image grows.',
    ],
    transient: 0.85,
    remedies: ['fresh-runner', 'rerun', 'advise'],
  },
  out_of_memory: {
    title: 'Out of memory',
    description: 'A process was killed or gave up because memory ran out.',
    example:
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    advice: [
      'Run the failed jobs on another machine.',
      'If it comes back, compare memory with the last passes; raise the limit or split the work.',
    ],
    transient: 0.7,
    remedies: ['fresh-runner', 'rerun', 'advise'],
  },
  runner_lost: {
    title: 'Runner was lost',
    description:
      'The machine that ran the job stopped answering or was taken away.',
    example: 'The runner has received a shutdown signal.',
    advice: [
      'Run the failed jobs again.',
      'Look for preempted or restarted machines at that time.',
    ],
    transient: 0.92,
    remedies: ['rerun', 'fresh-runner', 'advise'],
  },
  runner_unavailable: {
    title: 'No runner could be started',
    description: 'The job waited for a machine or pod that did not come up.',
    example: 'timed out waiting for pod to start',
    advice: [
      'Run the failed jobs again when there is room.',
      'Look at the capacity and quotas of the pool.',
    ],
    transient: 0.92,
    remedies: ['rerun', 'advise'],
  },
  container_daemon: {
    title: 'Container engine does not answer',
    description:
      'Docker or another container engine on the machine is not working.',
    example:
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
    advice: [
      'Run the failed jobs on another machine.',
      'Restart the engine on the machine that the log names.',
    ],
    transient: 0.9,
    remedies: ['fresh-runner', 'rerun', 'advise'],
  },
  image_pull: {
    title: 'Image could not be pulled',
    description: 'The image that the job runs in could not be fetched.',
    example: 'failed to pull image "registry.example/ci:1"',
    advice: [
      'Run the failed jobs again.',
      'If it stays, check that the tag exists and that the runner may read it.',
    ],
    transient: 0.8,
    remedies: ['rerun', 'advise'],
  },
  runner_image: {
    title: 'Machine lacks something',
    description:
      'A tool or system library is missing or too old on the machine or in its image.',
    example: 'docker-compose: command not found',
    advice: [
      'Compare the image with that of the last pass; go back to it.',
      'Install what the job needs in the job itself.',
    ],
    transient: 0.5,
    remedies: ['fresh-runner', 'advise'],
  },
  cache: {
    title: 'Cache is broken',
    description:
      'Something restored from a cache or local store is incomplete or of another version.',
    example: 'error reading guava-32.1.3-jre.jar; zip file is empty',
    advice: [
      'Delete the cache and build again.',
      'Include the versions of tools in the key of the cache.',
    ],
    transient: 0.7,
    remedies: ['rebuild', 'rerun', 'advise'],
  },
  artifact: {
    title: 'Artifact was not transferred',
    description: 'An artifact could not be uploaded or downloaded.',
    example:
      'Unable to download artifact(s): Artifact not found for name: dist',
    advice: [
      'Run the failed jobs again, together with the job that makes the artifact.',
    ],
    transient: 0.75,
    remedies: ['rerun', 'advise'],
  },
  job_timeout: {
    title: 'Job took too long',
    description: 'The whole job was ended by its time limit.',
    example:
      'The job running on runner r-1 has exceeded the maximum execution time of 60 minutes.',
    advice: [
      'Compare with the duration of the last passes.',
      'Look at the last lines before the end for what hangs.',
    ],
    transient: 0.65,
    remedies: ['rerun', 'advise'],
  },
  cancelled: {
    title: 'Job was cancelled',
    description: 'A person, a newer run or the CI system stopped the job.',
    example: 'The operation was canceled.',
    advice: ['Nothing is broken; run it again if its result is still needed.'],
    transient: 0.85,
    remedies: ['rerun', 'advise'],
  },
  process_killed: {
    title: 'Process was killed or vanished',
    description:
      'A compiler, test process or build daemon vanished without a word of its own.',
    example: 'Gradle build daemon disappeared unexpectedly',
    advice: [
      'Run the failed jobs again.',
      'If it comes back, look at memory, and at the core dump.',
    ],
    transient: 0.75,
    remedies: ['rerun', 'fresh-runner', 'advise'],
  },
  file_lock: {
    title: 'File was locked',
    description:
      'Two processes wanted the same file or cache at the same time.',
    example: 'java.lang.IllegalStateException: Could not acquire lock(s)',
    advice: [
      'Run the failed jobs again.',
      'Give each process its own cache, or let them wait longer.',
    ],
    transient: 0.85,
    remedies: ['rerun', 'advise'],
  },
  system: {
    title: 'CI system failed',
    description: 'The CI system itself, or the preparation of the job, failed.',
    example: 'ERROR: Job failed (system failure): prepare environment',
    advice: [
      'Run the failed jobs again.',
      'Look at the status page of the CI system.',
    ],
    transient: 0.9,
    remedies: ['rerun', 'advise'],
  },
});
