import { CulpritRanking, rankSuspects } from '@ci-medic/detection';
import { Estimate, meanOf, share } from '../statistics/intervals';
import { SimulatedFailure, simulateFailure } from './simulateFailures';

const seeds = 20;
const casesPerSeed = 100;

export interface CulpritFigures {
  top1: Estimate;
  top5: Estimate;
  /** Flakes of which the verdict is *nobody*. */
  nobody: Estimate;
  /** Real culprits of which it is. */
  wronglyNobody: Estimate;
  infrastructure: Estimate;
  reruns: Estimate;
}

/** Follows the advice on reruns, at most so often. */
function rank(
  { case: options, rerun }: SimulatedFailure,
  mostReruns: number,
): { ranking: CulpritRanking; reruns: number } {
  const observations = [...options.observations];
  let reruns = 0;
  for (;;) {
    const ranking = rankSuspects({ ...options, observations });
    if (!ranking.next || reruns === mostReruns) {
      return { ranking, reruns };
    }
    const { position } = ranking.next;
    observations.push({ position, outcome: rerun(position) });
    reruns++;
  }
}

/** How often the culprit comes first or among the first five, and flakes are blamed on nobody. */
export function measureCulprit(mostReruns: number): CulpritFigures {
  const counts = { culprits: 0, first: 0, five: 0, wrongly: 0 };
  const flakes = { all: 0, nobody: 0 };
  const infrastructure = { all: 0, found: 0 };
  const reruns: number[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    let used = 0;
    for (let index = 0; index < casesPerSeed; index++) {
      const failure = simulateFailure(10_000 * (seed + 1) + index);
      const { ranking, reruns: count } = rank(failure, mostReruns);
      used += count;
      if (failure.cause === 'flaky') {
        flakes.all++;
        flakes.nobody += ranking.verdict === 'nobody' ? 1 : 0;
      } else if (failure.cause === 'infrastructure') {
        infrastructure.all++;
        infrastructure.found += ranking.verdict === 'infrastructure' ? 1 : 0;
      } else {
        const place = ranking.suspects.findIndex(
          ({ id }) => id === failure.cause,
        );
        counts.culprits++;
        counts.first += place === 0 ? 1 : 0;
        counts.five += place >= 0 ? 1 : 0;
        counts.wrongly += ranking.verdict === 'nobody' ? 1 : 0;
      }
    }
    reruns.push(used / casesPerSeed);
  }
  return {
    top1: share(counts.first, counts.culprits),
    top5: share(counts.five, counts.culprits),
    nobody: share(flakes.nobody, flakes.all),
    wronglyNobody: share(counts.wrongly, counts.culprits),
    infrastructure: share(infrastructure.found, infrastructure.all),
    reruns: meanOf(reruns),
  };
}
