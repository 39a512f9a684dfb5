import { likelihood, Sums } from './likelihood';
import { Stretch } from './types';

const held = 0.99;

/** The smallest set of neighbouring events that holds the first of the new rate with 99 %. */
export function startPositions(
  stretches: Stretch[],
  { count, failed, retried, failedAgain }: Sums,
): { seq: number; probability: number }[] {
  const seqs: number[] = [];
  const logs: number[] = [];
  const left: Sums = { count: 0, failed: 0, retried: 0, failedAgain: 0 };
  for (const stretch of stretches) {
    const isFailed = stretch.outcome === 'pass' ? 0 : 1;
    const isRetried = isFailed && stretch.outcome !== 'fail' ? 1 : 0;
    const isAgain = stretch.outcome === 'fail_then_fail' ? 1 : 0;
    const step = (stretch.last - stretch.seq) / Math.max(stretch.count - 1, 1);
    for (let place = 0; place < stretch.count; place++) {
      if (left.count > 0) {
        seqs.push(Math.round(stretch.seq + place * step));
        logs.push(
          likelihood(left.count, left.failed, left.retried, left.failedAgain) +
            likelihood(
              count - left.count,
              failed - left.failed,
              retried - left.retried,
              failedAgain - left.failedAgain,
            ),
        );
      }
      left.count++;
      left.failed += isFailed;
      left.retried += isRetried;
      left.failedAgain += isAgain;
    }
  }
  const largest = Math.max(...logs);
  const weights = logs.map(log => Math.exp(log - largest));
  const total = weights.reduce((all, weight) => all + weight, 0);
  let low = weights.indexOf(1);
  let high = low;
  let share = weights[low];
  while (share < held * total && (low > 0 || high < weights.length - 1)) {
    const down = low > 0 ? weights[low - 1] : -1;
    const up = high < weights.length - 1 ? weights[high + 1] : -1;
    share += Math.max(down, up);
    if (down >= up) {
      low--;
    } else {
      high++;
    }
  }
  return seqs.slice(low, high + 1).map((seq, place) => ({
    seq,
    probability: weights[low + place] / total,
  }));
}
