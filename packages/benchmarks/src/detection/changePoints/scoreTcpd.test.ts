import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { scoreTcpd } from './scoreTcpd';

describe('scoreTcpd', () => {
  it('is 1 for what all annotators say', () => {
    const annotations = { a: [50], b: [50] };
    expect(scoreTcpd([50], annotations, 100)).toEqual({ cover: 1, f1: 1 });
  });

  it('counts each found change once, within five values', () => {
    const { f1, cover } = scoreTcpd([53, 55], { a: [50] }, 100);
    // Two of three found are right, all of two true are found.
    expect(f1).toBeCloseTo((2 * (2 / 3)) / (1 + 2 / 3), 9);
    expect(cover).toBeCloseTo((50 * (50 / 53) + 50 * (45 / 50)) / 100, 9);
  });

  it('takes precision over the union of annotators and recall over each', () => {
    const { f1 } = scoreTcpd([20], { a: [20], b: [80] }, 100);
    expect(f1).toBeCloseTo((2 * 1 * 0.75) / 1.75, 9);
  });
});

const copy = process.env.CI_MEDIC_TCPD;
if (!copy) {
  process.stderr.write(
    'Published scores of the change point dataset are not tested: CI_MEDIC_TCPD names no copy of alan-turing-institute/TCPD\n',
  );
}

const describeWithCopy = copy ? describe : describe.skip;

describeWithCopy('scoreTcpd on the dataset', () => {
  it('gives no change at all its published scores', () => {
    const read = (path: string) =>
      JSON.parse(readFileSync(join(copy!, path), 'utf8'));
    const scores = Object.entries<Record<string, number[]>>(
      read('annotations.json'),
    ).flatMap(([name, annotations]) => {
      const path = `datasets/${name}/${name}.json`;
      const content = existsSync(join(copy!, path)) ? read(path) : undefined;
      const values = content?.series[0].raw ?? [null];
      return content?.n_dim !== 1 || values.includes(null)
        ? []
        : [scoreTcpd([], annotations, values.length)];
    });
    const mean = (key: 'cover' | 'f1') =>
      scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
    expect(scores).toHaveLength(30);
    expect(mean('cover')).toBeCloseTo(0.575, 3);
    expect(mean('f1')).toBeCloseTo(0.668, 3);
  });
});
