import { readNab, readPublished } from './readNab';
import { nabProfiles, ScoredSeries, scoreNab } from './scoreNab';

const { standard, lowFp, lowFn } = nabProfiles;

/** 2,000 rows with a window of 100; the first 300 are probation. */
const scored = (rows: number[]): ScoredSeries[] => [
  {
    name: 'one',
    windows: [[1000, 1099]],
    scores: Array.from({ length: 2000 }, (_, row) =>
      rows.includes(row) ? 1 : 0,
    ),
  },
];

describe('scoreNab', () => {
  it('is 100 for a window found at its beginning, 0 for nothing', () => {
    expect(scoreNab(scored([1000]), standard, 1).score).toBeCloseTo(100, 5);
    expect(scoreNab(scored([]), standard, 1).score).toBe(0);
  });

  it('counts the earliest row of a window, and pays for each false one', () => {
    const { score, found, falseRows } = scoreNab(
      scored([200, 400, 1000, 1050, 1600]),
      standard,
      1,
    );
    // Row 200 is probation; 400 costs .11, and so does 1600, long after the window.
    expect(score).toBeCloseTo(100 - (100 * 2 * 0.11) / 2, 3);
    expect({ found, falseRows }).toEqual({ found: 1, falseRows: 2 });
    expect(scoreNab(scored([1000, 400]), lowFp, 1).score).toBeCloseTo(89, 3);
    expect(scoreNab(scored([400]), lowFn, 1).score).toBeCloseTo(-11 / 3, 3);
  });

  it('a late row earns less, one right behind the window costs little', () => {
    expect(scoreNab(scored([1099]), standard, 1).score).toBeLessThan(60);
    const behind = scoreNab(scored([1000, 1100]), standard, 1).score;
    expect(behind).toBeGreaterThan(99);
    expect(behind).toBeLessThan(100);
  });
});

const copy = process.env.CI_MEDIC_NAB;
const published = copy ? readNab(copy) : undefined;
if (!published) {
  process.stderr.write(
    'Published scores of NAB are not tested: CI_MEDIC_NAB names no copy of numenta/NAB\n',
  );
}

const describeWithCopy = published ? describe : describe.skip;

describeWithCopy('scoreNab on the benchmark', () => {
  it.each([
    ['numenta', 70.1],
    ['contextOSE', 69.9],
    ['numentaTM', 64.55],
    ['earthgeckoSkyline', 58.2],
    ['knncad', 57.99],
    ['relativeEntropy', 54.64],
    ['randomCutForest', 51.72],
    ['twitterADVec', 47.06],
    ['windowedGaussian', 39.65],
    ['skyline', 35.69],
    ['bayesChangePt', 17.7],
    ['ARTime', 74.85],
  ])('gives %s its published standard score', (detector, score) => {
    const series = published!.map(one => ({
      ...one,
      scores: readPublished(copy!, detector, one.name)!,
    }));
    expect(scoreNab(series, standard).score).toBeCloseTo(score, 1);
  });
});
