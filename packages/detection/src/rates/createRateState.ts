import { RateState } from './types';

/**
 * The state of a series without events.
 *
 * @public
 */
export function createRateState(): RateState {
  return {
    version: 1,
    count: 0,
    lastSeq: -1,
    stretches: [],
    older: { failed: 0, count: 0 },
    untilLook: 100,
  };
}
