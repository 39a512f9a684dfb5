import { checkVersion } from '../series/checkPoints';
import { Tail } from './Tail';
import { PooledTail } from './types';

/**
 * A pool without deviations.
 *
 * @public
 */
export function createPool(): PooledTail {
  return { version: 1, tail: { first: 0, counts: [] } };
}

/**
 * Adds the deviations of a series, as {@link updateSpikes} answers them, to what is known of series of its kind.
 *
 * @public
 */
export function updatePool(pool: PooledTail, deviations: number[]): PooledTail {
  checkVersion('pools', pool, 1);
  const tail = Tail.restore(pool.tail);
  for (const deviation of deviations) {
    if (Number.isFinite(deviation)) {
      tail.add(Math.abs(deviation));
    }
  }
  return { version: 1, tail: tail.toState() };
}
