import { Finding } from '../series';
import { groupFindings } from './groupFindings';
import { PlacedFinding } from './types';

const hour = 3_600_000;

function placed(
  key: string,
  hours: number,
  place: Partial<PlacedFinding> & { score?: number },
): PlacedFinding {
  const { score = 5, ...rest } = place;
  const began = { seq: 1, at: hours * hour, range: [1, 1], probability: 0.99 };
  return {
    key,
    series: key,
    repository: key,
    finding: {
      kind: 'shift',
      stage: 'alert',
      direction: 'up',
      began,
      score,
      sentence: `${key} moved`,
    } as Finding,
    ...rest,
  };
}

describe('groupFindings', () => {
  it('joins one pipeline within two hours, and no longer', () => {
    const pipeline = { repository: 'shop', pipeline: 'ci' };
    const groups = groupFindings([
      placed('late', 9, pipeline),
      placed('unit', 1, pipeline),
      placed('build', 0, { ...pipeline, score: 9 }),
    ]);
    expect(groups.map(({ keys, reason }) => [keys, reason])).toEqual([
      [['build', 'unit'], 'pipeline'],
      [['late'], 'alone'],
    ]);
    expect(groups[0].sentence).toMatch(
      /^2 changes in 1 repository in ci, from .* UTC to .* UTC; the clearest: build moved$/,
    );
  });

  it('joins the same commits, the same runners, and many repositories', () => {
    const same = { repository: 'shop' };
    const groups = groupFindings([
      placed('a', 0, { ...same, commits: [3, 5] }),
      placed('b', 30, { ...same, commits: [5, 8] }),
      placed('c', 60, { runnerPool: 'arm' }),
      placed('d', 61, { runnerPool: 'arm' }),
      placed('e', 90, {}),
      placed('f', 90.5, {}),
      placed('g', 91, {}),
      placed('h', 120, {}),
    ]);
    expect(groups.map(({ keys, reason }) => [keys.sort(), reason])).toEqual([
      [['a', 'b'], 'commits'],
      [['c', 'd'], 'runner_pool'],
      [['e', 'f', 'g'], 'infrastructure'],
      [['h'], 'alone'],
    ]);
  });

  it('keeps the name of a group when a stronger finding joins', () => {
    const pipeline = { repository: 'shop', pipeline: 'ci' };
    const first = placed('first', 0, pipeline);
    const [{ id }] = groupFindings([first]);
    const more = [placed('second', 1, { ...pipeline, score: 50 }), first];
    expect(groupFindings(more)[0].id).toBe(id);
    expect(groupFindings([])).toEqual([]);
  });
});
