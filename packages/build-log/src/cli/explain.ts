import { createReadStream, readFileSync } from 'fs';
import { isAbsolute, join } from 'path';
import { createInterface } from 'readline';
import { LogAnalyzerOptions } from '../createLogAnalyzer';
import { ExplanationModel } from '../explain/ExplanationModel';
import { LogAnalysis, LogSketch } from '../types';
import { analyzeLog } from './analyzeLog';
import { Output } from './Output';

const rangesOf = ({ explanation }: LogAnalysis) =>
  explanation.map(({ start, end }) => [start, end]);

async function sketchesOf(passed: string[]): Promise<LogSketch[]> {
  const sketches: LogSketch[] = [];
  for (const path of passed) {
    sketches.push((await analyzeLog(path, { failed: false })).sketch);
  }
  return sketches;
}

/** Explains one failed log, with the lines themselves or as JSON. */
export async function explainLog(
  failed: string,
  options: LogAnalyzerOptions & { passed: string[]; json?: boolean },
): Promise<void> {
  const output = Output.create();
  const started = performance.now();
  const passing = await sketchesOf(options.passed);
  const analysis = await analyzeLog(failed, { ...options, passing });
  if (options.json) {
    const { explanation, fingerprint, headline, packages } = analysis;
    const { dialect, lines, redactions } = analysis;
    const ms = Math.round(performance.now() - started);
    const id = failed;
    const ranges = rangesOf(analysis);
    output.json({
      ...{ id, ranges, ms, dialect, lines, headline, fingerprint },
      ...{ packages, explanation, redactions },
    });
    output.flush();
    return;
  }
  const texts = new Map<number, string>();
  const wanted = (number: number) =>
    analysis.explanation.some(
      ({ start, end }) => number >= start && number <= end,
    );
  if (failed !== '-') {
    await analyzeLog(failed, { failed: false }, ({ number, text }) => {
      if (wanted(number)) {
        texts.set(number, text);
      }
    });
  }
  for (const { start, end, message } of analysis.explanation) {
    output.line(`\n${failed}:${start}-${end}: ${message}`);
    for (let number = start; number <= end; number += 1) {
      output.line(`${String(number).padStart(7)}  ${texts.get(number) ?? ''}`);
    }
  }
  if (analysis.explanation.length === 0) {
    output.line('Nothing in this log points to a failure.');
  }
  for (const { name, reason } of analysis.packages.slice(0, 3)) {
    output.line(`\nSuspected package: ${name} (${reason})`);
  }
  output.flush();
}

/** Explains many: one JSON line a case, in their order. */
export async function explainCases(
  cases: string,
  options: LogAnalyzerOptions & { root: string; models?: string },
): Promise<void> {
  const { root, models, ...settings } = options;
  const modelFor =
    models === undefined ? () => undefined : heldOutModels(models);
  const output = Output.create();
  const at = (path: string) => (isAbsolute(path) ? path : join(root, path));
  const rows = createInterface({ input: createReadStream(cases) });
  for await (const row of rows) {
    if (row.trim() === '') {
      continue;
    }
    const { id, path, pass_path: passPath } = JSON.parse(row);
    const started = performance.now();
    try {
      const passing = passPath ? await sketchesOf([at(passPath)]) : [];
      const analysis = await analyzeLog(at(path), {
        ...settings,
        passing,
        model: modelFor(id),
      });
      const ms = Math.round(performance.now() - started);
      const packages = analysis.packages.map(({ name }) => name);
      output.json({
        ...{ id: id ?? path, ranges: rangesOf(analysis), ms },
        ...(packages.length > 0 && { packages }),
      });
    } catch (error) {
      const ms = Math.round(performance.now() - started);
      const message = error instanceof Error ? error.message : String(error);
      output.json({ id: id ?? path, ranges: [], ms, error: message });
      process.exitCode = 1;
    }
    output.flush();
  }
}

/** The models that the command `learn --held-out` wrote. */
function heldOutModels(
  path: string,
): (id: string) => ExplanationModel | undefined {
  const { models, modelOf } = JSON.parse(readFileSync(path, 'utf8'));
  const parsed: ExplanationModel[] = models.map((model: string[]) =>
    ExplanationModel.parse(model),
  );
  return id => parsed[modelOf[id]];
}
