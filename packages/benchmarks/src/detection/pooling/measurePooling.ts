import {
  createPool,
  createSpikeState,
  PooledTail,
  updatePool,
  updateSpikes,
} from '@ci-medic/detection';
import { randomOf } from '../../chaos/random';
import { normalOf } from '../noise/makeNoise';
import { meanOf } from '../statistics/intervals';

const seeds = Array.from({ length: 20 }, (_, index) => 501 + index);
const seriesPerSeed = 40;
const step = 3 * 3_600_000;

/** A job that runs seldom: its own length, a spread of its own, and twice the length in one run near the end. */
function drawSeries(length: number, seed: number) {
  const random = randomOf(seed);
  const normal = normalOf(random);
  const usual = 60 * Math.exp(2 * random());
  const spread = 0.08 + 0.12 * random();
  const spike = Math.floor(length * (0.6 + 0.4 * random()));
  return {
    spike,
    points: Array.from({ length }, (_, seq) => ({
      seq,
      at: seq * step,
      value: usual * Math.exp(spread * normal()) * (seq === spike ? 2 : 1),
    })),
  };
}

function measureSeed(seed: number, length: number, pool?: PooledTail) {
  let found = 0;
  let wrong = 0;
  for (let index = 0; index < seriesPerSeed; index++) {
    const { spike, points } = drawSeries(length, seed * 1000 + index);
    const { findings } = updateSpikes(createSpikeState(), points, {
      logarithmic: true,
      pool,
    });
    const alerts = findings.filter(({ stage }) => stage === 'alert');
    found += alerts.some(({ seq }) => seq === spike) ? 1 : 0;
    wrong += alerts.filter(({ seq }) => seq !== spike).length;
  }
  return {
    recall: found / seriesPerSeed,
    falseAlarms: (1000 * wrong) / (seriesPerSeed * length),
  };
}

/** What other series of its kind tell of a series with few events: with and without a pool. */
export function measurePooling() {
  let pool = createPool();
  for (let index = 0; index < 20; index++) {
    const { points } = drawSeries(300, 900_000 + index);
    const { deviations } = updateSpikes(createSpikeState(), points, {
      logarithmic: true,
    });
    // The first of a series say nothing of what is usual for it.
    pool = updatePool(pool, deviations.slice(20));
  }
  const measure = (length: number, used?: PooledTail) => {
    const all = seeds.map(seed => measureSeed(seed, length, used));
    return {
      recall: meanOf(all.map(({ recall }) => recall)),
      falseAlarms: meanOf(all.map(({ falseAlarms }) => falseAlarms)),
    };
  };
  return [25, 50, 100, 300].map(length => ({
    length,
    alone: measure(length),
    pooled: measure(length, pool),
  }));
}
