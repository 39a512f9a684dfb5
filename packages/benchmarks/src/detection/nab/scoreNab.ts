/** Weights of NAB's application profiles. */
export interface NabProfile {
  truePositive: number;
  falseNegative: number;
  falsePositive: number;
}

export const nabProfiles: Record<'standard' | 'lowFp' | 'lowFn', NabProfile> = {
  standard: { truePositive: 1, falseNegative: 1, falsePositive: 0.11 },
  lowFp: { truePositive: 1, falseNegative: 1, falsePositive: 0.22 },
  lowFn: { truePositive: 1, falseNegative: 2, falsePositive: 0.11 },
};

/** One series as a detector scored it; windows are first and last row. */
export interface ScoredSeries {
  name: string;
  scores: number[];
  windows: [first: number, last: number][];
}

export interface NabScore {
  score: number;
  threshold: number;
  /** Windows in which something was detected, of all. */
  found: number;
  windows: number;
  /** Rows over the threshold outside of windows. */
  falseRows: number;
}

interface Row {
  score: number;
  /** Worth of this row in its window, of at most 1; or its cost outside, as a share of a false positive. */
  worth: number;
  window: number;
}

/** NAB's scaled sigmoid: 1 well before the end of a window, 0 at it, -1 long after. */
function sigmoid(y: number): number {
  return y > 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1;
}

function rowsOf(series: ScoredSeries, firstWindow: number): Row[] {
  const { scores, windows } = series;
  const probation = Math.min(Math.floor(0.15 * scores.length), 750);
  const rows: Row[] = [];
  let window = -1;
  for (let index = 0; index < scores.length; index++) {
    while (window + 1 < windows.length && index >= windows[window + 1][0]) {
      window++;
    }
    if (index < probation) {
      continue;
    }
    const [first, last] = window < 0 ? [0, -1] : windows[window];
    if (index <= last) {
      const width = last - first + 1;
      rows.push({
        score: scores[index],
        worth: sigmoid(-(last - index + 1) / width) / sigmoid(-1),
        window: firstWindow + window,
      });
    } else {
      const past = window < 0 ? 4 : (index - last) / (last - first);
      rows.push({ score: scores[index], worth: sigmoid(past), window: -1 });
    }
  }
  return rows;
}

/**
 * The score of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015): 100 is each window found at its beginning and
 * nothing else, 0 is nothing at all. Without a threshold the best one for all series together is taken, as NAB does.
 */
export function scoreNab(
  series: ScoredSeries[],
  profile: NabProfile,
  threshold?: number,
): NabScore {
  let windows = 0;
  const rows: Row[] = [];
  for (const one of series) {
    rows.push(...rowsOf(one, windows));
    windows += one.windows.length;
  }
  rows.sort((a, b) => b.score - a.score);
  const { truePositive, falseNegative, falsePositive } = profile;
  const best = new Float64Array(windows).fill(-1);
  const none = -falseNegative * windows;
  const perfect = truePositive * windows;
  let raw = none;
  let found = 0;
  let falseRows = 0;
  const nothing = { score: 0, threshold: Infinity, found, windows, falseRows };
  let answer: NabScore = nothing;
  for (let index = 0; index < rows.length; index++) {
    const { score, worth, window } = rows[index];
    if (threshold !== undefined && score < threshold) {
      break;
    }
    if (window < 0) {
      raw += falsePositive * worth;
      falseRows++;
    } else if (best[window] < 0) {
      raw += falseNegative + truePositive * worth;
      best[window] = worth;
      found++;
    } else if (worth > best[window]) {
      raw += truePositive * (worth - best[window]);
      best[window] = worth;
    }
    const isLast = rows[index + 1]?.score !== score;
    const now = (100 * (raw - none)) / (perfect - none || 1);
    if (isLast && (threshold !== undefined || now > answer.score)) {
      answer = { score: now, threshold: score, found, windows, falseRows };
    }
  }
  return answer;
}
