import { createSpikeState, updateSpikes } from '@ci-medic/detection';
import { NabSeries, readNab, readPublished } from './readNab';
import { nabProfiles, NabScore, ScoredSeries, scoreNab } from './scoreNab';

/** Scores of NAB's three profiles at one threshold. */
export interface NabFigures {
  series: number;
  threshold: number;
  standard: NabScore;
  lowFp: NabScore;
  lowFn: NabScore;
}

const alert = 3.4;

function scored({ name, times, values, windows }: NabSeries): ScoredSeries {
  const points = values.map((value, seq) => ({ seq, at: times[seq], value }));
  return {
    name,
    windows,
    scores: updateSpikes(createSpikeState(), points).scores,
  };
}

function figuresOf(series: ScoredSeries[], threshold?: number): NabFigures {
  const { standard, lowFp, lowFn } = nabProfiles;
  return {
    series: series.length,
    threshold: threshold ?? NaN,
    standard: scoreNab(series, standard, threshold),
    lowFp: scoreNab(series, lowFp, threshold),
    lowFn: scoreNab(series, lowFn, threshold),
  };
}

/** What HTM has published, each profile at its own best threshold, as NAB reports it. */
function publishedFigures(
  root: string,
  series: ScoredSeries[],
): NabFigures | undefined {
  const published = series.flatMap(one => {
    const scores = readPublished(root, 'numenta', one.name);
    return scores ? [{ ...one, scores }] : [];
  });
  return published.length === series.length && series.length > 0
    ? figuresOf(published)
    : undefined;
}

/**
 * Scores spikes on NAB at the threshold of alerts. Settings were chosen on the series of `tunedOn` alone; the others of
 * `root` are reported apart.
 */
export function measureNab(options: { tunedOn: string; root?: string }) {
  const tuned = readNab(options.tunedOn)?.map(scored);
  const all = options.root ? readNab(options.root)?.map(scored) : undefined;
  const names = new Set(tuned?.map(({ name }) => name));
  const others = all?.filter(({ name }) => !names.has(name)) ?? [];
  const unseen = others.length > 0 ? others : undefined;
  return {
    tuned: tuned && figuresOf(tuned, alert),
    all: all && figuresOf(all, alert),
    unseen: unseen && figuresOf(unseen, alert),
    htmUnseen: options.root && unseen && publishedFigures(options.root, unseen),
  };
}
