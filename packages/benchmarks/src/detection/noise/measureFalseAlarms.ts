import {
  createRateState,
  createShiftState,
  createSpikeState,
  Finding,
  updateRates,
  updateShifts,
  updateSpikes,
} from '@ci-medic/detection';
import { randomOf } from '../../chaos/random';
import { Estimate, meanOf } from '../statistics/intervals';
import { makeNoise, noiseKinds } from './makeNoise';

const seeds = Array.from({ length: 40 }, (_, index) => 201 + index);
const length = 2000;
const step = 3 * 3_600_000;

const alertsOf = (findings: Finding[]) =>
  (1000 * findings.filter(({ stage }) => stage === 'alert').length) / length;

/** Alerts per 1,000 events of series in which nothing ever changes. */
export function measureFalseAlarms() {
  const figures: Record<
    string,
    { shifts?: Estimate; spikes?: Estimate; rates?: Estimate }
  > = {};
  for (const kind of noiseKinds) {
    const series = seeds.map(seed =>
      makeNoise(kind, length, seed).map((value, seq) => ({
        seq,
        at: seq * step,
        value,
      })),
    );
    figures[kind] = {
      shifts: meanOf(
        series.map(points =>
          alertsOf(updateShifts(createShiftState(), points).findings),
        ),
      ),
      spikes: meanOf(
        series.map(points =>
          alertsOf(updateSpikes(createSpikeState(), points).findings),
        ),
      ),
    };
  }
  for (const rate of [0.01, 0.05, 0.2]) {
    figures[`rate ${rate}`] = {
      rates: meanOf(
        seeds.map(seed => {
          const random = randomOf(seed);
          const events = Array.from({ length }, (_, seq) => ({
            seq,
            at: seq * step,
            failed: random() < rate,
          }));
          return alertsOf(updateRates(createRateState(), events).findings);
        }),
      ),
    };
  }
  return figures;
}
