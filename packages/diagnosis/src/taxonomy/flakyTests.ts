import { subCategoriesOf } from './SubCategory';

/** Tests that pass and fail without a change. */
export const flakyTests = subCategoriesOf('flaky_test', {
  timeout: {
    title: 'Test took too long',
    description:
      'A single test exceeded its own time limit while others went on. Mostly it waits for something that is usually fast enough.',
    example: 'thrown: "Exceeded timeout of 5000 ms for a test."',
    advice: [
      'Run the failed jobs again; a pass confirms it.',
      'Wait for a condition in the test rather than for a time.',
      'Look what else ran on the machine; raise the limit only where the work itself is slow.',
    ],
    transient: 0.85,
    remedies: ['rerun', 'advise'],
  },
  timing: {
    title: 'Test depends on the clock',
    description:
      'The test compares times, durations or dates, and fails at some moments or on slow machines.',
    example: 'AssertionError: assert 0.31 < 0.25 (elapsed)',
    advice: [
      'Run the failed jobs again; a pass confirms it.',
      'Give the code a clock that the test controls.',
      'Compare with a tolerance, and with dates in a fixed time zone.',
    ],
    transient: 0.85,
    remedies: ['rerun', 'advise'],
  },
  order: {
    title: 'Test depends on other tests',
    description:
      'State is left behind by one test and found by another, so that the result depends on their order.',
    example: 'DETAIL: Key (email)=(a@example.com) already exists.',
    advice: [
      'Run the failed jobs again; a pass confirms it.',
      'Run the test alone and in another order to find its partner.',
      'Give each test its own state, and clear what is shared.',
    ],
    transient: 0.8,
    remedies: ['rerun', 'advise'],
  },
  concurrency: {
    title: 'Race in a test or in what it tests',
    description:
      'Threads or promises meet in an order that the code does not expect. It may be a fault of the code and not only of the test.',
    example: 'java.util.ConcurrentModificationException',
    advice: [
      'Run the failed jobs again; a pass confirms that it does not always fail.',
      'Run the test a hundred times under load, with a race detector where the language has one.',
      'Treat it as a fault of the code until shown otherwise.',
    ],
    transient: 0.75,
    remedies: ['rerun', 'advise'],
  },
  external_service: {
    title: 'Test reaches for something outside',
    description:
      'The test calls a service that it does not control, and that did not answer as it should.',
    example: 'FAIL api.test.ts ● connect ECONNREFUSED 10.0.0.7:5432',
    advice: [
      'Run the failed jobs again once the service answers.',
      'Replace the service in the test, or wait until it is ready before the tests start.',
    ],
    transient: 0.8,
    remedies: ['rerun', 'advise'],
  },
  user_interface: {
    title: 'Screen was not ready',
    description:
      'A test of a user interface looked for something that was not there yet, or no longer.',
    example: 'TimeoutError: locator.click: Timeout 30000ms exceeded.',
    advice: [
      'Run the failed jobs again; a pass confirms it.',
      'Wait for what a person would wait for, not for a time.',
    ],
    transient: 0.8,
    remedies: ['rerun', 'advise'],
  },
  unstable: {
    title: 'Test that passes and fails',
    description:
      'The same test passed and failed on the same commit, or flips without a change. Nothing in the log says why.',
    example: 'The job passed when the same commit was run again.',
    advice: [
      'Run the failed jobs again.',
      'Look at the times and machines of its failures for what they have in common.',
      'Take it out of what blocks others until it is repaired, with an owner and a date.',
    ],
    transient: 0.9,
    remedies: ['rerun', 'advise'],
  },
});
