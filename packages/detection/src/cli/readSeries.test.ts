import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { findChanges } from './findChanges';
import { readRows } from './readRows';
import { readSeries } from './readSeries';

const folder = mkdtempSync(join(tmpdir(), 'ci-medic-detection-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('readSeries', () => {
  it.each([
    [
      'a.csv',
      'timestamp,value\n2026-01-01 00:00:00,1.5\r\n2026-01-01T01:00:00Z,2\n\n',
    ],
    ['b.csv', '1767225600,1.5\n1767229200000,2'],
  ])('reads times and values of %s', (name, content) => {
    const start = Date.UTC(2026, 0, 1);
    expect(readSeries(file(name, content))).toEqual({
      values: [1.5, 2],
      times: [start, start + 3_600_000],
    });
  });

  it.each([
    ['[1, 2]'],
    ['{"values": [1, 2]}'],
    ['{"n_dim": 1, "series": [{"raw": [1, 2]}]}'],
    ['{"test_runs": [[7, [1, 2, "a"], 60, 1], [8, [1, 2, "b"], 120, 2]]}'],
  ])('reads the values of %s', content => {
    expect(readSeries(file('a.json', content)).values).toEqual([1, 2]);
  });

  it.each([
    [
      'n.csv',
      'time,value\n2026-01-01,1\n2026-01-02,NaN',
      /line 3: .* is not a time and a finite number/,
    ],
    ['e.csv', 'time,value\n2026-01-01,', /line 2/],
    ['d.csv', 'yesterday,1', /line 1/],
    ['h.csv', 'time,value\n', /holds no values/],
    ['i.json', '[1, null]', /value 1 is null, not a finite number/],
    ['o.json', '{"a": 1}', /holds no array of numbers/],
  ])('refuses %s', (name, content, message) => {
    expect(() => readSeries(file(name, content))).toThrow(message);
  });
});

it('reads rows one by one, and names the line that is none', () => {
  const rows = readRows(file('a.jsonl', '{"a":"ä"}\n\n{"a":2}'));
  expect([...rows]).toEqual([{ a: 'ä' }, { a: 2 }]);
  expect(() => [...readRows(file('b.jsonl', '{}\nnope'))]).toThrow(
    /line 2 is not JSON/,
  );
});

it('finds changes of short series as a whole, of long ones as live', () => {
  const make = (length: number, change: number) => {
    const values = Array.from(
      { length },
      (_, index) => (index < change ? 100 : 130) + ((index * 37) % 11),
    );
    return { values, times: values.map((_, index) => index * 3_600_000) };
  };
  expect(findChanges(make(100, 60), {})).toEqual([{ index: 60 }]);
  const [{ index, sentence }, ...others] = findChanges(make(1000, 600), {});
  expect(others).toEqual([]);
  expect(index).toBe(600);
  expect(sentence).toContain('moved from 105 to 135');
});
