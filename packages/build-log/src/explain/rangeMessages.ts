import { LogRangeReason } from '../types';

/** One sentence for people, by why a range was chosen. */
export const rangeMessages: Record<LogRangeReason, string> = {
  tool_finding: 'A known tool reports a problem here',
  runner_error: 'The CI system marks this as an error',
  exception: 'An exception was thrown here',
  test_failure: 'A test failed here',
  compile_error: 'The code does not compile or breaks a rule',
  error_message: 'An error is reported here',
  infrastructure: 'The machine, the network or a service failed here',
  not_in_passing_runs: 'Passing runs of the job do not print this',
  user_rule: 'A rule of yours recognizes this',
  exit_status: 'The command ended with a failure',
  end_of_log: 'This surrounds what failed',
};
