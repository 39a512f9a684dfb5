import { createLogAnalyzer } from '@ci-medic/build-log';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { goSamples, Samples } from './goSamples';
import { shareInterval } from './intervals';
import { Mark, measured } from './Mark';
import { readCases } from './readCases';
import { runBuildLog } from './runBuildLog';

const REDACTED = '[redacted:';
const SETS = ['cidiff', 'veloren', 'bump'];

/** Secrets found, and harmless text left alone. */
export async function secretMarks(options: {
  data: string;
  secrets?: string;
}): Promise<Mark[]> {
  const { data, secrets } = options;
  return [...sampleMarks(secrets), await lineMark(data)];
}

function sampleMarks(folder?: string): Mark[] {
  const basis =
    "literal samples of gitleaks' rule tests, each as a log of its own; Wilson interval";
  const found = {
    name: 'secrets found (recall)',
    target: 0.95,
    basis,
  };
  const alarms = {
    name: 'harmless samples redacted',
    target: 0.02,
    atMost: true,
    basis,
  };
  const samples = folder && existsSync(folder) ? samplesIn(folder) : undefined;
  if (!samples || samples.secret.length === 0) {
    const skipped = folder
      ? `${folder} holds no Go sources with samples`
      : 'needs --secrets: a copy of gitleaks/gitleaks, which is not part of the project';
    return [
      { ...found, skipped },
      { ...alarms, skipped },
    ];
  }
  const { secret, harmless } = samples;
  const hits = secret.filter(isRedacted).length;
  const wrong = harmless.filter(isRedacted).length;
  return [
    measured({
      ...found,
      ...{ cases: secret.length, value: hits / secret.length },
      interval: shareInterval(hits, secret.length),
    }),
    measured({
      ...alarms,
      ...{ cases: harmless.length, value: wrong / harmless.length },
      interval: shareInterval(wrong, harmless.length),
    }),
  ];
}

function samplesIn(folder: string): Samples {
  const all: Samples = { secret: [], harmless: [] };
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const path of files.filter(file => file.endsWith('.go')).sort()) {
    const { secret, harmless } = goSamples(
      readFileSync(join(folder, path), 'utf8'),
    );
    // Some rules look at the names of files alone.
    all.secret.push(...secret.filter(text => text.trim() !== ''));
    all.harmless.push(...harmless.filter(text => text.trim() !== ''));
  }
  return all;
}

export function isRedacted(text: string): boolean {
  const analyzer = createLogAnalyzer({ failed: false });
  const lines = [
    ...analyzer.write(Buffer.from(`${text}\n`)),
    ...analyzer.end().lines,
  ];
  return lines.some(line => line.text.includes(REDACTED));
}

/** Whatever is redacted in public logs counts as wrong: some of it may be real. */
async function lineMark(data: string): Promise<Mark> {
  const name = 'redactions in public logs, per 100,000 lines';
  const count = { lines: 0, redacted: 0 };
  const used: string[] = [];
  for (const set of SETS) {
    const cases = readCases<unknown>(data, set);
    for (const { path } of cases ?? []) {
      await runBuildLog(['redact', join(data, path)], line => {
        count.lines += 1;
        count.redacted += line.includes(REDACTED) ? 1 : 0;
      });
    }
    if (cases) {
      used.push(set);
    }
  }
  const { lines, redacted } = count;
  const basis = `lines of ${used.join(
    ', ',
  )} in which anything was redacted, right or wrong; Wilson interval`;
  if (lines === 0) {
    const skipped = `none of ${SETS.join(', ')} is in ${data}`;
    return { name, target: 1, atMost: true, basis, skipped };
  }
  const [low, high] = shareInterval(redacted, lines);
  return measured({
    ...{ name, target: 1, atMost: true, basis, cases: lines },
    value: (redacted / lines) * 100_000,
    interval: [low * 100_000, high * 100_000],
    details: { redacted },
  });
}
