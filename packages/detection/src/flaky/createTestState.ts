import { TestState } from './types';

/**
 * The state of a test without results.
 *
 * @public
 */
export function createTestState(): TestState {
  return {
    version: 1,
    commits: [],
    verdicts: 0,
    flips: 0,
    recent: { verdicts: 0, flips: 0, at: 0 },
    failures: { first: 0, retried: 0, again: 0 },
    transitions: 0,
    passesSince: 0,
    lastFlips: [],
    runners: [],
    hours: Array.from({ length: 24 }, () => [0, 0]),
    neighbours: [],
  };
}
