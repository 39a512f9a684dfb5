import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { createLogAnalyzer, LogAnalyzerOptions } from './createLogAnalyzer';

const data =
  process.env.CI_MEDIC_DATA ?? join(__dirname, '../../../../shared/data');
const hasData = existsSync(join(data, 'cidiff.jsonl'));
const describeWithData = hasData ? describe : describe.skip;
const reason = hasData ? '' : ' (skipped: the public data is not here)';

function analyze(path: string, options?: LogAnalyzerOptions) {
  const analyzer = createLogAnalyzer(options);
  analyzer.write(gunzipSync(readFileSync(join(data, path))));
  return analyzer.end().analysis;
}

describeWithData(`public logs${reason}`, () => {
  const cases = hasData
    ? readFileSync(join(data, 'cidiff.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
    : [];

  it('most explanations touch the lines that people chose', () => {
    const hits = cases.filter(({ path, pass_path, ground_truth }) => {
      const { sketch } = analyze(pass_path, { failed: false });
      const { explanation } = analyze(path, { passing: [sketch] });
      const chosen: [number, number][] = ground_truth.error_lines;
      return explanation.some(({ start, end }) =>
        chosen.some(([first, last]) => start <= last && end >= first),
      );
    });
    expect(cases.length).toBeGreaterThan(0);
    expect(hits.length / cases.length).toBeGreaterThan(0.9);
  });
});
