const results: Record<string, string> = {
  success: 'success',
  neutral: 'success',
  failure: 'failure',
  timed_out: 'timeout',
  cancelled: 'cancellation',
  skipped: 'skip',
};

/** How a run ended, in the words of OpenTelemetry's `cicd.pipeline.result`. */
export function resultOf(conclusion: string | undefined): string {
  return results[conclusion ?? ''] ?? 'error';
}
