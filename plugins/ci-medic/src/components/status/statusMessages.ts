/**
 * English names of states; part of the plugin's translation ref, under `status`.
 */
export const statusMessages = {
  queued: 'queued',
  in_progress: 'running',
  completed: 'completed',
  success: 'passed',
  failure: 'failed',
  timed_out: 'timed out',
  cancelled: 'cancelled',
  skipped: 'skipped',
  neutral: 'neutral',
  action_required: 'action required',
  startup_failure: 'failed to start',
  stale: 'stale',
  incident: { open: 'open', resolved: 'resolved' },
  outcome: {
    passed: 'passed',
    failed: 'failed',
    error: 'error',
    skipped: 'skipped',
  },
  flaky: 'flaky',
} as const;
