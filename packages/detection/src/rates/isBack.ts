import { BetaDistribution } from '../statistics/BetaDistribution';
import { RateSegment } from './types';

const held = 0.99;

/** The new rate is in the range of the one before the last change, and on that side of the rate that ends. */
export function isBack(
  past: RateSegment,
  before: RateSegment,
  after: RateSegment,
): boolean {
  const rate = ({ failed, count }: RateSegment) => failed / count;
  const away = rate(before) - rate(past);
  const moved = rate(after) - rate(before);
  if (away * moved >= 0) {
    return false;
  }
  const range = ({ failed, count }: RateSegment) =>
    new BetaDistribution(0.3 + failed, 0.5 + count - failed).range(held);
  const [low, high] = range(past);
  const [nowLow, nowHigh] = range(after);
  return nowLow <= high && nowHigh >= low;
}
