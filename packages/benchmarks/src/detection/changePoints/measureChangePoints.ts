import {
  createShiftState,
  findShifts,
  updateShifts,
} from '@ci-medic/detection';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Annotations, scoreTcpd } from './scoreTcpd';

function readJson(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Cover and F1 of the univariate series of the Turing Change Point Dataset that are there. */
export function measureTcpd(root: string) {
  if (!existsSync(join(root, 'annotations.json'))) {
    return undefined;
  }
  const annotations: Record<string, Annotations> = readJson(
    join(root, 'annotations.json'),
  );
  const scores = Object.entries(annotations).flatMap(([name, annotated]) => {
    const path = [`${name}.json`, join(name, `${name}.json`)]
      .map(file => join(root, 'datasets', file))
      .find(existsSync);
    const content = path && readJson(path);
    const values: (number | null)[] = content?.series[0].raw ?? [null];
    return content?.n_dim !== 1 || values.includes(null)
      ? []
      : [scoreTcpd(findShifts(values as number[]), annotated, values.length)];
  });
  const mean = (key: 'cover' | 'f1') =>
    scores.reduce((sum, score) => sum + score[key], 0) / scores.length;
  return { series: scores.length, cover: mean('cover'), f1: mean('f1') };
}

const margin = 5;

/** Alerts on series of Perfherder against those that its own algorithm is tested to give. */
export function measurePerfherder(root: string) {
  const path = join(root, 'expected_timestamps.json');
  if (!existsSync(path)) {
    return undefined;
  }
  const expected: Record<string, number[]> = readJson(path);
  const total = { series: 0, points: 0, expected: 0, found: 0, extra: 0 };
  for (const file of readdirSync(root)) {
    const name = file.replace(/\.json$/, '');
    if (Object.hasOwn(expected, name)) {
      const runs: [number, unknown, number, number][] = readJson(
        join(root, file),
      ).test_runs;
      const wanted = expected[name].map(time =>
        runs.findIndex(run => run[2] === time),
      );
      const { findings } = updateShifts(
        createShiftState(),
        runs.map(([, , time, value], seq) => ({ seq, at: time * 1000, value })),
        { smallest: 0 },
      );
      const alerts = new Set(
        findings.filter(({ stage }) => stage === 'alert').map(({ id }) => id),
      );
      const told = findings
        .filter(
          ({ kind, id, stage }) =>
            kind === 'shift' && stage !== 'note' && alerts.has(id),
        )
        .map(({ ended, began }) => ended?.seq ?? began.seq);
      const near = (a: number) => (b: number) => Math.abs(a - b) <= margin;
      total.series++;
      total.points += runs.length;
      total.expected += wanted.length;
      total.found += wanted.filter(index => told.some(near(index))).length;
      total.extra += told.filter(index => !wanted.some(near(index))).length;
    }
  }
  return total;
}
