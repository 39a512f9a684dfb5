import { habitSlots, watched } from './measures';
import { SpikeState } from './types';

/**
 * The state of a series without events.
 *
 * @public
 */
export function createSpikeState(): SpikeState {
  const zeros = () => new Array<number>(habitSlots).fill(0);
  return {
    version: 1,
    count: 0,
    lastSeq: -1,
    level: 0,
    low: 0,
    high: 0,
    habits: {
      offsets: zeros(),
      counts: zeros(),
      days: zeros(),
      lastDays: zeros(),
    },
    visits: [],
    records: watched.map(() => ({
      value: 0,
      low: 0,
      high: 0,
      middle: 0,
    })),
    tail: { first: 0, counts: [] },
  };
}
