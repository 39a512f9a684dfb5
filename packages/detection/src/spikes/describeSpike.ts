import { Finding } from '../series/Finding';
import { Point } from '../series/Point';
import { formatEvent, formatValue } from '../series/Wording';
import { formatChange } from '../statistics/formatNumbers';
import { Measure } from './measures';
import { Reading, Usual } from './Reading';
import { SpikeOptions } from './types';

const words: Record<Measure, string> = {
  value: 'out of the range so far',
  level: 'the last ten or so have left the range of such levels',
  deviation: 'the last few are further from what is usual than ever',
  unrest: 'the last thirty or so vary more or less than ever',
  longUnrest: 'the last hundred or so vary more or less than ever',
  rarity: 'the last ten or so are values that seldom come at this hour',
};

/** Measures that are about how much a series varies say nothing of the size of one value. */
const ofSize = new Set<Measure>(['value', 'level', 'deviation']);

/** Noise alone sets small records now and then: single values go a third further to be told, slow measures 28 times as far. */
const singlesNeed = 0.22;
const patternsNeed = 2.4;
/** Where single values lie far out all the time, one of them moves slow measures as well. */
const usualReach = 1.8;
const reachNeeds = 0.9;

/** Whether it went far enough to be worth telling. */
function isAlert(reading: Reading, { reach }: Usual, alert: number): boolean {
  const { score, single, isPooled } = reading;
  if (isPooled || !(score > 0)) {
    return score >= alert;
  }
  const far = reachNeeds * Math.max(Math.log2(reach / usualReach), 0);
  return (
    single >= alert + singlesNeed + far || score >= alert + patternsNeed + far
  );
}

/** An unusual event as a finding; undefined when the change is too small to say. */
export function describeSpike(
  point: Point,
  reading: Reading,
  usual: Usual,
  options: SpikeOptions,
): Finding | undefined {
  const { alert = 3.4, smallest = 0.05, logarithmic } = options;
  const { name = 'value', unit } = options;
  const back = (value: number) => (logarithmic ? Math.exp(value) : value);
  const expected = back(reading.expected);
  const change =
    expected === 0 ? undefined : (point.value - expected) / Math.abs(expected);
  const isSmall = Math.abs(change ?? 1) < smallest;
  if (isSmall && ofSize.has(reading.measure)) {
    return undefined;
  }
  const range: [number, number] = [
    back(reading.expected - usual.width),
    back(reading.expected + usual.width),
  ];
  const { count, asFar } = usual;
  return {
    version: 1,
    kind: 'spike',
    stage: isAlert(reading, usual, alert) ? 'alert' : 'note',
    direction: point.value >= expected ? 'up' : 'down',
    id: `spike:${point.seq}`,
    seq: point.seq,
    at: point.at,
    began: {
      seq: point.seq,
      at: point.at,
      range: [point.seq, point.seq],
      probability: 1,
    },
    before: { value: expected, count },
    after: { value: point.value, count: 1 },
    ...(change !== undefined && { change }),
    score: reading.score,
    measure: 'tail',
    usual: range,
    sentence: `${name}: ${formatValue(point.value, unit)} at ${formatEvent(
      point.seq,
      point.at,
      options,
    )}, ${
      change === undefined ? 'where' : `${formatChange(change)} against`
    } ${formatValue(expected, unit)} usual${
      reading.habit ? ' for this hour' : ''
    } (95 % between ${formatValue(range[0], unit)} and ${formatValue(
      range[1],
      unit,
    )}; ${
      asFar === 0 ? 'none' : asFar.toLocaleString('en')
    } of ${count.toLocaleString('en')} events before as far out): ${
      words[reading.measure]
    }`,
  };
}
