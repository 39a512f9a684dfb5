import { Finding } from '@ci-medic/detection';
import { foldFindings } from './foldFindings';
import { SeriesEvent } from './SeriesEvent';

const events: SeriesEvent[] = [1, 2, 3, 5].map(seq => ({
  ...{ seq, at: seq * 1_000, runId: `run-${seq}`, number: seq },
  ...{ commitSha: `sha-${seq}`, values: {} },
}));

function finding(change: Partial<Finding> & { began?: any }): Finding {
  return {
    ...{ version: 1, kind: 'shift', stage: 'alert', direction: 'up' },
    ...{ id: 'shift:2', seq: 3, at: 3_000, score: 8, measure: 't' },
    began: { seq: 2, at: 2_000, range: [1, 4], probability: 0.99 },
    before: { value: 1, count: 9 },
    after: { value: 2, count: 9 },
    sentence: 'It moved',
    ...change,
  } as Finding;
}

const fold = (...findings: Finding[]) =>
  foldFindings(findings, 'duration', events);

describe('foldFindings', () => {
  it('names the runs and commits in which it began', () => {
    const [{ began, range }] = fold(finding({}));
    expect(began).toMatchObject({ runId: 'run-2', commitSha: 'sha-2' });
    expect(range).toMatchObject({
      first: { runNumber: 1 },
      // The fourth is not known; the next one bounds it as well.
      last: { runNumber: 5 },
    });
  });

  it('keeps what it was when it goes away', () => {
    const back = finding({
      stage: 'went_away',
      sentence: 'It is back',
      at: 5_000,
    });
    expect(fold(finding({}), back)).toMatchObject([
      {
        finding: { stage: 'went_away', sentence: 'It is back', seq: 3 },
        endedAt: 5_000,
      },
    ]);
  });

  it('forgets what was never confirmed', () => {
    const note = finding({ stage: 'note' });
    expect(fold(note, finding({ stage: 'went_away' }))).toEqual([]);
    const alert = finding({ id: 'shift:3' });
    expect(fold(note, alert).map(one => one.finding.id)).toEqual(['shift:3']);
    expect(fold(finding({ stage: 'went_away' }))[0].onlyEnds).toBe(true);
  });

  it('ends what another takes the place of, and single runs at once', () => {
    const next = finding({
      id: 'shift:5',
      began: { seq: 5, at: 5_000, range: [5, 5], probability: 0.99 },
    });
    const spike = finding({ id: 'spike:3', kind: 'spike' });
    expect(
      fold(finding({}), spike, next).map(({ endedAt }) => endedAt),
    ).toEqual([5_000, 3_000, undefined]);
  });
});
